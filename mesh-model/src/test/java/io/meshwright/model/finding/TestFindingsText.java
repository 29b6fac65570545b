package io.meshwright.model.finding;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static io.meshwright.model.yaml.YamlRule.SYNTAX;
import static io.meshwright.model.yaml.YamlRule.UNKNOWN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

class TestFindingsText
{
    private static final String SOURCE = "spec:\n  slas:\r\n    freshness: \"< banana\" # lag\n\ttab: [a, b]\n";
    private static final FindingsText PLAIN = new FindingsText(false);

    @Test
    void testWholeFinding()
    {
        Finding first = new Finding(UNKNOWN_KEY, new SourceLocation("a/f.yaml", 2, 3), "spec.slas", "unknown key \"slas\", did you mean sla?", "write  sla:");
        Finding second = new Finding(SYNTAX, Severity.WARNING, new SourceLocation("a/f.yaml", 3, 16), "", "bad value", "correct it");
        assertThat(PLAIN.render(List.of(first, second), file -> Optional.of(SOURCE))).isEqualTo(
                """
                error[MESH-YAML-020] unknown key "slas", did you mean sla?
                 --> a/f.yaml:2:3   spec.slas
                  |
                2 |   slas:
                  |   ^^^^
                  fix: write  sla:
                  why: A misspelt key would be ignored, and what it declares would silently not hold. Keys that begin with x- are free.   more: mesh explain MESH-YAML-020

                warning[MESH-YAML-001] bad value
                 --> a/f.yaml:3:16
                  |
                3 |     freshness: "< banana" # lag
                  |                ^^^^^^^^^^
                  fix: correct it
                  why: A file that is not valid YAML has no meaning that two programs would agree on.   more: mesh explain MESH-YAML-001
                """);
        assertThat(FindingsText.summary(List.of(first, second))).isEqualTo("1 error, 1 warning");
        assertThat(FindingsText.summary(List.of())).isEqualTo("0 errors, 0 warnings");
        assertThat(PLAIN.render(List.of(), file -> Optional.of(SOURCE))).isEmpty();
    }

    @Test
    void testCarets()
    {
        assertThat(sourceLines(SOURCE, 4, 2)).containsExactly("4 |  tab: [a, b]", "  |  ^^^");
        assertThat(sourceLines(SOURCE, 4, 8)).containsExactly("4 |  tab: [a, b]", "  |        ^");
        assertThat(sourceLines(SOURCE, 3, 18)).containsExactly("3 |     freshness: \"< banana\" # lag", "  |                  ^^^^^^^");
        assertThat(sourceLines("key: plain text # comment", 1, 6)).containsExactly("1 | key: plain text # comment", "  |      ^^^^^^^^^^");
        assertThat(sourceLines("key: 'open", 1, 6)).containsExactly("1 | key: 'open", "  |      ^^^^^");
        assertThat(sourceLines("key", 1, 9)).containsExactly("1 | key", "  |    ^");
        assertThat(sourceLines("\u00E9\uD83D\uDE00: x", 1, 5)).containsExactly("1 | \u00E9\uD83D\uDE00: x", "  |     ^");
    }

    @Test
    void testLinesThatAreNotShown()
    {
        assertThat(sourceLines(SOURCE, 5, 1)).isEmpty();
        assertThat(sourceLines(SOURCE, 99, 1)).isEmpty();
        Finding finding = new Finding(SYNTAX, SourceLocation.startOf("gone.yaml"), "", "message", "fix");
        assertThat(PLAIN.render(List.of(finding), file -> Optional.empty())).startsWith("error[MESH-YAML-001] message\n --> gone.yaml:1:1\n  fix: fix\n");
    }

    @Test
    void testLongLine()
    {
        String line = "k: " + "x".repeat(5000) + " # end";
        assertThat(sourceLines(line, 1, 4)).allSatisfy(shown -> assertThat(shown).hasSizeLessThan(180));
        List<String> shown = sourceLines("y".repeat(1000) + ": z", 1, 1003);
        assertThat(shown.get(0)).startsWith("1 | ...yyy").endsWith("yy: z");
        assertThat(shown.get(1)).isEqualTo("  | " + " ".repeat(103) + "^");
    }

    @Test
    void testTerminalIsNotSteered()
    {
        Finding finding = new Finding(SYNTAX, new SourceLocation("f\u001B[2J.yaml", 1, 1), "p\u0007", "message \u001B[31m\nforged", "fix \u202E");
        String text = PLAIN.render(List.of(finding), file -> Optional.of("a: \u001B]0;title\u0007"));
        assertThat(text.replace("\n", "")).doesNotContainPattern("[\\x00-\\x1F\\x7F\u202E]");
        assertThat(text).startsWith("error[MESH-YAML-001] message \uFFFD[31m\uFFFDforged\n");
    }

    @Test
    void testColors()
    {
        Finding finding = new Finding(SYNTAX, new SourceLocation("f.yaml", 1, 1), "", "message", "fix");
        assertThat(new FindingsText(true).render(List.of(finding), file -> Optional.of("a: b")))
                .startsWith("\u001B[1;31merror[MESH-YAML-001]\u001B[0m message\n")
                .contains("\u001B[2m1 |\u001B[0m a: b\n");
    }

    private static List<String> sourceLines(String source, int line, int column)
    {
        Finding finding = new Finding(SYNTAX, new SourceLocation("f.yaml", line, column), "", "message", "fix");
        return PLAIN.render(List.of(finding), file -> Optional.of(source)).lines()
                .filter(shown -> shown.matches("\\s*\\d* \\|.+"))
                .toList();
    }
}
