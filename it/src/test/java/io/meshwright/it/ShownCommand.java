package io.meshwright.it;

import java.util.ArrayList;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A command as a document shows it, {@code $} and its continuations by {@code >}, and what it says that it prints.
 */
record ShownCommand(int line, String command, List<String> output)
{
    ShownCommand
    {
        requireNonNull(command, "command is null");
        output = List.copyOf(output);
    }

    static List<ShownCommand> of(FencedBlock block)
    {
        List<ShownCommand> commands = new ArrayList<>();
        List<String> lines = block.lines();
        int next = 0;
        while (next < lines.size()) {
            int line = block.line() + next;
            if (!lines.get(next).startsWith("$ ")) {
                throw new IllegalArgumentException("Line " + line + " belongs to no command: " + lines.get(next));
            }
            StringBuilder command = new StringBuilder(lines.get(next++).substring(2));
            while (next < lines.size() && (lines.get(next).startsWith("> ") || lines.get(next).equals(">"))) {
                command.append('\n').append(lines.get(next++).substring(1).replaceFirst("^ ", ""));
            }
            int output = next;
            while (next < lines.size() && !lines.get(next).startsWith("$ ")) {
                next++;
            }
            commands.add(new ShownCommand(line, command.toString(), lines.subList(output, next)));
        }
        return List.copyOf(commands);
    }
}
