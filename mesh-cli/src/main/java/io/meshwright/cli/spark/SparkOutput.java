package io.meshwright.cli.spark;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job's output lines mean: its failure with its remedy, the engine's own log, or else progress.
 */
final class SparkOutput
{
    private static final Pattern FAILURE = Pattern.compile("error \\[(?<id>MESH-[A-Z]+-\\d{3})] (?<message>.+)");
    private static final Pattern UNEXPECTED = Pattern.compile("(?:error: |Exception in thread \"[^\"]*\" |Error: ).+");
    // what follows the name may quote values of the data and paths
    private static final Pattern EXCEPTION = Pattern.compile("(?:error: the job failed: |Exception in thread \"[^\"]*\" )(?<name>[\\w$]+(?:\\.[\\w$]+)*)(?::.*)?");
    private static final Pattern FIX = Pattern.compile(" {2}fix: (?<fix>.+)");
    private static final Pattern LOG = Pattern.compile("(?:\\d\\d(?:\\d\\d)?[/-]\\d\\d[/-]\\d\\d |WARN|INFO|SLF4J|OpenJDK|Using Spark|Setting default|To adjust|Caused by: |\\s|\\[).*");

    private String id = "";
    private String message = "";
    private String fix = "";
    private String exception = "";

    /**
     * @return the line, when it is progress
     */
    Optional<String> read(String line)
    {
        Matcher failure = FAILURE.matcher(line);
        if (failure.matches()) {
            id = failure.group("id");
            message = failure.group("message");
            fix = "";
            return Optional.empty();
        }
        Matcher remedy = FIX.matcher(line);
        if (remedy.matches()) {
            fix = fix.isEmpty() ? remedy.group("fix") : fix;
            return Optional.empty();
        }
        Matcher thrown = EXCEPTION.matcher(line);
        if (thrown.matches()) {
            exception = exception.isEmpty() ? thrown.group("name") : exception;
            return Optional.empty();
        }
        if (UNEXPECTED.matcher(line).matches()) {
            return Optional.empty();
        }
        return line.isBlank() || LOG.matcher(line).matches() ? Optional.empty() : Optional.of(line);
    }

    /**
     * The rule that the job named.
     */
    Optional<String> id()
    {
        return id.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    Optional<String> message()
    {
        return message.isEmpty() ? Optional.empty() : Optional.of(message);
    }

    /**
     * The kind of failure that the job did not foresee; no more of it, since its words are for the log.
     */
    Optional<String> exception()
    {
        return exception.isEmpty() ? Optional.empty() : Optional.of(exception);
    }

    Optional<String> fix()
    {
        return fix.isEmpty() ? Optional.empty() : Optional.of(fix);
    }
}
