package io.meshwright.model.yaml;

import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Findings;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static io.meshwright.model.yaml.TestYamlDocuments.show;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestMappingReader
{
    private static final KeySet KEYS = KeySet.of("name", "count", "on", "tags", "nested", "kind").withSynonyms(Map.of("labels", "tags"));
    private static final Map<String, Integer> KINDS = Map.of("iceberg", 1, "kafka", 2);

    private final Findings findings = new Findings();

    @Test
    void testGoodValues()
    {
        MappingReader reader = reader("name: 1.10\ncount: 3\non: true\ntags: [a, 2]\nnested: {name: n, x-own: [1]}\nkind: kafka\nx-mine: anything\n");
        assertThat(reader.string("name")).contains("1.10");
        assertThat(reader.integer("count", 1, 5)).contains(3);
        assertThat(reader.bool("on")).contains(true);
        assertThat(reader.strings("tags").orElseThrow()).extracting(YamlScalar::text).containsExactly("a", "2");
        assertThat(reader.section("nested", KEYS).orElseThrow().string("name")).contains("n");
        assertThat(reader.word("kind", KINDS)).contains(2);
        assertThat(findings.sorted()).isEmpty();
    }

    @Test
    void testUnknownKeys()
    {
        reader("nmae: x\nlabels: y\nfoo-bar: z\n");
        assertThat(findings.sorted()).extracting(TestYamlDocuments::show).containsExactly(
                "MESH-YAML-020 1:1 unknown key \"nmae\", did you mean name?",
                "MESH-YAML-020 2:1 unknown key \"labels\", did you mean tags?",
                "MESH-YAML-020 3:1 unknown key \"foo-bar\"");
        assertThat(findings.sorted()).extracting(Finding::fix).containsExactly(
                "write  name:",
                "write  tags:",
                "known here: name, count, on, tags, nested, kind; keys of your own begin with x-");
    }

    @Test
    void testWrongTypes()
    {
        MappingReader reader = reader("name: true\ncount: \"3\"\non: yes\ntags: a\nnested: [1]\nkind: kafak\n");
        assertThat(reader.string("name")).isEmpty();
        assertThat(reader.integer("count", 1, 5)).isEmpty();
        assertThat(reader.bool("on")).isEmpty();
        assertThat(reader.strings("tags")).isEmpty();
        assertThat(reader.section("nested", KEYS)).isEmpty();
        assertThat(reader.word("kind", KINDS)).isEmpty();
        assertThat(findings.sorted()).extracting(finding -> show(finding) + " | " + finding.fix()).containsExactly(
                "MESH-YAML-022 1:7 name takes a text, not true | put it in quotes when it is a text: \"true\"",
                "MESH-YAML-022 2:8 count takes a whole number from 1 to 5, not the text \"3\" | write a whole number from 1 to 5, without quotes",
                "MESH-YAML-022 3:5 on takes true or false, not the text \"yes\" | did you mean on: true?",
                "MESH-YAML-022 4:7 tags takes a list, not the text \"a\" | write  tags: [a]",
                "MESH-YAML-022 5:9 nested takes a mapping, not a list | write its keys indented below nested:",
                "MESH-YAML-023 6:7 unknown kind \"kafak\", did you mean kafka? | write  kind: kafka");
    }

    @Test
    void testRangesAndElements()
    {
        MappingReader reader = reader("count: 6\ntags: [a, [b], '', false]\nnested: [x, {name: n}]\n");
        assertThat(reader.integer("count", 1, Integer.MAX_VALUE)).contains(6);
        assertThat(reader.integer("count", 7, Integer.MAX_VALUE)).isEmpty();
        assertThat(reader.strings("tags")).isEmpty();
        assertThat(reader.sections("nested", KEYS)).singleElement().satisfies(element -> assertThat(element.string("name")).contains("n"));
        assertThat(findings.sorted()).extracting(TestYamlDocuments::show).containsExactly(
                "MESH-YAML-022 1:8 count takes a whole number of at least 7, not the number 6",
                "MESH-YAML-022 2:11 tags takes a list of texts, not a list",
                "MESH-YAML-024 2:16 an element of tags is empty",
                "MESH-YAML-022 2:20 tags takes a text, not false",
                "MESH-YAML-022 3:10 nested takes a list of mappings, not the text \"x\"");
    }

    @Test
    void testEmptyAndMissing()
    {
        MappingReader reader = reader("name:\nkind: '  '\n");
        assertThat(reader.requiredString("name", "order-events")).isEmpty();
        assertThat(reader.word("kind", KINDS)).isEmpty();
        reader.require("count", "3");
        assertThat(reader.has("name")).isTrue();
        assertThat(findings.sorted()).extracting(finding -> show(finding) + " | " + finding.fix()).containsExactly(
                "MESH-YAML-021 1:1 count is missing in the document | add  count: 3",
                "MESH-YAML-024 1:1 name has no value | give name a value, or remove the key",
                "MESH-YAML-024 2:1 kind has no value | give kind a value, or remove the key");
    }

    @Test
    void testMessagesStayOnOneLine()
    {
        reader("\"a\\nb\\u202Ec" + "x".repeat(200) + "\": 1\n");
        assertThat(findings.sorted()).singleElement().satisfies(finding ->
                assertThat(finding.message()).isEqualTo("unknown key \"a\\nb\\u202ec" + "x".repeat(75) + "...\""));
    }

    @Test
    void testAskingForAnUndeclaredKey()
    {
        assertThatThrownBy(() -> reader("name: x\n").string("title"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Not among the known keys: title");
        assertThatThrownBy(() -> KEYS.withSynonyms(Map.of("titel", "title")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Synonym of an unknown key: title");
        assertThat(List.copyOf(KEYS.keys())).startsWith("name", "count");
    }

    private MappingReader reader(String text)
    {
        return new MappingReader(YamlDocuments.readMapping("f.yaml", text).value().orElseThrow(), KEYS, findings);
    }
}
