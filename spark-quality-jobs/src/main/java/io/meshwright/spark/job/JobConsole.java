package io.meshwright.spark.job;

import com.google.common.base.Throwables;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.MeshException;
import org.apache.spark.SparkThrowable;

import java.io.PrintStream;
import java.time.DateTimeException;
import java.util.Optional;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * What a job tells people, on standard error, one line at a time. Standard output is for the report alone.
 */
final class JobConsole
{
    private final PrintStream stream;

    JobConsole(PrintStream stream)
    {
        this.stream = requireNonNull(stream, "stream is null");
    }

    void progress(String message)
    {
        stream.println(message);
    }

    void finding(Finding finding)
    {
        stream.println("%s: %s [%s] %s".formatted(finding.location(), finding.severity().label(), finding.rule().id(), finding.message()));
        stream.println("  fix: " + finding.fix());
    }

    void failure(MeshException failure)
    {
        stream.println("error [%s] %s".formatted(failure.rule().id(), failure.getMessage()));
        stream.println("  fix: " + failure.fix());
    }

    void unexpected(Throwable failure)
    {
        stream.println("error: the job failed: " + (quotesValues(failure) ? withoutWords(failure) : failure));
    }

    /**
     * An engine says on which value it failed, and the value may be personal.
     */
    private static boolean quotesValues(Throwable failure)
    {
        return Throwables.getCausalChain(failure).stream().anyMatch(cause -> cause instanceof SparkThrowable || cause instanceof IllegalArgumentException || cause instanceof DateTimeException);
    }

    private static String withoutWords(Throwable failure)
    {
        return Throwables.getCausalChain(failure).stream()
                .map(cause -> cause.getClass().getName() + (cause instanceof SparkThrowable ? Optional.ofNullable(((SparkThrowable) cause).getCondition()).map(": [%s]"::formatted).orElse("") : ""))
                .collect(joining(": caused by "));
    }
}
