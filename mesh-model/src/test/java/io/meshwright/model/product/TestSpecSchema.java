package io.meshwright.model.product;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.meshwright.model.yaml.KeySet;
import io.meshwright.model.yaml.YamlDocuments;
import io.meshwright.model.yaml.YamlMapping;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;
import io.meshwright.model.yaml.YamlSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.product.SpecFixtures.MINIMAL;
import static io.meshwright.model.product.SpecFixtures.findings;
import static io.meshwright.model.product.SpecFixtures.minimal;
import static io.meshwright.model.product.SpecFixtures.resource;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The schema for editors knows what the parser knows.
 */
class TestSpecSchema
{
    private static final String TEXT = resource("/io/meshwright/model/product/dataproduct.schema.json");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(TEXT);
    private static final Map<String, KeySet> SECTIONS = ImmutableMap.<String, KeySet>builder()
            .put("metadata", SpecKeys.METADATA)
            .put("spec", SpecKeys.SPEC)
            .put("outputPort", SpecKeys.OUTPUT_PORT)
            .put("deprecated", SpecKeys.DEPRECATED)
            .put("inputPort", SpecKeys.INPUT_PORT)
            .put("transformation", SpecKeys.TRANSFORMATION)
            .put("sla", SpecKeys.SLA)
            .put("freshness", SpecKeys.FRESHNESS)
            .put("accuracy", SpecKeys.ACCURACY)
            .put("classification", SpecKeys.CLASSIFICATION)
            .put("access", SpecKeys.ACCESS)
            .put("clearance", SpecKeys.CLEARANCE)
            .put("team", SpecKeys.TEAM)
            .put("member", SpecKeys.MEMBER)
            .put("migration", SpecKeys.MIGRATION)
            .put("where", SpecKeys.WHERE)
            .put("window", SpecKeys.WINDOW)
            .put("protect", SpecKeys.PROTECT)
            .put("cutover", SpecKeys.CUTOVER)
            .put("quality", SpecKeys.QUALITY)
            .put("qualityCheck", SpecKeys.QUALITY_CHECK)
            .buildOrThrow();

