package io.meshwright.model.yaml;

import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.finding.SourceLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class TestYamlDocuments
{
    @Test
    void testPositionsKindsAndPaths()
    {
        YamlMapping root = YamlDocuments.readMapping("f.yaml", "a: 1.10\nb:\n  - x: 'no'\n    \"y/z\": ~\n  - true\n").value().orElseThrow();
        assertThat(root.path()).isEmpty();
        YamlScalar version = (YamlScalar) root.get("a").orElseThrow();
        assertThat(version).isEqualTo(new YamlScalar("1.10", YamlScalar.Kind.FLOAT, false, new SourceLocation("f.yaml", 1, 4), "a"));
        YamlSequence list = (YamlSequence) root.get("b").orElseThrow();
        YamlMapping first = (YamlMapping) list.elements().get(0);
        assertThat(first.get("x").orElseThrow()).isEqualTo(new YamlScalar("no", YamlScalar.Kind.STRING, true, new SourceLocation("f.yaml", 3, 8), "b[0].x"));
        assertThat(first.get("y/z").orElseThrow()).isEqualTo(new YamlScalar("", YamlScalar.Kind.NULL, false, new SourceLocation("f.yaml", 4, 12), "b[0][\"y/z\"]"));
        assertThat(first.entries().get("y/z").keyLocation()).isEqualTo(new SourceLocation("f.yaml", 4, 5));
        assertThat(list.elements().get(1)).isEqualTo(new YamlScalar("true", YamlScalar.Kind.BOOLEAN, false, new SourceLocation("f.yaml", 5, 5), "b[1]"));
    }

    @Test
    void testColumnsCountCodePoints()
    {
        YamlMapping root = YamlDocuments.readMapping("f.yaml", "\uFEFF\"😀é\": v\n").value().orElseThrow();
        assertThat(root.get("😀é").orElseThrow().location()).isEqualTo(new SourceLocation("f.yaml", 1, 7));
    }

    @Test
    void testAnchorsAndMergeKeys()
    {
        YamlMapping root = YamlDocuments.readMapping("f.yaml", "base: &b {k: 1, l: 2}\nuse: *b\nmerged:\n  <<: *b\n  l: 3\n").value().orElseThrow();
        YamlMapping use = (YamlMapping) root.get("use").orElseThrow();
        assertThat(use.get("k").orElseThrow().path()).isEqualTo("use.k");
        assertThat(use.get("k").orElseThrow().location()).isEqualTo(new SourceLocation("f.yaml", 1, 14));
        YamlMapping merged = (YamlMapping) root.get("merged").orElseThrow();
        assertThat(merged.get("k")).hasValueSatisfying(value -> assertThat(((YamlScalar) value).text()).isEqualTo("1"));
        assertThat(merged.get("l")).hasValueSatisfying(value -> assertThat(((YamlScalar) value).text()).isEqualTo("3"));
    }

    @Test
    void testKeysThatAreNoStrings()
    {
        YamlMapping root = YamlDocuments.readMapping("f.yaml", "1: a\ntrue: b\n1.50: c\n").value().orElseThrow();
        assertThat(root.entries().keySet()).containsExactly("1", "true", "1.50");
    }

    static Stream<Arguments> badTexts()
    {
        return Stream.of(
                bad("", "MESH-YAML-010 1:1 the file is empty"),
                bad("# only a comment\n", "MESH-YAML-010 1:1 the file is empty"),
                bad("---\n", "MESH-YAML-010 1:1 the file is empty"),
                bad("- a\n", "MESH-YAML-011 1:1 the file holds a list; a declaration is a mapping of keys to values"),
                bad("text\n", "MESH-YAML-011 1:1 the file holds the text \"text\"; a declaration is a mapping of keys to values"),
                bad("a: 1\nb: 2\na: 3\n", "MESH-YAML-002 3:1 duplicate key \"a\", first on line 1"),
                bad("a: {b: 1, c: 2, b: 3}\n", "MESH-YAML-002 1:17 duplicate key \"b\", first on line 1"),
                bad("1: a\n\"1\": b\n", "MESH-YAML-002 2:1 duplicate key \"1\", first on line 1"),
                bad("a:\n\tb: 1\n", "MESH-YAML-003 2:1 a tab in the indentation"),
                bad("a:\n  b: 1\n\tc: 1\n\td: 2\n\te: 3\n", "MESH-YAML-003 3:1 a tab in the indentation, here and on 2 other lines"),
                bad("a: 1\n---\nb: 2\n", "MESH-YAML-008 2:1 a second document begins here; one file declares one thing"),
                bad("a: !!python/object:os.system x\n", "MESH-YAML-007 1:4 tag !!python/object:os.system is not allowed"),
                bad("a: !secret x\n", "MESH-YAML-007 1:4 tag !secret is not allowed"),
                bad("a: &x [*x]\n", "MESH-YAML-005 1:8 alias *x stands inside what it refers to"),
                bad("a: *nowhere\n", "MESH-YAML-005 1:4 alias *nowhere has no anchor before it"),
                bad("? [a, b]\n: c\n", "MESH-YAML-012 1:3 a list as a key"),
                bad("a: 1\n\"\": c\n", "MESH-YAML-012 2:1 a key is empty"),
                bad("a: \"open\n", "MESH-YAML-001 2:1 a quoted text is not closed"),
                bad("a: b: c\n", "MESH-YAML-001 1:5 a colon starts a value where none can stand"),
                bad("a: [1, 2\nb: 3\n", "MESH-YAML-001 2:2 a list in [ ] is not closed or lacks a comma"),
                bad("a: {x: 1\nb: 3\n", "MESH-YAML-001 2:2 a mapping in { } is not closed or lacks a comma"),
                bad("a: 1\n  b: 2\n", "MESH-YAML-001 2:4 a colon starts a value where none can stand"),
                bad("a:\n  b: 1\n c: 2\n", "MESH-YAML-001 3:2 this line does not fit the mapping above it"),
                bad("a: @b\n", "MESH-YAML-001 1:4 this character cannot begin a value"),
                bad("a: \"\\q\"\n", "MESH-YAML-001 1:6 an escape in double quotes is not known"),
                bad("a: x\u0001y\n", "MESH-YAML-009 1:5 character U+0001 is not allowed in YAML"));
    }

    private static Arguments bad(String text, String expected)
    {
        return Arguments.of(text, expected);
    }

    @ParameterizedTest
    @MethodSource("badTexts")
    void testBadText(String text, String expected)
    {
        Parsed<YamlMapping> parsed = YamlDocuments.readMapping("f.yaml", text);
        assertThat(parsed.value()).isEmpty();
        assertThat(parsed.findings()).extracting(TestYamlDocuments::show).containsExactly(expected);
    }

    @Test
    void testFindingsBeforeASyntaxErrorAreKept()
    {
        assertThat(YamlDocuments.read("f.yaml", "a: 1\na: 2\nb: [\n").findings())
                .extracting(finding -> finding.rule().id())
                .containsExactly("MESH-YAML-002", "MESH-YAML-001");
    }

    @Test
    @Timeout(5)
    void testAliasBomb()
    {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 30; level++) {
            String alias = "*a" + (level - 1);
            text.append("a%s: &a%s [%s, %s, %s, %s, %s, %s, %s, %s, %s, %s]\n".formatted(level, level, alias, alias, alias, alias, alias, alias, alias, alias, alias, alias));
        }
        assertThat(YamlDocuments.read("f.yaml", text.toString()).findings()).singleElement().satisfies(finding -> {
            assertThat(show(finding)).isEqualTo("MESH-YAML-005 4:45 the aliases of this file stand for more than 10000 values");
            assertThat(finding.fix()).isEqualTo("write the values out, or use fewer aliases of aliases");
        });
    }

    @Test
    @Timeout(5)
    void testDeepNesting()
    {
        assertThat(YamlDocuments.read("f.yaml", "[".repeat(500_000)).findings()).extracting(TestYamlDocuments::show)
                .containsExactly("MESH-YAML-006 1:65 nested deeper than 64 levels");
        String nested = "a:\n".repeat(1);
        for (int depth = 1; depth < 300; depth++) {
            nested += " ".repeat(depth) + "a:\n";
        }
        assertThat(YamlDocuments.read("f.yaml", nested).findings()).extracting(TestYamlDocuments::show)
                .containsExactly("MESH-YAML-006 65:65 nested deeper than 64 levels");
    }

    @Test
    void testSize()
    {
        assertThat(YamlDocuments.checkSize("f.yaml", YamlDocuments.MAX_BYTES)).isEmpty();
        assertThat(YamlDocuments.checkSize("f.yaml", 100L << 20)).hasValueSatisfying(finding ->
                assertThat(show(finding)).isEqualTo("MESH-YAML-004 1:1 the file has 100 MiB; a declaration has at most 1 MiB"));
        assertThat(YamlDocuments.read("f.yaml", "a".repeat(YamlDocuments.MAX_BYTES * 3 / 2)).findings()).extracting(TestYamlDocuments::show)
                .containsExactly("MESH-YAML-004 1:1 the file has 1.5 MiB; a declaration has at most 1 MiB");
    }

    @Test
    void testDecode()
    {
        assertThat(YamlDocuments.decode("f.yaml", "\uFEFFä: 1\r\n".getBytes(UTF_8)).value()).contains("ä: 1\r\n");
        assertThat(YamlDocuments.decode("f.yaml", new byte[] {'a', ':', '\r', '\n', (byte) 0xC3, (byte) 0xA4, (byte) 0xFF}).findings()).extracting(TestYamlDocuments::show)
                .containsExactly("MESH-YAML-009 2:2 byte 0xFF is not valid UTF-8");
        assertThat(YamlDocuments.decode("f.yaml", new byte[] {'a', (byte) 0xC3}).findings()).extracting(TestYamlDocuments::show)
                .containsExactly("MESH-YAML-009 1:2 byte 0xC3 is not valid UTF-8");
        assertThat(YamlDocuments.decode("f.yaml", "a: 1".getBytes(UTF_16)).findings()).extracting(TestYamlDocuments::show)
                .containsExactly("MESH-YAML-009 1:1 the file is encoded in UTF-16");
        assertThat(YamlDocuments.decode("f.yaml", new byte[YamlDocuments.MAX_BYTES + 1]).findings()).extracting(finding -> finding.rule().id())
                .containsExactly("MESH-YAML-004");
    }

    static String show(Finding finding)
    {
        return "%s %s:%s %s".formatted(finding.rule().id(), finding.location().line(), finding.location().column(), finding.message());
    }
}
