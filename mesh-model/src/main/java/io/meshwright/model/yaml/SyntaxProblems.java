package io.meshwright.model.yaml;

import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.SourceLocation;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Says what a syntax error means to the person who wrote the file.
 */
final class SyntaxProblems
{
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");

    /**
     * @param sign what the parser's own words contain, lower case
     */
    private record Explanation(String sign, String message, String fix) {}

    private static final List<Explanation> EXPLANATIONS = List.of(
            new Explanation("while scanning a quoted scalar", "a quoted text is not closed", "close the text with the quote that it begins with"),
            new Explanation("mapping values are not allowed here", "a colon starts a value where none can stand", "put the text in quotes when the colon belongs to it; otherwise check the indentation of this line and the one above"),
            new Explanation("could not find expected ':'", "a key has no colon", "write key: value, or quote the text"),
            new Explanation("flow sequence", "a list in [ ] is not closed or lacks a comma", "separate the elements with commas and close the list with ]"),
            new Explanation("flow mapping", "a mapping in { } is not closed or lacks a comma", "separate the entries with commas and close the mapping with }"),
            new Explanation("block mapping", "this line does not fit the mapping above it", "indent it exactly as its siblings, with spaces"),
            new Explanation("block collection", "this line does not fit the list above it", "indent the dash exactly as those of the other elements, with spaces"),
            new Explanation("sequence entries are not allowed", "a list element cannot stand here", "put the dash on a line of its own, indented below its key"),
            new Explanation("that cannot start any token", "this character cannot begin a value", "put the text in quotes"),
            new Explanation("escape", "an escape in double quotes is not known", "use single quotes, or write the backslash twice"),
            new Explanation("block scalar", "the head of a block text is not valid", "write | or > alone at the end of the line, and indent the text below it"),
            new Explanation("tag", "a tag is not well-formed", "remove the tag and write the value as plain data"),
            new Explanation("directive", "a directive is not well-formed", "remove the lines that begin with %"),
            new Explanation("anchor", "an anchor has no proper name", "use letters and digits after &, and quote a text that begins with &"),
            new Explanation("alias", "an alias has no proper name", "use letters and digits after *, and quote a text that begins with *"),
            new Explanation("document start", "something follows the end of the document", "one file holds one document: remove what follows, or indent it"));

    private SyntaxProblems() {}

    static void report(Findings findings, String text, SourceLocation location, MarkedYamlEngineException exception)
    {
        if (reportTabs(findings, text, location)) {
            return;
        }
        String words = (String.valueOf(exception.getContext()) + " " + exception.getProblem()).toLowerCase(Locale.ROOT);
        for (Explanation explanation : EXPLANATIONS) {
            if (words.contains(explanation.sign())) {
                findings.add(YamlRule.SYNTAX, location, "", explanation.message(), explanation.fix());
                return;
            }
        }
        findings.add(YamlRule.SYNTAX, location, "", "not valid YAML at this place", "check the indentation and the quotes of this line and the one above");
    }

    /**
     * A tab in the indentation near the error is its cause, whatever the parser took it for.
     */
    private static boolean reportTabs(Findings findings, String text, SourceLocation location)
    {
        String[] lines = LINE_BREAK.split(text, -1);
        int last = Math.min(location.line(), lines.length);
        for (int line = Math.max(1, last - 1); line <= last; line++) {
            int tab = tabInIndentation(lines[line - 1]);
            if (tab < 0) {
                continue;
            }
            long others = List.of(lines).stream().filter(other -> tabInIndentation(other) >= 0).count() - 1;
            findings.add(
                    YamlRule.TAB,
                    new SourceLocation(location.file(), line, tab + 1),
                    "",
                    others == 0 ? "a tab in the indentation" : "a tab in the indentation, here and on %s other %s".formatted(others, others == 1 ? "line" : "lines"),
                    "indent with spaces");
            return true;
        }
        return false;
    }

    private static int tabInIndentation(String line)
    {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\t') {
                return i;
            }
            if (line.charAt(i) != ' ' && line.charAt(i) != '-') {
                return -1;
            }
        }
        return -1;
    }
}
