package io.meshwright.cli.spark;

import com.google.common.collect.ImmutableList;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.Installation;
import io.meshwright.cli.RuleCatalog;
import io.meshwright.model.finding.MeshException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static io.meshwright.model.finding.MeshException.Cause.REFUSED;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Runs one of the Spark jobs as a process of its own, shows its progress, and reads the one document that it leaves.
 * The end of this JVM ends the job.
 */
public final class SparkJob
{
    private static final long HEAP_MEGABYTES = 2048;

    private final CommandContext context;
    private final String mainClass;
    private final List<String> arguments;

    /**
     * @param mainClass for example {@code io.meshwright.spark.job.ContractTestJob}
     */
    public SparkJob(CommandContext context, String mainClass, List<String> arguments)
    {
        this.context = requireNonNull(context, "context is null");
        this.mainClass = requireNonNull(mainClass, "mainClass is null");
        this.arguments = ImmutableList.copyOf(arguments);
    }

    /**
     * @return the job's document, as it was written
     * @throws MeshException when the job ends without one
     */
    public Result run()
    {
        Installation installation = context.installation();
        String classPath = installation.sparkClassPath();
        Path folder = context.workingDirectory().resolve(".mesh").resolve("spark");
        Path log = folder.resolve(mainClass.substring(mainClass.lastIndexOf('.') + 1) + ".log");
        Path report = null;
        try {
            Files.createDirectories(folder);
            report = Files.createTempFile(folder, "report", ".json");
            Files.delete(report);
            Process process = start(installation, classPath, folder, report);
            Thread stopOnInterrupt = new Thread(() -> stop(process));
            Runtime.getRuntime().addShutdownHook(stopOnInterrupt);
            try {
                SparkOutput output = follow(process, log);
                int exitCode = process.waitFor();
                return new Result(exitCode, read(report).orElseThrow(() -> failed(exitCode, output, log)));
            }
            finally {
                stop(process);
                removeShutdownHook(stopOnInterrupt);
            }
        }
        catch (IOException e) {
            throw new MeshException(CliRule.PROCESS_FAILED, USER, "The Spark job cannot be run: " + e.getMessage(), "check the installation: mesh doctor", e);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeshException(CliRule.PROCESS_FAILED, USER, "The Spark job was interrupted", "run the command again", e);
        }
        finally {
            context.console().clearProgress();
            delete(report);
        }
    }

    private Process start(Installation installation, String classPath, Path folder, Path report)
            throws IOException
    {
        List<String> command = new ArrayList<>(List.of(
                Installation.java().toString(),
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-XX:+UseParallelGC",
                "-Dfile.encoding=UTF-8",
                "-Duser.timezone=UTC",
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                "@" + installation.sparkOptions(),
                mainClass));
        command.addAll(arguments);
        command.addAll(List.of("--result-file", report.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(context.workingDirectory().toFile());
        builder.environment().clear();
        builder.environment().putAll(context.environment());
        builder.environment().put("CLASSPATH", classPath);
        builder.redirectErrorStream(true);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private SparkOutput follow(Process process, Path log)
            throws IOException
    {
        context.console().progress("starting Spark ...");
        SparkOutput output = new SparkOutput();
        try (BufferedReader lines = process.inputReader(UTF_8); Writer writer = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                writer.write(line);
                writer.write('\n');
                output.read(line).ifPresent(context.console()::progress);
            }
        }
        return output;
    }

    private static Optional<String> read(Path report)
            throws IOException
    {
        return Files.exists(report) ? Optional.of(Files.readString(report)) : Optional.empty();
    }

    static MeshException failed(int exitCode, SparkOutput output, Path log)
    {
        if (output.id().isPresent()) {
            MeshException.Cause cause = switch (exitCode) {
                case 1 -> REFUSED;
                case 3 -> EXTERNAL;
                default -> USER;
            };
            return new MeshException(RuleCatalog.named(output.id().orElseThrow()), cause, output.message().orElseThrow(), output.fix().orElse("the job's log is in " + log));
        }
        // an exit code without a reason is none of ours, so nothing can be told of the data
        return new MeshException(
                CliRule.REPORT_MISSING,
                EXTERNAL,
                "The Spark job ended with exit code " + exitCode + " and left no report" + output.exception().map(name -> ": " + name).orElse(""),
                "its log is in " + log);
    }

    private static void stop(Process process)
    {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    private static void removeShutdownHook(Thread hook)
    {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        catch (IllegalStateException e) {
            // the JVM is shutting down, so the hook does its work
        }
    }

    private static void delete(Path report)
    {
        if (report != null) {
            try {
                Files.deleteIfExists(report);
            }
            catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * @param report the JSON document
     */
    public record Result(int exitCode, String report)
    {
        public Result
        {
            requireNonNull(report, "report is null");
        }
    }
}
