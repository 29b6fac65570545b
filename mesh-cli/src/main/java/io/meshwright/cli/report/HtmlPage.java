package io.meshwright.cli.report;

import com.google.common.io.Resources;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

import static io.meshwright.cli.report.HtmlText.escape;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One HTML file that needs nothing else: no script, no font, no network. It can be mailed and printed. All texts are escaped, but for what is named {@code html}.
 */
final class HtmlPage
{
    private final StringBuilder html = new StringBuilder();

    /**
     * @param subtitleHtml below the title
     */
    HtmlPage(String title, String subtitleHtml)
    {
        html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>").append(escape(title)).append("</title>\n")
                .append("<style>\n").append(resource("report.css")).append("</style>\n</head>\n<body>\n<main>\n");
        html.append("<h1>").append(escape(title)).append("</h1>\n");
        html.append("<p class=\"quiet\">").append(subtitleHtml).append("</p>\n");
    }

    HtmlPage html(String fragmentHtml)
    {
        html.append(fragmentHtml);
        return this;
    }

    HtmlPage heading(String text)
    {
        html.append("<h2>").append(escape(text)).append("</h2>\n");
        return this;
    }

    HtmlPage paragraph(String text)
    {
        html.append("<p>").append(escape(text)).append("</p>\n");
        return this;
    }

    HtmlPage note(String text)
    {
        html.append("<p class=\"quiet\">").append(escape(text)).append("</p>\n");
        return this;
    }

    /**
     * The sentence that the page is about.
     *
     * @param styleClass equal, within, breach or open
     */
    HtmlPage verdict(String styleClass, String words, List<String> reasons)
    {
        html.append("<div class=\"verdict ").append(styleClass).append("\"><strong>").append(escape(words)).append("</strong>\n");
        if (!reasons.isEmpty()) {
            html.append("<ul>\n");
            reasons.forEach(reason -> html.append("<li>").append(escape(reason)).append("</li>\n"));
            html.append("</ul>\n");
        }
        html.append("</div>\n");
        return this;
    }

    HtmlPage beginFigures()
    {
        return html("<dl class=\"figures\">\n");
    }

    HtmlPage endFigures()
    {
        return html("</dl>\n");
    }

    HtmlPage figure(String name, String value, String note)
    {
        return figure(name, value, note, "");
    }

    HtmlPage figure(String name, String value, String note, String drawingHtml)
    {
        html.append("<div><dt>").append(escape(name)).append("</dt><dd>").append(escape(value)).append(drawingHtml);
        if (!note.isEmpty()) {
            html.append("<small>").append(escape(note)).append("</small>");
        }
        html.append("</dd></div>\n");
        return this;
    }

    /**
     * A table of words, without headings where all of them are empty.
     */
    HtmlPage table(List<String> headings, List<List<String>> rows)
    {
        List<String> headingsHtml = headings.stream().allMatch(String::isEmpty) ? List.of() : headings.stream().map(HtmlPage::column).toList();
        return cells(headingsHtml, rows.stream().map(row -> row.stream().map(HtmlPage::wrapped).toList()).toList());
    }

    /**
     * @param headingsHtml of {@link #column} and {@link #numbers}
     * @param rowsHtml of {@link #cell}, {@link #wrapped}, {@link #number} and {@link #state}
     */
    HtmlPage cells(List<String> headingsHtml, List<List<String>> rowsHtml)
    {
        html.append("<div class=\"scroll\"><table>\n");
        if (!headingsHtml.isEmpty()) {
            html.append("<thead><tr>").append(String.join("", headingsHtml)).append("</tr></thead>\n");
        }
        html.append("<tbody>\n");
        rowsHtml.forEach(row -> html.append("<tr>").append(String.join("", row)).append("</tr>\n"));
        html.append("</tbody></table></div>\n");
        return this;
    }

    String end()
    {
        return html.append("</main>\n</body>\n</html>\n").toString();
    }

    static String column(String heading)
    {
        return "<th>" + escape(heading) + "</th>";
    }

    static String numbers(String heading)
    {
        return "<th class=\"number\">" + escape(heading) + "</th>";
    }

    static String cell(String text)
    {
        return "<td>" + escape(text) + "</td>";
    }

    static String wrapped(String text)
    {
        return "<td class=\"wrap\">" + escape(text) + "</td>";
    }

    /**
     * A cell of a whole sentence.
     */
    static String wide(String text)
    {
        return "<td class=\"wide\">" + escape(text) + "</td>";
    }

    static String number(String text)
    {
        return "<td class=\"number\">" + escape(text) + "</td>";
    }

    static String state(String styleClass, String words)
    {
        return "<td>" + stateHtml(styleClass, words) + "</td>";
    }

    static String stateHtml(String styleClass, String words)
    {
        return "<span class=\"state " + styleClass + "\">" + escape(words) + "</span>";
    }

    /**
     * Rounded down, so that a figure below the threshold never looks like it.
     */
    static String percent(BigDecimal ratio)
    {
        BigDecimal percent = ratio.movePointRight(2).setScale(3, RoundingMode.DOWN).stripTrailingZeros();
        return (percent.scale() < 0 ? percent.setScale(0) : percent).toPlainString() + " %";
    }

    static String count(long number)
    {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    static String time(Instant instant)
    {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }

    static String day(Instant instant)
    {
        return instant.toString().substring(0, 10);
    }

    private static String resource(String name)
    {
        try {
            return Resources.toString(Resources.getResource(HtmlPage.class, name), UTF_8);
        }
        catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + " of the command", e);
        }
    }
}
