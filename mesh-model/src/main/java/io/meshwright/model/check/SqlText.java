package io.meshwright.model.check;

import io.meshwright.model.finding.MeshException;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.meshwright.model.check.CheckRule.SQL_TEXT;
import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * Splits SQL of a contract into literals, quoted names and the rest, and refuses whatever two engines could split
 * differently: comments, escaped quotes, prefixed and dollar-quoted literals, several statements.
 */
final class SqlText
{
    private static final int LONGEST = 20_000;
    private static final int DEEPEST = 40;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\{\\s*([A-Za-z_]+)\\s*}");

    private SqlText() {}

    /**
     * The text with names quoted by backticks and placeholders resolved.
     *
     * @param placeholders gives the name that a placeholder stands for
     */
    static String normalize(String sql, Function<String, String> placeholders)
    {
        String text = sql.strip();
        if (text.endsWith(";")) {
            text = text.substring(0, text.length() - 1).stripTrailing();
        }
        if (text.isEmpty()) {
            throw refused("The statement is empty", "write one SELECT that returns one number");
        }
        if (text.length() > LONGEST) {
            throw refused("The statement has " + text.length() + " characters, " + LONGEST + " are allowed", "split the rule");
        }
        StringBuilder normalized = new StringBuilder(text.length());
        int depth = 0;
        int index = 0;
        while (index < text.length()) {
            char character = text.charAt(index);
            if (character == '\'' || character == '"' || character == '`') {
                if (character == '\'' && index > 0 && Character.isJavaIdentifierPart(text.charAt(index - 1))) {
                    throw refused("A literal follows " + text.charAt(index - 1) + " without a space", "write plain literals, without a prefix");
                }
                int end = endOfQuoted(text, index);
                normalized.append(character == '\'' ? literal(text.substring(index, end)) : name(text.substring(index + 1, end - 1), character, placeholders));
                index = end;
                continue;
            }
            Matcher placeholder = PLACEHOLDER.matcher(text).region(index, text.length());
            if ((character == '$' || character == '{') && placeholder.lookingAt()) {
                normalized.append(placeholders.apply(placeholder.group(1)));
                index = placeholder.end();
                continue;
            }
            if (character == '(') {
                depth++;
                if (depth > DEEPEST) {
                    throw refused("Parentheses are nested more than " + DEEPEST + " deep", "simplify the statement");
                }
            }
            if (character == ')') {
                depth--;
            }
            refuseCharacter(text, index);
            normalized.append(character);
            index++;
        }
        return normalized.toString();
    }

    private static int endOfQuoted(String text, int start)
    {
        char quote = text.charAt(start);
        int index = start + 1;
        while (index < text.length()) {
            char character = text.charAt(index);
            if (character == '\\' && index + 1 < text.length() && text.charAt(index + 1) == quote) {
                throw refused("A backslash stands before a quote", "double the quote instead");
            }
            if (character == quote) {
                if (index + 1 < text.length() && text.charAt(index + 1) == quote) {
                    index += 2;
                    continue;
                }
                return index + 1;
            }
            index++;
        }
        throw refused("A quote is not closed", "close it");
    }

    private static String literal(String quoted)
    {
        // a placeholder in a literal is for another engine's templates; taken as text it would check something else
        if (PLACEHOLDER.matcher(quoted).find()) {
            throw refused("A placeholder stands within a literal", "use placeholders for names only");
        }
        return quoted;
    }

    private static String name(String content, char quote, Function<String, String> placeholders)
    {
        Matcher placeholder = PLACEHOLDER.matcher(content);
        if (placeholder.matches()) {
            return placeholders.apply(placeholder.group(1));
        }
        String name = content.replace("" + quote + quote, "" + quote);
        if (name.isEmpty() || name.indexOf('`') >= 0 || name.indexOf('"') >= 0 || name.indexOf('\\') >= 0) {
            throw refused("A quoted name is empty, or has a quote or a backslash in it", "use plain names");
        }
        return "`" + name + "`";
    }

    private static void refuseCharacter(String text, int index)
    {
        char character = text.charAt(index);
        char next = index + 1 < text.length() ? text.charAt(index + 1) : ' ';
        if ((character == '-' && next == '-') || (character == '/' && next == '*') || character == '#') {
            throw refused("The statement has a comment", "remove it; describe the rule in its description");
        }
        if (character == ';') {
            throw new MeshException(CheckRule.SQL_NOT_READ_ONLY, USER, "There is more than one statement", "write exactly one SELECT");
        }
        if ("\\$@?{}[]~^&".indexOf(character) >= 0) {
            throw refused("The character " + character + " is not allowed outside of literals", "write standard SQL");
        }
        if (character == ':' && next != ':' && (index == 0 || text.charAt(index - 1) != ':')) {
            throw refused("The statement has a parameter", "write the value itself");
        }
        if (character > 126 || (character < ' ' && !Character.isWhitespace(character))) {
            throw refused("The character U+%04X is not allowed outside of literals and quoted names".formatted((int) character), "quote the name, or remove the character");
        }
    }

    static MeshException refused(String message, String fix)
    {
        return new MeshException(SQL_TEXT, USER, message, fix);
    }
}
