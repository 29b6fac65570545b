package io.meshwright.cli.command;

import io.meshwright.cli.CliRule;
import io.meshwright.cli.ExitCode;
import io.meshwright.model.check.ExitStatus;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.json.RecordJson;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;

/**
 * Reads the documents that jobs leave.
 */
final class Reports
{
    private Reports() {}

    static <T extends Record> T read(String json, Class<T> type)
    {
        try {
            return RecordJson.read(json, type);
        }
        catch (IllegalArgumentException e) {
            // the parser's words quote what it read
            throw new MeshException(CliRule.REPORT_MISSING, EXTERNAL, "The job's report cannot be read", "use the command and the Spark jobs of one distribution", e);
        }
    }

    static ExitCode exitCode(ExitStatus status)
    {
        return switch (status) {
            case OK -> ExitCode.OK;
            case FINDING -> ExitCode.FINDING;
            case USAGE -> ExitCode.USAGE;
            case UNKNOWN -> ExitCode.UNKNOWN;
        };
    }
}
