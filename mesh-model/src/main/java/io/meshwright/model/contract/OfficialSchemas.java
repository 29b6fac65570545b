package io.meshwright.model.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.meshwright.model.yaml.YamlMapping;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;
import io.meshwright.model.yaml.YamlSequence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import static java.util.Objects.requireNonNull;

/**
 * The official JSON schemas of both standards. Only {@link ContractLint} comes here, so that jobs which read an admitted
 * contract need neither the schemas nor their validator.
 */
final class OfficialSchemas
{
    private static final String LOCATION = "/io/meshwright/model/contract/schema/";
    private static final Map<String, String> FILES = ImmutableMap.<String, String>builder()
            .put("1.1.0", "datacontract-1.1.0.schema.json")
            .put("1.2.0", "datacontract-1.2.0.schema.json")
            .put("1.2.1", "datacontract-1.2.1.schema.json")
            // the schema of 3.0.1 was published for 3.0.0 as well, and names both
            .put("v3.0.0", "odcs-3.0.1.schema.json")
            .put("v3.0.1", "odcs-3.0.1.schema.json")
            .put("v3.0.2", "odcs-3.0.2.schema.json")
            .put("v3.1.0", "odcs-3.1.0.schema.json")
            .buildOrThrow();
    private static final Map<String, Schema> LOADED = new ConcurrentHashMap<>();

    private OfficialSchemas() {}

    /**
     * One thing that the schema refuses.
     *
     * @param node the refused value
     * @param property the key that is missing or too much, where it is one
     * @param evaluationPath the schema keywords that led to it, from the root
     */
    record Refusal(YamlNode node, String keyword, Optional<String> property, String message, JsonNode schema, List<String> evaluationPath)
    {
        Refusal
        {
            requireNonNull(node, "node is null");
            requireNonNull(keyword, "keyword is null");
            requireNonNull(property, "property is null");
            requireNonNull(message, "message is null");
            evaluationPath = List.copyOf(evaluationPath);
        }
    }

    static List<Refusal> validate(String standardVersion, YamlMapping document)
    {
        Schema schema = LOADED.computeIfAbsent(FILES.get(standardVersion), OfficialSchemas::load);
        List<Refusal> refusals = new ArrayList<>();
        // formats such as uri are remarks of the schema; validators differ in what they make of them
        for (Error error : schema.validate(json(document), context -> context.executionConfig(config -> config.formatAssertionsEnabled(false).locale(Locale.ENGLISH)))) {
            List<String> path = new ArrayList<>();
            for (int index = 0; index < error.getEvaluationPath().getNameCount(); index++) {
                path.add(String.valueOf(error.getEvaluationPath().getElement(index)));
            }
            refusals.add(new Refusal(locate(document, error), error.getKeyword(), Optional.ofNullable(error.getProperty()), error.getMessage(), error.getSchemaNode(), path));
        }
        return refusals;
    }

    private static YamlNode locate(YamlNode document, Error error)
    {
        YamlNode node = document;
        for (int index = 0; index < error.getInstanceLocation().getNameCount(); index++) {
            Object step = error.getInstanceLocation().getElement(index);
            if (node instanceof YamlMapping mapping) {
                Optional<YamlNode> next = mapping.get(String.valueOf(step));
                if (next.isEmpty()) {
                    return node;
                }
                node = next.orElseThrow();
            }
            else if (node instanceof YamlSequence sequence && step instanceof Number position && position.intValue() < sequence.elements().size()) {
                node = sequence.elements().get(position.intValue());
            }
            else {
                return node;
            }
        }
        return node;
    }

    private static Schema load(String file)
    {
        try (InputStream input = requireNonNull(OfficialSchemas.class.getResourceAsStream(LOCATION + file), file)) {
            JsonNode tree = new ObjectMapper().readTree(input);
            SpecificationVersion version = tree.path("$schema").asText().contains("draft-07") ? SpecificationVersion.DRAFT_7 : SpecificationVersion.DRAFT_2019_09;
            return SchemaRegistry.withDefaultDialect(version).getSchema(tree);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * DCS lets a rule leave out its type, but the conditions of its schema hold for an absent type as for any, so that they
     * would require the keys of all types at once.
     */
    private static void implyType(JsonNode rule)
    {
        if (rule instanceof ObjectNode object && !object.has("type")) {
            if (object.has("metric") || object.has("rule")) {
                object.put("type", "library");
            }
            else if (object.has("query")) {
                object.put("type", "sql");
            }
            else {
                object.put("type", object.has("engine") ? "custom" : "text");
            }
        }
    }

    private static JsonNode json(YamlNode node)
    {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        if (node instanceof YamlMapping mapping) {
            ObjectNode object = factory.objectNode();
            mapping.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
            if (object.path("quality").isArray()) {
                object.path("quality").forEach(OfficialSchemas::implyType);
            }
            return object;
        }
        if (node instanceof YamlSequence sequence) {
            ArrayNode array = factory.arrayNode();
            sequence.elements().forEach(element -> array.add(json(element)));
            return array;
        }
        YamlScalar scalar = (YamlScalar) node;
        return switch (scalar.kind()) {
            case STRING -> factory.textNode(scalar.text());
            case BOOLEAN -> factory.booleanNode(scalar.text().equalsIgnoreCase("true"));
            case NULL -> factory.nullNode();
            case INTEGER -> ContractNode.number(scalar.text()).<JsonNode>map(number -> factory.numberNode(number.toBigInteger())).orElseGet(() -> factory.numberNode(0));
            case FLOAT -> ContractNode.number(scalar.text()).<JsonNode>map(factory::numberNode).orElseGet(() -> factory.numberNode(0.5));
        };
    }
}