    @Test
    void testSameKeysAsTheParser()
            throws IOException
    {
        JsonNode schema = new ObjectMapper().readTree(TEXT);
        assertThat(keys(schema)).containsExactlyElementsOf(SpecKeys.ROOT.keys());
        assertThat(schema.get("definitions").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(SECTIONS.keySet());
        SECTIONS.forEach((section, keys) -> assertThat(keys(schema.get("definitions").get(section))).as(section).containsExactlyInAnyOrderElementsOf(keys.keys()));
    }

    @Test
    void testEveryKeyIsReadByTheParser()
    {
        // the full example uses every key but the two that stand for others
        String text = resource("/product/full.yaml");
        SECTIONS.values().stream().flatMap(keys -> keys.keys().stream()).distinct()
                .filter(key -> !key.equals("freshnessHours") && !key.equals("metric") && !key.equals("retention_period_days"))
                .forEach(key -> assertThat(text).containsPattern("[\\s{]" + key + ":"));
        assertThat(findings(text)).isEmpty();
        assertThat(errors(text)).isEmpty();
    }

    @Test
    void testPublishedCopy()
            throws IOException
    {
        assertThat(Files.readString(Path.of("../docs/dataproduct.schema.json"))).isEqualTo(TEXT);
    }

    // the broken twins of verify.sh are refused on purpose
    static Stream<Path> examples()
            throws IOException
    {
        try (Stream<Path> files = Files.walk(Path.of("../examples"))) {
            return files.filter(file -> file.endsWith("dataproduct.yaml") && !file.toString().contains("broken")).sorted().collect(toImmutableList()).stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void testExample(Path file)
            throws IOException
    {
        String text = Files.readString(file);
        assertThat(errors(text)).isEmpty();
        assertThat(findings(text)).isEmpty();
    }

    @Test
    void testMinimal()
    {
        assertThat(errors(MINIMAL)).isEmpty();
        assertThat(errors(minimal("freshness: 24h", "freshnessHours: 24"))).isEmpty();
        assertThat(errors(minimal("  sla:", "  x-own: {a: [1]}\n  retention_period_days: 730\n  sla:"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "kind: DataProdct",
            "kind: DataProduct\nextra: 1",
    })
    void testBothRefuseTheRoot(String kind)
    {
        assertBothRefuse(minimal("kind: DataProduct", kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "  owner: bob",
            "  owner: a@b.example\n  id: a b",
            "  owner: a@b.example\n  documentation_url: docs",
            "  owner: a@b.example\n  tags: orders",
            "  owner: a@b.example\n  extra: 1",
    })
    void testBothRefuseMetadata(String owner)
    {
        assertBothRefuse(minimal("  owner: orders-data@retailer.example", owner));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "type: icberg",
            "type: kafka",
            "type: view",
            "type: api",
            "type: file",
            "type: iceberg\n      location: s3://a/b",
            "type: iceberg\n      extra: 1",
            "type: kafka\n      topic: t\n      compatibility: sideways",
            "type: file\n      location: s3://a/\n      format: xls",
            "type: iceberg\n      serve: tested",
            "type: iceberg\n      deprecated: {}",
            "type: iceberg\n      deprecated: {until: soon}",
            "type: iceberg\n      deprecated: {until: 2027-03-31, extra: 1}",
    })
    void testBothRefusePorts(String type)
    {
        assertBothRefuse(minimal("type: iceberg", type));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "retention_period_days: 0",
            "retention: 365",
            "inputPorts: [{name: a}]",
            "transformation: {type: dbt}",
            "classification: {contains_pii: \"yes\"}",
            "classification: {sensitivity_level: secret}",
            "access: {discovery: hidden}",
            "access: {read: []}",
            "access: {clear: [{group: g, user: u}]}",
            "access: {clear: [{}]}",
            "access: {clear: [{group: g, until: soon}]}",
            "team: {members: [{name: Ada}]}",
            "team: {extra: 1}",
            "migration: {key: [a]}",
            "migration: {replaces: a.b}",
            "migration: {replaces: a, key: [a]}",
            "migration: {replaces: a.b, key: [a], compare: all}",
            "migration: {replaces: a.b, key: [a], where: {both: x}}",
            "migration: {replaces: a.b, key: [a], window: {size: day}}",
            "migration: {replaces: a.b, key: [a], tolerances: {x: -1}}",
            "migration: {replaces: a.b, key: [a], protect: {connections: 0, extra: 1}}",
            "migration: {replaces: a.b, key: [a], protect: {connections: 2}}",
            "migration: {replaces: a.b, key: [a], cutover: {green_days: 0}}",
    })
    void testBothRefuseSections(String section)
    {
        assertBothRefuse(minimal("  sla:", "  " + section + "\n  sla:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "availability: 99.5%",
            "freshness: 24h\n    availability: 99.5",
            "freshness: {timestampField: t}",
            "freshness: 24h\n    extra: 1",
            "freshnessHours: 0",
    })
    void testBothRefuseServiceLevels(String freshness)
    {
        assertBothRefuse(minimal("freshness: 24h", freshness));
    }

    private static void assertBothRefuse(String text)
    {
        assertThat(errors(text)).isNotEmpty();
        assertThat(findings(text)).isNotEmpty().allMatch(finding -> finding.startsWith("error"));
    }

    private static List<String> keys(JsonNode section)
    {
        assertThat(section.get("additionalProperties").asBoolean(true)).isFalse();
        return ImmutableList.copyOf(section.get("properties").fieldNames());
    }

    private static List<String> errors(String text)
    {
        JsonNode document = json(YamlDocuments.readMapping("dataproduct.yaml", text).value().orElseThrow());
        return SCHEMA.validate(document.toString(), InputFormat.JSON).stream().map(Object::toString).toList();
    }

    private static JsonNode json(YamlNode node)
    {
        if (node instanceof YamlMapping mapping) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            mapping.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
            return object;
        }
        if (node instanceof YamlSequence sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            sequence.elements().forEach(element -> array.add(json(element)));
            return array;
        }
        YamlScalar scalar = (YamlScalar) node;
        return switch (scalar.kind()) {
            case STRING -> JsonNodeFactory.instance.textNode(scalar.text());
            case INTEGER, FLOAT -> DecimalNode.valueOf(new BigDecimal(scalar.text()));
            case BOOLEAN -> JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(scalar.text()));
            case NULL -> JsonNodeFactory.instance.nullNode();
        };
    }
}
