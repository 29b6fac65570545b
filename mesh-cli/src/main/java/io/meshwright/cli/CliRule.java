package io.meshwright.cli;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;

import static java.util.Objects.requireNonNull;

/**
 * The rules of the command itself: usage, processes that it starts, and statements that it sends.
 */
public enum CliRule
        implements Rule
{
    USAGE("MESH-CLI-001", "A command line that cannot be understood does nothing, so that a typing error never acts on something else."),
    FILE_UNREADABLE("MESH-CLI-002", "A file that is named must be there and readable; a missing file is never taken for an empty one."),
    OUTPUT_FORMAT("MESH-CLI-003", "Each command offers the output formats that fit its result; another one would silently lose parts of it."),
    NOTHING_CHECKED("MESH-CLI-004", "A gate that looked at nothing must not be green."),
    INTERNAL("MESH-CLI-005", "A failure inside the command is a defect of ours, never a verdict about your data."),
    UNKNOWN_ID("MESH-CLI-006", "Rule ids and specification paths are a closed list, so that an explanation is never a guess."),
    UNKNOWN_SECTION("MESH-CLI-007", "Sections are a closed list, so that a typing error is not shown as an empty section."),
    INSTALLATION_INCOMPLETE("MESH-CLI-010", "Trino and Spark run from folders beside the command; without them nothing can be started."),
    PROCESS_FAILED("MESH-CLI-011", "An engine's process that ends before its work is done has no result, and no result is never a pass."),
    TRINO_RUNNING("MESH-CLI-020", "One local Trino for each folder: a second one would compete for the same files."),
    TRINO_STARTING("MESH-CLI-021", "While one command starts or stops the local Trino, another must not do the same."),
    TRINO_START_FAILED("MESH-CLI-022", "A server that does not become ready within its time is stopped again."),
    TRINO_NOT_RUNNING("MESH-CLI-023", "A statement needs a Trino to run on."),
    PORT_TAKEN("MESH-CLI-024", "The port that was asked for must be free; another one is taken only when none was asked for."),
    USERS_INVALID("MESH-CLI-025", "Users and groups decide who sees clear values, so their names are checked before a server starts."),
    SQL_FAILED("MESH-CLI-030", "The statement is wrong as it stands; Trino's own message says where."),
    SQL_DENIED("MESH-CLI-031", "The user may not do this; access is decided by the product's declaration and the server's rules."),
    SQL_UNREACHABLE("MESH-CLI-032", "Without an answer from Trino nothing can be told."),
    SERVER_UNKNOWN("MESH-CLI-040", "A server name means a server of the contract or a port of the product; nothing is guessed."),
    REPORT_MISSING("MESH-CLI-041", "A job that ends without its report has told nothing, whatever its exit code says."),
    CHECK_FAILED("MESH-CLI-042", "Consumers build on what the contract promises; data that breaks it is the owner's to repair."),
    CHECK_UNTOLD("MESH-CLI-043", "A check that could not be run has told nothing, and nothing is never a pass."),
    CHECK_WARNED("MESH-CLI-044", "The contract calls this a warning; it is shown, and stops a build only where that was asked for."),
    RECONCILIATION_BREACH("MESH-CLI-045", "Consumers are promised what the legacy table has; a difference beyond the promise is to be explained before anybody relies on the product."),
    RECONCILIATION_OPEN("MESH-CLI-046", "What still settles or was not compared has shown nothing, and nothing is never equal.");

    private final String id;
    private final String rationale;

    CliRule(String id, String rationale)
    {
        this.id = requireNonNull(id, "id is null");
        this.rationale = requireNonNull(rationale, "rationale is null");
    }

    @Override
    public String id()
    {
        return id;
    }

    @Override
    public String title()
    {
        return name().replace('_', '-');
    }

    @Override
    public Severity severity()
    {
        return Severity.ERROR;
    }

    @Override
    public String rationale()
    {
        return rationale;
    }
}
