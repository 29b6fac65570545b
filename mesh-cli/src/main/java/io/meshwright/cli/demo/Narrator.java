package io.meshwright.cli.demo;

import com.google.common.collect.ImmutableList;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.MeshCommand;
import io.meshwright.cli.output.Console;
import io.meshwright.cli.output.Style;
import io.meshwright.model.finding.MeshException;

import java.util.ArrayList;
import java.util.List;

import static io.meshwright.model.finding.MeshException.Cause.REFUSED;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Tells a story in chapters of text and real commands, and remembers whether everything was as told.
 */
final class Narrator
{
    private final CommandContext context;
    private final Console console;
    private final List<Claim> claims = new ArrayList<>();
    private int chapter;

    Narrator(CommandContext context)
    {
        this.context = requireNonNull(context, "context is null");
        this.console = context.console();
    }

    void chapter(String heading, String text)
    {
        chapter++;
        console.data("");
        console.data(Style.BOLD.paint("== " + chapter + ". " + heading, console.isColor()));
        text(text);
    }

    void text(String text)
    {
        text.lines().forEach(console::data);
    }

    void lines(List<String> lines)
    {
        lines.forEach(console::data);
    }

    /**
     * Shows and runs a command.
     */
    ExitCode mesh(String... arguments)
    {
        console.data("");
        console.data(Style.BOLD.paint("$ mesh " + ImmutableList.copyOf(arguments).stream().map(Narrator::quote).collect(joining(" ")), console.isColor()));
        int code = MeshCommand.run(context, arguments);
        for (ExitCode exitCode : ExitCode.values()) {
            if (exitCode.code() == code) {
                return exitCode;
            }
        }
        throw new IllegalStateException("Unknown exit code: " + code);
    }

    /**
     * Shows and runs a command without which there is no story.
     */
    void need(String... arguments)
    {
        ExitCode code = mesh(arguments);
        if (code != ExitCode.OK) {
            throw new MeshException(DemoRule.STORY, REFUSED, "The story ends here: mesh " + arguments[0] + " failed (exit code " + code.code() + ")", "its message is above");
        }
    }

    /**
     * Something that the audience was told, with the answer.
     */
    void claim(String what, boolean holds)
    {
        claims.add(new Claim(what, holds));
    }

    ExitCode verdict()
    {
        for (Claim claim : claims) {
            String word = claim.holds() ? Style.GREEN.paint("ok      ", console.isColor()) : Style.RED.paint("NOT TRUE", console.isColor());
            console.data("  " + word + "  " + claim.what());
        }
        return claims.stream().allMatch(Claim::holds) ? ExitCode.OK : ExitCode.FINDING;
    }

    static String quote(String argument)
    {
        if (argument.matches("[A-Za-z0-9_./:,=-]+")) {
            return argument;
        }
        String text = argument.contains("\n") ? "\n" + argument.strip() : argument;
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$").replace("`", "\\`") + "\"";
    }

    private record Claim(String what, boolean holds) {}
}
