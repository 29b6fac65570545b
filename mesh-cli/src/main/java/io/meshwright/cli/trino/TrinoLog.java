package io.meshwright.cli.trino;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds in a server's log why it did not start.
 */
final class TrinoLog
{
    private static final Pattern NUMBERED_ERROR = Pattern.compile("\\d+\\) .+");
    private static final Pattern EXCEPTION = Pattern.compile("(Caused by: )?[a-zA-Z0-9_.$]+(Exception|Error): (.+)");
    private static final int LONGEST = 300;

    private TrinoLog() {}

    static Optional<String> reason(Path log)
    {
        List<String> lines;
        try {
            lines = Files.readAllLines(log);
        }
        catch (MalformedInputException e) {
            return Optional.empty();
        }
        catch (IOException e) {
            return Optional.empty();
        }
        Optional<String> numbered = lines.stream().filter(line -> NUMBERED_ERROR.matcher(line).matches()).findFirst();
        if (numbered.isPresent()) {
            return numbered.map(TrinoLog::shorten);
        }
        return lines.stream()
                .map(EXCEPTION::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(matcher -> matcher.group(3))
                .reduce((_, last) -> last)
                .map(TrinoLog::shorten);
    }

    private static String shorten(String line)
    {
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
