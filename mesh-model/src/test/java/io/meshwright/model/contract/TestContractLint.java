package io.meshwright.model.contract;

import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TestContractLint
{
    private static final String HEAD =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: orders.order-events
            version: 1.0.0
            status: active
            """;

    @Test
    void testSourceDocuments()
    {
        String text = ContractFixtures.resource("order-events.v2.source-documents.yaml");
        assertThat(lint(text)).containsExactly(
                "2:1 info DC-ANATOMY: The contract has no compatibility | Add compatibility: backward at the root.",
                "5:3 warning DC-DIALECT: The standard requires info.title, and the contract has none | Add title, a name of the contract for people.",
                "18:5 warning DC-DIALECT: The standard keeps quality rules under their model or field, not at the root | "
                        + "Write it under models.order_event.quality as {type: library, metric: rowCount, mustBeGreaterThan: 0}.",
                "21:5 warning DC-DIALECT: The standard keeps quality rules under their model or field, not at the root | "
                        + "Write it under models.order_event.quality as {type: sql, description: \"no negative totals\", query: \"SELECT COUNT(*) FROM order_event WHERE total_minor < 0\", mustBe: 0}.");
        assertThat(ContractLint.lint("contract.yaml", text).value()).isPresent();
    }

    @Test
    void testCanonicalRewriteIsClean()
    {
        String text =
                """
                dataContractSpecification: 1.2.1
                id: orders.order-events
                compatibility: backward
                info: {title: Order events, version: 2.0.0, owner: orders-data@retailer.example}
                models:
                  order_event:
                    fields:
                      total_minor: {type: long, description: "Order total in minor units (cents)"}
                    quality:
                    - {type: library, metric: rowCount, mustBeGreaterThan: 0}
                    - {type: sql, description: "no negative totals", query: "SELECT COUNT(*) FROM order_event WHERE total_minor < 0", mustBe: 0}
                servicelevels:
                  freshness: {threshold: 15m}
                """;
        assertThat(lint(text)).isEmpty();
    }

    @Test
    void testMissingTitleIsRefusedOutsideOfTheDialect()
    {
        assertThat(errors(
                """
                dataContractSpecification: 1.1.0
                id: orders.order-events
                info: {version: 2.0.0}
                """)).containsExactly("3:7 error DC-SCHEMA: The schema of 1.1.0 requires the key 'title' in info | Add title.");
    }

    @Test
    void testSchemaOfTheDeclaredVersion()
    {
        String rule =
                """
                schema:
                - name: orders
                  quality:
                  - {type: library, metric: rowCount, mustBe: 1}
                """;
        assertThat(errors(HEAD + rule)).isEmpty();
        assertThat(errors((HEAD + rule).replace("v3.1.0", "v3.0.2")))
                .containsExactly("9:5 error DC-SCHEMA: The schema of v3.0.2 requires the key 'rule' in schema[0].quality[0] | Add rule.");
        String time =
                """
                schema:
                - name: orders
                  properties:
                  - {name: at, logicalType: time}
                """;
        assertThat(errors(HEAD + time)).isEmpty();
        assertThat(errors((HEAD + time).replace("v3.1.0", "v3.0.0"))).singleElement().asString()
                .startsWith("9:29 error DC-SCHEMA: The schema of v3.0.0 refuses schema[0].properties[0].logicalType: it is 'time', and must be one of string, date, number");
    }

    @Test
    void testUnknownKeyIsAnErrorWhereTheSchemaSaysSo()
    {
        assertThat(errors(HEAD +
                """
                descripton: {purpose: none}
                schema:
                - name: orders
                  properties:
                  - {name: a, logicalType: string, requird: true}
                """)).containsExactly(
                "6:1 error DC-UNKNOWN-KEY: Unknown key 'descripton' in the contract, which the schema of v3.1.0 refuses | Did you mean 'description'?",
                "10:36 error DC-UNKNOWN-KEY: Unknown key 'requird' in the property 'a', which the schema of v3.1.0 refuses | Did you mean 'required'?");
        String dcs = ContractFixtures.dcs("a: {type: string, requird: true}");
        assertThat(errors(dcs)).isEmpty();
        assertThat(lint(dcs)).contains("10:25 warning DC-UNKNOWN-KEY: Unknown key 'requird' in the field 'a' | Did you mean 'required'?");
    }

    @Test
    void testOfAChoiceTheMeantAlternativeIsTold()
    {
        assertThat(errors(HEAD + "team: {name: 5, leader: me}\n")).containsExactly(
                "6:14 error DC-SCHEMA: The schema of v3.1.0 refuses team.name: it is '5', and must be a text | Put it between quotes.",
                "6:17 error DC-SCHEMA: The schema of v3.1.0 does not allow the key 'leader' here | Remove it, or keep it under customProperties.");
        assertThat(errors(HEAD + "team: Orders\n")).containsExactly(
                "6:7 error DC-VALUE: team must be a list, and is 'Orders' | Write team as a list.");
    }

    @Test
    void testOurOwnKeysAreNotRefused()
    {
        assertThat(errors(ContractFixtures.odcs(
                """
                - name: a
                  logicalType: string
                  customProperties:
                  - {property: mask, value: redact}
                  - {property: polyseme, value: customer_id}
                  - {property: pii, value: true}
                """))).isEmpty();
        assertThat(errors(ContractFixtures.dcs("a: {type: string, pii: true, mask: partial, polyseme: customer_id, semanticType: money.minor}"))).isEmpty();
        assertThat(errors(ContractFixtures.dcs("a: {type: string, config: {mask: partial, polyseme: customer_id}}"))).isEmpty();
    }

    @Test
    void testQueriesAreReadOnly()
    {
        String contract = HEAD +
                """
                schema:
                - name: orders
                  quality:
                  - {type: sql, query: "DELETE FROM orders", mustBe: 0}
                  - {type: sql, query: "SELECT count(*) FROM orders; DROP TABLE orders", mustBe: 0}
                  - {type: sql, query: "SELEC count(*) FROM orders", mustBe: 0}
                  - {type: sql, query: "SELECT count(*) FROM order_events WHERE a < 0", mustBe: 0}
                  - {type: sql, query: "SELECT count(*) FROM ${object}", mustBe: 0}
                """;
        assertThat(errors(contract)).hasSize(3).allMatch(line -> line.contains("error DC-QUALITY-SQL: The query cannot be run: "));
        assertThat(lint(HEAD +
                """
                schema:
                - name: orders
                  quality:
                  - {type: sql, query: "SELECT count(*) FROM customers", mustBe: 0}
                """)).anyMatch(line -> line.startsWith("9:5 warning DC-QUALITY-SQL: The query cannot be run: The statement reads customers"));
    }

    @Test
    void testAnatomy()
    {
        assertThat(lint(
                """
                dataContractSpecification: 1.2.1
                id: empty
                info: {title: Empty, version: 1.0.0}
                """)).containsExactly(
                "1:1 warning DC-ANATOMY: The contract has no schema | Declare the fields under models.NAME.fields.",
                "1:1 info DC-ANATOMY: The contract has no semantics | Say what fields mean with description, or link them to a concept with polyseme.",
                "1:1 info DC-ANATOMY: The contract has no service levels | Promise at least servicelevels.freshness.",
                "1:1 info DC-ANATOMY: The contract has no compatibility | Add compatibility: backward at the root.",
                "1:1 info DC-ANATOMY: The contract has no ownership | Add info.owner.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            {type: string, pattern: '"[A-Z"'}                  | error DC-PATTERN: The pattern '[A-Z' is not a regular expression: Unclosed character class near index 3
                                            {type: long, pattern: '"^1"'}                      | error DC-MISPLACED-CONSTRAINT: pattern does not apply to the type long of the field 'a'
                                            {type: date, minLength: 3}                         | error DC-MISPLACED-CONSTRAINT: minLength does not apply to the type date of the field 'a'
                                            {type: string, minimum: 3}                         | error DC-MISPLACED-CONSTRAINT: minimum does not apply to the type string of the field 'a'
                                            {type: boolean, exclusiveMaximum: 1}               | error DC-MISPLACED-CONSTRAINT: exclusiveMaximum does not apply to the type boolean of the field 'a'
                                            {type: string, minLength: 4, maxLength: 3}         | error DC-IMPOSSIBLE-CONSTRAINT: minLength 4 is greater than maxLength 3 in the field 'a'
                                            {type: string, maxLength: -1}                      | error DC-IMPOSSIBLE-CONSTRAINT: A length cannot be negative in the field 'a'
                                            {type: long, minimum: 5, maximum: 4}               | error DC-IMPOSSIBLE-CONSTRAINT: minimum 5 leaves nothing below maximum 4 in the field 'a'
                                            {type: long, minimum: 5, exclusiveMaximum: 5}      | error DC-IMPOSSIBLE-CONSTRAINT: minimum 5 leaves nothing below exclusiveMaximum 5 in the field 'a'
                                            {type: double, exclusiveMinimum: 2, maximum: 1.5}  | error DC-IMPOSSIBLE-CONSTRAINT: exclusiveMinimum 2 leaves nothing below maximum 1.5 in the field 'a'
                                            {type: long, enum: [one, two]}                     | error DC-IMPOSSIBLE-CONSTRAINT: enum of the field 'a' lists 'one', which is no value of the type long
                                            {type: long, enum: ['"1"', '"2"']}                 | warning DC-ENUM-TYPE: enum stands on the field 'a' of the type long
                                            {type: struct, fields: {b: {type: long}}, enum: [a]} | error DC-MISPLACED-CONSTRAINT: enum does not apply to the type struct of the field 'a'
                                            {type: string, references: orders.b}               | error DC-UNKNOWN-FIELD: The field 'a' refers to 'b', which is not a field of 'orders'
                                            {type: string, references: customers.id}           |
                                            {type: long, minimum: 5, maximum: 5}               |
                                            {type: varchar, pattern: '"^[A-Z]{3}$"', minLength: 3, maxLength: 3} |
                                            """)
    void testConstraints(String field, String expected)
    {
        List<String> findings = lint(ContractFixtures.dcs("a: " + field.replace("'", ""))).stream().filter(line -> !line.contains("DC-ANATOMY")).toList();
        if (expected == null) {
            assertThat(findings).isEmpty();
        }
        else {
            assertThat(findings).singleElement().asString().startsWith("10:7 " + expected + " | ");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            {logicalType: date, logicalTypeOptions: {minimum: "2026-01-02", maximum: "2026-01-01"}}  | error DC-IMPOSSIBLE-CONSTRAINT: minimum 2026-01-02 leaves nothing below maximum 2026-01-01 in the field 'a'
                                            {logicalType: date, logicalTypeOptions: {minimum: "01/02/2026"}}                         | warning DC-IMPOSSIBLE-CONSTRAINT: minimum of the field 'a' is '01/02/2026', which is no value of the type date
                                            {logicalType: timestamp, logicalTypeOptions: {minimum: "2026-01-01T00:00:00.5Z", exclusiveMaximum: "2026-01-01T00:00:00Z"}} | error DC-IMPOSSIBLE-CONSTRAINT: minimum 2026-01-01T00:00:00.500 leaves nothing
                                            {logicalType: time, logicalTypeOptions: {minimum: "08:00", maximum: "07:00:00"}}         | error DC-IMPOSSIBLE-CONSTRAINT: minimum 08:00 leaves nothing below maximum 07:00
                                            {logicalType: array, items: {logicalType: string}, logicalTypeOptions: {minItems: 3, maxItems: 2}} | error DC-IMPOSSIBLE-CONSTRAINT: minLength 3 is greater than maxLength 2 in the field 'a'
                                            {logicalType: timestamp, logicalTypeOptions: {minimum: "2026-01-01T00:00:00Z", maximum: "2026-01-01T00:00:00.5Z"}} |
                                            {logicalType: string, physicalType: uuid, logicalTypeOptions: {pattern: "^a"}}           |
                                            """)
    void testConstraintsOfOdcs(String property, String expected)
    {
        List<String> findings = lint(ContractFixtures.odcs("- {name: a, " + property.substring(1))).stream().filter(line -> !line.contains("DC-ANATOMY")).toList();
        if (expected == null) {
            assertThat(findings).isEmpty();
        }
        else {
            assertThat(findings).singleElement().asString().startsWith("9:5 " + expected);
        }
    }

    @Test
    void testRuleNamesFieldsThatExist()
    {
        String contract = ContractFixtures.odcs("- {name: order_id, logicalType: string}")
                + "  quality:\n"
                + "  - {metric: duplicateValues, mustBe: 0, arguments: {properties: [order_id, order_idd]}}\n";
        assertThat(errors(contract)).containsExactly("11:5 error DC-UNKNOWN-FIELD: The rule names 'order_idd', which is not a field of 'orders' | Did you mean 'order_id'?");
    }

    @Test
    void testFreshnessNamesAFieldThatExists()
    {
        assertThat(lint(ContractFixtures.dcs("occurred_at: {type: timestamp}") +
                """
                servicelevels:
                  freshness: {threshold: 1h, timestampField: orders.ocurred_at}
                """)).anyMatch(line -> line.contains("warning DC-UNKNOWN-FIELD: Freshness is measured by 'ocurred_at', which is not a field of the contract | Did you mean 'occurred_at'?"));
    }

    @Test
    void testWrongTypeIsNotToldTwice()
    {
        assertThat(errors(ContractFixtures.dcs("a: {type: lnog, minimum: 5}")))
                .containsExactly("10:17 error DC-FIELD-TYPE: Unknown type 'lnog' of the field 'a' | Did you mean 'long'?");
    }

    static List<String> lint(String text)
    {
        return ContractLint.lint("contract.yaml", text).findings().stream().map(ContractFixtures::line).toList();
    }

    static List<String> errors(String text)
    {
        Parsed<DataContract> linted = ContractLint.lint("contract.yaml", text);
        return linted.findings().stream().filter(Finding::isError).map(ContractFixtures::line).toList();
    }
}
