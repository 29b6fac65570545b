"""Runs a peer's own command in this process each time a line `run` comes in, and writes the keys that it found to differ at `tell`.

Arguments: reladiff or dvt, file for what the peer prints, file for keys, gigabytes of addresses, number of columns of the key, arguments of the peer.
"""

import json
import logging
import os
import resource
import sys


class Errors(logging.Handler):
    """Errors that a peer logs before it ends as if there were none."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.messages = []

    def emit(self, record):
        self.messages.append(record.getMessage())


def run_reladiff(arguments):
    from reladiff.__main__ import main

    main.main(args=arguments, standalone_mode=False)


def run_dvt(arguments):
    from data_validation.__main__ import main

    sys.argv = ["data-validation"] + arguments
    main()


def keys_of_reladiff(printed, key_columns):
    """Rows of one side only, of both sides where they differ: a line of JSON for each."""
    sides = {}
    for line in printed:
        if line.startswith("["):
            side, row = json.loads(line)
            sides.setdefault(",".join(row[:key_columns]), set()).add(side)
    kinds = {frozenset("-"): "missing", frozenset("+"): "extra", frozenset("+-"): "changed"}
    return [(kinds[frozenset(found)], key) for key, found in sides.items()]


def keys_of_dvt(printed, _):
    """Results that failed: an object of JSON for each validation. Counts of days come as ("day", DAY)."""
    keys = set()
    for line in printed:
        if not line.startswith("{"):
            continue
        for result in json.loads(line).values():
            if result["validation_status"] != "fail":
                continue
            if result["validation_type"] == "Column":
                keys.add(("day", ",".join(json.loads(result["group_by_columns"]).values())))
                continue
            kind = "missing" if result["target_agg_value"] is None else "extra" if result["source_agg_value"] is None else "changed"
            keys.add((kind, ",".join(json.loads(result["group_by_columns"]).values())))
    return sorted(keys)


def main():
    peer, output, keys, gigabytes, key_columns = sys.argv[1:6]
    arguments = sys.argv[6:]
    limit = int(gigabytes) << 30
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    # as peers do, and before there is a handler
    logging.basicConfig()
    # what the peer prints goes to a file, answers go to whoever measures
    replies = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        if line.strip() == "run":
            descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
            os.dup2(descriptor, 1)
            os.close(descriptor)
            errors = Errors()
            logging.getLogger().addHandler(errors)
            reply = "0"
            try:
                (run_reladiff if peer == "reladiff" else run_dvt)(list(arguments))
            except SystemExit as e:
                reply = str(e.code or 0)
            except BaseException as e:
                print(repr(e)[:2000], file=sys.stderr)
                reply = type(e).__name__
            if reply == "0" and errors.messages:
                reply = "0, with an error logged"
            logging.getLogger().removeHandler(errors)
            sys.stdout.flush()
        else:
            with open(output) as printed, open(keys, "w") as told:
                found = (keys_of_reladiff if peer == "reladiff" else keys_of_dvt)(printed, int(key_columns))
                told.writelines(f"{kind}\t{key}\n" for kind, key in found)
            reply = "told"
        replies.write("@@done " + reply + "\n")
        replies.flush()


main()
