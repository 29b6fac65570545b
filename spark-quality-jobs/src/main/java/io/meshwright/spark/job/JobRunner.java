package io.meshwright.spark.job;

import io.meshwright.model.check.ExitStatus;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.json.RecordJson;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a job from arguments to exit code: what goes wrong is told in one sentence.
 */
final class JobRunner
{
    /**
     * The work of a job; gives the exit code.
     */
    interface Job
    {
        ExitStatus run(JobContext context);
    }

    private JobRunner() {}

    static int run(String[] arguments, Set<String> own, PrintStream messages, Clock clock, Job job)
    {
        JobConsole console = new JobConsole(messages);
        try {
            JobArguments parsed = JobArguments.parse(arguments, own);
            try (JobContext context = JobContext.open(parsed, console, clock)) {
                return job.run(context).code();
            }
        }
        catch (MeshException e) {
            console.failure(e);
            return switch (e.kind()) {
                case USER -> ExitStatus.USAGE.code();
                case REFUSED -> ExitStatus.FINDING.code();
                case EXTERNAL -> ExitStatus.UNKNOWN.code();
            };
        }
        catch (Throwable e) {
            // whatever is thrown on ends a JVM with 1, which would say that a check failed; Spark throws checked exceptions, too, and classes may be missing
            console.unexpected(e);
            return ExitStatus.UNKNOWN.code();
        }
    }

    /**
     * Writes the report to the result file, whole or not at all, or to standard output.
     */
    static void publish(JobArguments arguments, Record report)
    {
        String json = RecordJson.write(report) + "\n";
        Optional<Path> file = arguments.path("result-file");
        if (file.isEmpty()) {
            System.out.print(json);
            System.out.flush();
            return;
        }
        Path target = file.orElseThrow().toAbsolutePath();
        Path draft = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.writeString(draft, json);
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
        catch (IOException e) {
            throw new UncheckedIOException("Failed to write the result file " + target, e);
        }
    }
}
