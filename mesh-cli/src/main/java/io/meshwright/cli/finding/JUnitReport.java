package io.meshwright.cli.finding;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The XML that build servers read as test results.
 */
public final class JUnitReport
{
    private JUnitReport() {}

    public enum Outcome
    {
        PASSED,
        FAILED,
        ERROR,
        SKIPPED,
    }

    /**
     * @param seconds that it took, where that is known
     */
    public record Case(String group, String name, Outcome outcome, String text, Optional<BigDecimal> seconds)
    {
        public Case(String group, String name, Outcome outcome, String text)
        {
            this(group, name, outcome, text, Optional.empty());
        }

        public Case
        {
            requireNonNull(group, "group is null");
            requireNonNull(name, "name is null");
            requireNonNull(outcome, "outcome is null");
            requireNonNull(text, "text is null");
            requireNonNull(seconds, "seconds is null");
        }
    }

    public static String write(String suite, List<Case> cases)
    {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append(String.format(
                Locale.ROOT,
                "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\">\n",
                escape(suite),
                cases.size(),
                count(cases, Outcome.FAILED),
                count(cases, Outcome.ERROR),
                count(cases, Outcome.SKIPPED)));
        for (Case test : cases) {
            xml.append("  <testcase classname=\"").append(escape(test.group())).append("\" name=\"").append(escape(test.name())).append("\"")
                    .append(test.seconds().map(seconds -> " time=\"" + seconds.toPlainString() + "\"").orElse("")).append(">");
            switch (test.outcome()) {
                case PASSED -> {
                    if (!test.text().isEmpty()) {
                        xml.append("<system-out>").append(escape(test.text())).append("</system-out>");
                    }
                }
                case FAILED -> xml.append("<failure message=\"").append(escape(firstLine(test.text()))).append("\">").append(escape(test.text())).append("</failure>");
                case ERROR -> xml.append("<error message=\"").append(escape(firstLine(test.text()))).append("\">").append(escape(test.text())).append("</error>");
                case SKIPPED -> xml.append("<skipped message=\"").append(escape(firstLine(test.text()))).append("\"/>");
            }
            xml.append("</testcase>\n");
        }
        return xml.append("</testsuite>\n").toString();
    }

    private static long count(List<Case> cases, Outcome outcome)
    {
        return cases.stream().filter(test -> test.outcome() == outcome).count();
    }

    private static String firstLine(String text)
    {
        return text.lines().findFirst().orElse("");
    }

    private static String escape(String text)
    {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\n' -> escaped.append("&#10;");
                case '\t' -> escaped.append("&#9;");
                default -> escaped.appendCodePoint(isCharacter(codePoint) ? codePoint : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    /**
     * What XML 1.0 allows, half a surrogate pair is not part of it.
     */
    private static boolean isCharacter(int codePoint)
    {
        return codePoint >= 0x20 && (codePoint < 0xD800 || codePoint > 0xDFFF) && codePoint != 0xFFFE && codePoint != 0xFFFF;
    }
}
