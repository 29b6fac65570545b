package io.meshwright.bridge.alert;

import io.meshwright.bridge.alert.Attempts.Failure;
import io.meshwright.bridge.config.HookSettings;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.json.RecordJson;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

/**
 * Starts a program with the alert as one line of JSON on its standard input. Its arguments are a list, no shell reads them, and nothing of
 * the alert is in them. It sees {@code PATH} and the variables that the configuration lists, and nothing else of our environment. Exit code 0 is delivered.
 */
final class ExecHook
        implements AlertHook
{
    private final HookSettings settings;
    private final Attempts attempts;

    ExecHook(HookSettings settings, Attempts attempts)
    {
        this.settings = settings;
        this.attempts = attempts;
    }

    @Override
    public String name()
    {
        return settings.name();
    }

    @Override
    public int fromLevel()
    {
        return settings.fromLevel();
    }

    @Override
    public Outcome send(Alert alert)
    {
        String json = RecordJson.writeLine(alert) + "\n";
        return attempts.run(() -> run(json));
    }

    private Optional<Failure> run(String json)
            throws InterruptedException
    {
        ProcessBuilder builder = new ProcessBuilder(settings.command())
                .directory(settings.folder().toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        builder.environment().clear();
        Process process;
        try {
            builder.environment().putAll(settings.programEnvironment());
            process = builder.start();
        }
        catch (MeshException e) {
            return Optional.of(new Failure(e.getMessage(), true));
        }
        catch (IOException e) {
            return Optional.of(new Failure("%s cannot be started".formatted(settings.command().get(0)), true));
        }
        try {
            write(process, json);
            if (!process.waitFor(settings.timeout().toMillis(), MILLISECONDS)) {
                return Optional.of(new Failure("it did not end within %s s".formatted(settings.timeout().toSeconds()), false));
            }
            int code = process.exitValue();
            return code == 0 ? Optional.empty() : Optional.of(new Failure("it ended with exit code " + code, false));
        }
        finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /**
     * An alert is smaller than what a pipe holds, so this does not wait for the program to read.
     */
    private static void write(Process process, String json)
    {
        try (OutputStream input = process.getOutputStream()) {
            input.write(json.getBytes(UTF_8));
        }
        catch (IOException e) {
            // a program need not read it, its exit code tells
        }
    }
}
