package io.meshwright.cli.command;

import io.meshwright.cli.output.OutputFormat;

import java.util.List;
import java.util.Optional;

/**
 * The format that a command line asks for, also when the rest of it cannot be understood.
 */
final class OutputRequest
{
    private OutputRequest() {}

    static OutputFormat of(List<String> arguments)
    {
        for (int index = 0; index < arguments.size(); index++) {
            Optional<OutputFormat> format = label(arguments, index).flatMap(OutputFormat::of);
            if (format.isPresent()) {
                return format.orElseThrow();
            }
        }
        return OutputFormat.TABLE;
    }

    private static Optional<String> label(List<String> arguments, int index)
    {
        String argument = arguments.get(index);
        if (argument.equals("-o") || argument.equals("--output")) {
            return index + 1 < arguments.size() ? Optional.of(arguments.get(index + 1)) : Optional.empty();
        }
        if (argument.startsWith("--output=")) {
            return Optional.of(argument.substring("--output=".length()));
        }
        return argument.startsWith("-o") ? Optional.of(argument.substring(2).replaceFirst("^=", "")) : Optional.empty();
    }
}
