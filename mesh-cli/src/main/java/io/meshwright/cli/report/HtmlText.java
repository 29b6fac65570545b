package io.meshwright.cli.report;

/**
 * Texts of a report, safe inside HTML elements and quoted attributes.
 */
final class HtmlText
{
    private HtmlText() {}

    static String escape(String text)
    {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(Character.isISOControl(codePoint) && codePoint != '\n' ? 0xFFFD : codePoint);
            }
        });
        return escaped.toString();
    }
}
