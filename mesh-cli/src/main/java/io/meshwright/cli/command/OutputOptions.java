package io.meshwright.cli.command;

import picocli.CommandLine.Option;

import java.util.Optional;

/**
 * The options that every command has.
 */
public final class OutputOptions
{
    @Option(names = {"-o", "--output"}, paramLabel = "FORMAT", description = "Output format; see the command's description for the ones it offers.")
    private String format;

    @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never; auto means on a terminal, unless NO_COLOR is set.")
    private String color;

    @Option(names = {"-q", "--quiet"}, description = "Print the result only.")
    private boolean quiet;

    @Option(names = "--debug", description = "Print the stack trace of a failure.")
    private boolean debug;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    public Optional<String> format()
    {
        return Optional.ofNullable(format);
    }

    public Optional<String> color()
    {
        return Optional.ofNullable(color);
    }

    public boolean isQuiet()
    {
        return quiet;
    }

    public boolean isDebug()
    {
        return debug;
    }
}
