#!/bin/sh
# Makes an environment for each peer in the folder given, unless it is there: Python 3.10 or 3.11 and PyPI.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
for peer in reladiff dvt; do
    if [ ! -e "$1/$peer/complete" ]; then
        "${PYTHON:-python3}" -m venv "$1/$peer"
        "$1/$peer/bin/pip" -q install -r "$here/$peer.txt"
        touch "$1/$peer/complete"
    fi
done
