package io.meshwright.model.finding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;

/**
 * Shows findings to people: rule, message, place, the line of the file with a caret below it, how to fix it and why the rule exists.
 * What a file or a message contains cannot steer the terminal.
 */
public final class FindingsText
{
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");
    private static final int WIDEST_LINE = 160;
    private static final int KEPT_BEFORE_CARET = 100;

    private final boolean colored;

    /**
     * @param colored whether to use ANSI colors; every state has a word as well
     */
    public FindingsText(boolean colored)
    {
        this.colored = colored;
    }

    /**
     * All findings, one after the other, with an empty line between them; empty when there is none.
     *
     * @param sources gives the text of a file that findings name; where it gives none, the line is left out
     */
    public String render(List<Finding> findings, Function<String, Optional<String>> sources)
    {
        requireNonNull(sources, "sources is null");
        StringBuilder result = new StringBuilder();
        Map<String, List<Finding>> byFile = findings.stream().collect(groupingBy(finding -> finding.location().file()));
        Map<String, String[]> lines = new HashMap<>();
        byFile.keySet().forEach(file -> sources.apply(file).ifPresent(text -> lines.put(file, LINE_BREAK.split(text, -1))));
        for (Finding finding : findings) {
            if (result.length() > 0) {
                result.append('\n');
            }
            append(result, finding, lines.getOrDefault(finding.location().file(), new String[0]));
        }
        return result.toString();
    }

    /**
     * For example {@code 1 error, 2 warnings}.
     */
    public static String summary(List<Finding> findings)
    {
        long errors = findings.stream().filter(finding -> finding.severity() == Severity.ERROR).count();
        long warnings = findings.stream().filter(finding -> finding.severity() == Severity.WARNING).count();
        return errors + (errors == 1 ? " error, " : " errors, ") + warnings + (warnings == 1 ? " warning" : " warnings");
    }

    private void append(StringBuilder result, Finding finding, String[] lines)
    {
        SourceLocation location = finding.location();
        String number = Integer.toString(location.line());
        String margin = " ".repeat(number.length());
        result.append(paint(finding.severity().label() + "[" + finding.rule().id() + "]", finding.severity()))
                .append(' ').append(harmless(finding.message())).append('\n');
        result.append(margin).append(dim("-->")).append(' ').append(harmless(location.toString()));
        if (!finding.path().isEmpty()) {
            result.append("   ").append(harmless(finding.path()));
        }
        result.append('\n');
        if (location.line() <= lines.length && !lines[location.line() - 1].isBlank()) {
            appendSource(result, lines[location.line() - 1], location.column(), number, margin, finding.severity());
        }
        result.append("  fix: ").append(harmless(finding.fix())).append('\n');
        result.append("  why: ").append(finding.rule().rationale()).append("   more: mesh explain ").append(finding.rule().id()).append('\n');
    }

    private void appendSource(StringBuilder result, String line, int column, String number, String margin, Severity severity)
    {
        int[] characters = line.codePoints().toArray();
        int caret = Math.min(column - 1, characters.length);
        int length = Math.max(1, tokenLength(characters, caret));
        int from = caret > KEPT_BEFORE_CARET ? caret - KEPT_BEFORE_CARET : 0;
        int to = Math.min(characters.length, from + WIDEST_LINE);
        String shown = new String(characters, from, to - from);
        result.append(margin).append(dim(" |")).append('\n');
        result.append(dim(number + " |")).append(' ').append(from > 0 ? "..." : "").append(harmless(shown)).append(to < characters.length ? "..." : "").append('\n');
        result.append(margin).append(dim(" |")).append(' ').append(" ".repeat(caret - from + (from > 0 ? 3 : 0)))
                .append(paint("^".repeat(Math.min(length, Math.max(1, to - caret))), severity)).append('\n');
    }

    /**
     * The key or value that begins at the caret: to the closing quote, or to the colon, comma, bracket or comment that ends it.
     */
    private static int tokenLength(int[] characters, int caret)
    {
        if (caret >= characters.length) {
            return 1;
        }
        int first = characters[caret];
        int end = caret + 1;
        if (first == '"' || first == '\'') {
            while (end < characters.length && characters[end] != first) {
                end++;
            }
            return Math.min(end + 1, characters.length) - caret;
        }
        while (end < characters.length) {
            int character = characters[end];
            boolean last = end + 1 == characters.length;
            boolean colon = character == ':' && (last || characters[end + 1] == ' ');
            boolean comment = character == '#' && characters[end - 1] == ' ';
            if (colon || comment || character == ',' || character == ']' || character == '}' || character == '"') {
                break;
            }
            end++;
        }
        while (end > caret + 1 && Character.isWhitespace(characters[end - 1])) {
            end--;
        }
        return end - caret;
    }

    /**
     * One column for each character, so that the caret stays below its place.
     */
    private static String harmless(String text)
    {
        StringBuilder result = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (character == '\t') {
                result.append(' ');
            }
            else if (Character.isISOControl(character) || Character.getType(character) == Character.FORMAT || Character.getType(character) == Character.SURROGATE
                    || Character.getType(character) == Character.LINE_SEPARATOR || Character.getType(character) == Character.PARAGRAPH_SEPARATOR) {
                result.append('\uFFFD');
            }
            else {
                result.appendCodePoint(character);
            }
        });
        return result.toString();
    }

    private String paint(String text, Severity severity)
    {
        return switch (severity) {
            case ERROR -> ansi(text, "1;31");
            case WARNING -> ansi(text, "1;33");
            case INFO -> ansi(text, "1;36");
        };
    }

    private String dim(String text)
    {
        return ansi(text, "2");
    }

    private String ansi(String text, String code)
    {
        return colored ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }
}
