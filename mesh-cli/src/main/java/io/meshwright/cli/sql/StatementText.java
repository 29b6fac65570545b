package io.meshwright.cli.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement as somebody pasted it.
 */
final class StatementText
{
    // quoted texts and names, comments, and everything else by character; an unclosed one reaches to the end
    private static final Pattern TOKEN = Pattern.compile("'[^']*+(?:'|\\z)|\"[^\"]*+(?:\"|\\z)|(?<blank>--[^\\n]*+|/\\*.*?(?:\\*/|\\z)|\\s+)|.", Pattern.DOTALL);

    private StatementText() {}

    /**
     * Without the semicolon that ends it, which Trino's driver does not take, and without the comments after that.
     */
    static String withoutEnd(String text)
    {
        int semicolon = -1;
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            if (token.group().equals(";")) {
                semicolon = semicolon < 0 ? token.start() : semicolon;
            }
            else if (token.group("blank") == null) {
                semicolon = -1;
            }
        }
        return (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
    }
}
