package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No text makes a reader throw, and an empty result always comes with the reason.
 */
class TestContractFuzz
{
    private static final List<String> SEEDS = ImmutableList.of(
            ContractFixtures.resource("order-events.v2.source-documents.yaml"),
            ContractFixtures.resource("every-key.dcs.yaml"),
            ContractFixtures.resource("every-key.odcs.yaml"));
    private static final List<String> PIECES = ImmutableList.of(
            ":",
            " ",
            "\n",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "#",
            "&a ",
            "*a",
            "!!int ",
            "null",
            "~",
            "true",
            "1e999",
            "-1",
            "0x1F",
            ".inf",
            ".nan",
            "99999999999999999999",
            "$ref: '#/definitions/order_id'",
            "type: ",
            "fields: ",
            "quality: ",
            "mustBe: ",
            "\t",
            "\u0000",
            "\uD83D\uDE00",
            "1.2.1",
            "v3.1.0",
            "|",
            ">",
            "---\n",
            "?");

    static IntStream runs()
    {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void testMutations(int run)
    {
        Random random = new Random(run);
        StringBuilder text = new StringBuilder(SEEDS.get(run % SEEDS.size()));
        int mutations = 1 + random.nextInt(8);
        for (int mutation = 0; mutation < mutations; mutation++) {
            mutate(text, random);
        }
        check(text.toString());
    }

    static Stream<String> hostile()
    {
        String fields = IntStream.range(0, 30)
                .mapToObj(index -> "  d%s: {type: struct, fields: {a: {$ref: '#/definitions/d%s'}, b: {$ref: '#/definitions/d%s'}}}\n".formatted(index, index + 1, index + 1))
                .reduce("", String::concat);
        String head = "dataContractSpecification: 1.2.1\nid: a\ninfo: {title: a, version: 1.0.0}\n";
        return Stream.of(
                "",
                "[]",
                "a",
                "dataContractSpecification:",
                "dataContractSpecification: [1]",
                "dataContractSpecification: 1.2.1",
                "apiVersion: {a: b}",
                "apiVersion: v3.1.0\nkind: [a]",
                "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nslaProperties: [{property: freshness, value: 1, unit: d, element: ','}, {property: re, value: -1, unit: y}]",
                "apiVersion: v3.1.0\nkind: DataContract\nschema: a\nteam: 5\nsupport: {}\nservers: {}\nslaProperties: x\ndescription: [a]\ncustomProperties: 3",
                "apiVersion: v3.1.0\nkind: DataContract\nschema: [null, 5, [], {properties: [null, 1, {name: [], items: 3}]}]\nteam: [1, null]",
                head + "models: {a: null, b: 5, c: [], d: {fields: {a: null, b: 1, c: [], d: {type: null, enum: {a: b}, items: 5, keys: [], values: {}}}}}",
                head + "models: {a: {primaryKey: [1, null, {}, a], quality: {}, fields: {a: {type: array, items: {type: array, items: {type: map}}}}}}",
                head + "quality: [null, 5, {}, {model: 5}, {model: [a]}, {type: row_count, model: b}, {field: x}]",
                head + "servicelevels: {freshness: {threshold: 1e999999999}, availability: {percentage: 1e-999999999}, retention: {period: P999999999999Y}}",
                head + "models: {a: {fields: {a: {type: decimal, precision: 1e99999999, scale: -5, minimum: 1e99999999, maximum: 1e-99999999}}}}",
                head + "models: {a: {quality: [{type: sql, query: 'SELECT', mustBe: 1e99999999}, {metric: rowCount, mustBeBetween: [1, a, {}]}]}}",
                head + "models: {a: {fields: {a: {type: string, pattern: '" + "(".repeat(5000) + "'}}}}",
                head + "models: {a: {fields: {a: {$ref: '#/definitions/d0'}}}}\ndefinitions:\n" + fields,
                head + "models: {a: {fields: {a: {$ref: '#/definitions/x'}}}}\ndefinitions: {x: {$ref: '#/definitions/y'}, y: {type: struct, fields: {b: {$ref: '#/definitions/x'}}}}",
                head + "models: {a: {fields: {a: {$ref: '#'}, b: {$ref: '#/'}, c: {$ref: [a]}, d: {$ref: 'http://example.com/x.json#/a'}, e: {$ref: '#/models/a/fields/e'}}}}");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void testHostileTexts(String text)
    {
        check(text);
    }

    private static void check(String text)
    {
        for (Parsed<DataContract> parsed : List.of(DataContractParser.parse("fuzz.yaml", text), ContractLint.lint("fuzz.yaml", text))) {
            assertThat(parsed.value().isEmpty()).isEqualTo(parsed.findings().stream().anyMatch(Finding::isError));
            assertThat(parsed.findings()).allSatisfy(finding -> {
                assertThat(finding.location().file()).isEqualTo("fuzz.yaml");
                assertThat(finding.message()).doesNotContain("Exception", "\n");
            });
        }
    }

    private static void mutate(StringBuilder text, Random random)
    {
        int position = random.nextInt(text.length() + 1);
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        int other = random.nextInt(text.length() + 1);
        switch (random.nextInt(4)) {
            case 0 -> text.insert(position, piece);
            case 1 -> text.delete(position, Math.min(text.length(), position + 1 + random.nextInt(12)));
            case 2 -> text.replace(position, Math.min(text.length(), position + piece.length()), piece);
            default -> text.insert(position, text.substring(Math.min(position, other), Math.max(position, other)));
        }
    }
}
