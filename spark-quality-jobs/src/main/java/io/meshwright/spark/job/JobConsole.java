package io.meshwright.spark.job;

import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.MeshException;

import java.io.PrintStream;

import static java.util.Objects.requireNonNull;

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
        stream.println("error: the job failed: " + failure);
    }
}
