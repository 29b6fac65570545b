package io.meshwright.cli;

import io.meshwright.cli.output.Console;
import io.meshwright.cli.output.Json;
import org.assertj.core.api.AbstractIntegerAssert;
import org.assertj.core.api.AbstractStringAssert;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs commands in this process, in a folder of their own, and keeps what the last one printed. Reads like a session at a terminal.
 */
public final class MeshCommandTester
{
    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String output = "";
    private String errors = "";
    private int exitCode = -1;

    public MeshCommandTester(Path folder)
    {
        this.folder = requireNonNull(folder, "folder is null");
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("USER", "tester");
    }

    public Path folder()
    {
        return folder;
    }

    public MeshCommandTester with(String variable, String value)
    {
        environment.put(variable, value);
        return this;
    }

    public MeshCommandTester file(String name, String text)
    {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public MeshCommandTester run(String... arguments)
    {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false, false);
        exitCode = MeshCommand.run(new CommandContext(console, environment, folder, new Installation(Optional.empty())), arguments);
        output = out.toString(UTF_8);
        errors = err.toString(UTF_8);
        assertThat(output + errors).as("no stack trace").doesNotContain("\tat ");
        return this;
    }

    public AbstractIntegerAssert<?> exitCode()
    {
        return assertThat(exitCode).as("exit code; errors: %s", errors);
    }

    public MeshCommandTester exits(ExitCode code)
    {
        exitCode().isEqualTo(code.code());
        return this;
    }

    public AbstractStringAssert<?> output()
    {
        return assertThat(output);
    }

    public AbstractStringAssert<?> errors()
    {
        return assertThat(errors);
    }

    public String outputText()
    {
        return output;
    }

    /**
     * The one JSON document on standard output.
     */
    public Map<?, ?> json()
    {
        try {
            return (Map<?, ?>) Json.read(output);
        }
        catch (IOException e) {
            throw new AssertionError("Not one JSON document: " + output, e);
        }
    }

    /**
     * The element of {@code findings} in the JSON document.
     */
    public Map<?, ?> finding(int index)
    {
        return (Map<?, ?>) ((List<?>) json().get("findings")).get(index);
    }
}
