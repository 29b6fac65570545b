package io.meshwright.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;

/**
 * Output as a document shows it, compared with that of a run: {@code ...} stands for any lines and {@code …} for any text;
 * numbers, tokens and the lengths of rules differ from run to run.
 */
final class ShownOutput
{
    private static final String ANY_LINES = "...";
    private static final String ANY_TEXT = "…";

    private final List<String> shown;

    ShownOutput(List<String> shown)
    {
        this.shown = List.copyOf(shown);
    }

    /**
     * The first line that the run did not print where it should, or nothing when all is as shown.
     */
    Optional<String> firstDifference(List<String> printed)
    {
        List<String> actual = printed.stream().map(ShownOutput::withoutFigures).toList();
        int position = 0;
        boolean anywhere = false;
        List<Pattern> together = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (String line : Stream.concat(shown.stream(), Stream.of(ANY_LINES)).toList()) {
            if (!line.strip().equals(ANY_LINES)) {
                together.add(pattern(line));
                texts.add(line);
                continue;
            }
            int found = find(actual, together, position, anywhere);
            if (found < 0) {
                return Optional.of(difference(texts, together, printed, actual, position, anywhere));
            }
            position = found + together.size();
            anywhere = true;
            together.clear();
            texts.clear();
        }
        return endsOpen() || position == actual.size() || endsAtTheEnd(actual) ? Optional.empty() : Optional.of("printed, but not shown: " + printed.get(position));
    }

    private boolean endsOpen()
    {
        return !shown.isEmpty() && shown.getLast().strip().equals(ANY_LINES);
    }

    /**
     * The lines after the last elision may also stand earlier; then the end itself has to fit, too.
     */
    private boolean endsAtTheEnd(List<String> actual)
    {
        int elision = shown.stream().map(String::strip).toList().lastIndexOf(ANY_LINES);
        if (elision < 0) {
            return false;
        }
        List<Pattern> end = shown.subList(elision + 1, shown.size()).stream().map(ShownOutput::pattern).toList();
        return fits(actual, end, actual.size() - end.size());
    }

    private static int find(List<String> actual, List<Pattern> together, int from, boolean anywhere)
    {
        int last = anywhere ? actual.size() - together.size() : from;
        for (int start = from; start <= last; start++) {
            if (fits(actual, together, start)) {
                return start;
            }
        }
        return -1;
    }

    private static boolean fits(List<String> actual, List<Pattern> together, int start)
    {
        if (start < 0 || start + together.size() > actual.size()) {
            return false;
        }
        for (int line = 0; line < together.size(); line++) {
            if (!together.get(line).matcher(actual.get(start + line)).matches()) {
                return false;
            }
        }
        return true;
    }

    private static String difference(List<String> texts, List<Pattern> together, List<String> printed, List<String> actual, int position, boolean anywhere)
    {
        for (int line = 0; line < together.size(); line++) {
            if (find(actual, together.subList(0, line + 1), position, anywhere) < 0) {
                String instead = !anywhere && position + line < printed.size() ? "; printed instead: " + printed.get(position + line) : "";
                return "shown, but not printed there: " + texts.get(line) + instead;
            }
        }
        throw new IllegalStateException("No difference");
    }

    private static Pattern pattern(String line)
    {
        return Pattern.compile(Stream.of(withoutFigures(line).split(ANY_TEXT, -1)).map(Pattern::quote).collect(joining(".*")));
    }

    private static String withoutFigures(String line)
    {
        String text = line.strip();
        if (text.matches("-+(\\+-+)*")) {
            return text.replaceAll("-+", "-");
        }
        return text
                .replaceAll("\\s+", " ")
                .replaceAll("\\b[a-z2-7]{26}\\b", "TOKEN")
                .replaceAll("[0-9][0-9,.:]*", "0");
    }
}
