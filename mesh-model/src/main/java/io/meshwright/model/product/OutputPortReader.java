package io.meshwright.model.product;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.product.SpecDraft.PortDraft;
import io.meshwright.model.yaml.DidYouMean;
import io.meshwright.model.yaml.MappingReader;
import io.meshwright.model.yaml.YamlRule;
import io.meshwright.model.yaml.YamlScalar;
import io.meshwright.model.yaml.YamlSequence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.meshwright.model.finding.QuotedText.quoted;

/**
 * Reads {@code outputPorts:}, and holds each port against its own type.
 */
final class OutputPortReader
{
    private static final Map<String, PortType> TYPES = Arrays.stream(PortType.values()).collect(toImmutableMap(PortType::label, type -> type));
    private static final Map<String, String> TYPE_SYNONYMS = Map.of("table", "iceberg", "topic", "kafka", "rest", "api", "http", "api", "parquet", "file", "files", "file", "sql", "view", "stream", "kafka");
    private static final Set<String> OTHER_TABLE_FORMATS = Set.of("delta", "delta-lake", "deltalake", "hudi");
    private static final Map<String, String> FORMATS = Set.of("parquet", "avro", "orc", "json", "csv", "protobuf").stream().sorted().collect(toImmutableMap(format -> format, format -> format));
    private static final Map<String, String> COMPATIBILITIES = compatibilities();
    private static final Map<PortType, Set<String>> OWN_KEYS = ImmutableMap.of(
            PortType.ICEBERG, ImmutableSet.of("location", "serve"),
            PortType.VIEW, ImmutableSet.of("query"),
            PortType.KAFKA, ImmutableSet.of("topic", "compatibility"),
            PortType.API, ImmutableSet.of("url"),
            PortType.FILE, ImmutableSet.of("location", "format"));
    private static final List<String> TYPED_KEYS = List.of("location", "topic", "url", "format", "query", "compatibility", "serve");
    private static final Map<String, ServedSnapshot> SERVED = Arrays.stream(ServedSnapshot.values()).collect(toImmutableMap(ServedSnapshot::label, value -> value));
    private static final Map<String, String> SERVED_SYNONYMS = Map.of("newest", "latest", "current", "latest", "tested", "verified", "passed", "verified");
    private static final Pattern ABSOLUTE_PATH = Pattern.compile("(/|\\\\|[A-Za-z]:|[A-Za-z][A-Za-z0-9+.-]+:).*", Pattern.DOTALL);

    private final MappingReader spec;
    private final Findings findings;

    OutputPortReader(MappingReader spec)
    {
        this.spec = spec;
        this.findings = spec.findings();
    }

    List<PortDraft> ports()
    {
        spec.require("outputPorts", "[{name: iceberg-curated, type: iceberg, contract: ./contracts/order-events.v1.yaml}]");
        List<MappingReader> elements = spec.sections("outputPorts", SpecKeys.OUTPUT_PORT);
        if (spec.mapping().get("outputPorts").filter(value -> value instanceof YamlSequence list && list.elements().isEmpty()).isPresent()) {
            findings.add(SpecRule.PORT_REQUIRED, spec.keyLocation("outputPorts"), spec.path("outputPorts"), "the product has no output port", "add a port, for example  - {name: iceberg-curated, type: iceberg, contract: ./contracts/order-events.v1.yaml}");
        }
        Map<String, Integer> lines = new HashMap<>();
        ImmutableList.Builder<PortDraft> ports = ImmutableList.builder();
        int position = 1;
        for (MappingReader element : elements) {
            ports.add(port(element, position, lines));
            position++;
        }
        return ports.build();
    }

    private PortDraft port(MappingReader element, int position, Map<String, Integer> lines)
    {
        Optional<String> name = element.requiredString("name", "iceberg-curated");
        name.ifPresent(value -> checkUnique(element, value, lines));
        String label = name.map(value -> "output port " + quoted(value)).orElse("output port no. " + position);

        element.require("type", "iceberg");
        Optional<PortType> type = element.scalar("type").flatMap(value -> type(value, label));
        Optional<YamlScalar> location = element.stringScalar("location");
        Optional<YamlScalar> url = element.stringScalar("url");
        Optional<YamlScalar> contract = element.stringScalar("contract");
        Optional<String> topic = element.string("topic");
        Optional<YamlScalar> query = element.stringScalar("query");
        Optional<String> format = element.word("format", FORMATS);
        Optional<String> compatibility = element.word("compatibility", COMPATIBILITIES);
        Optional<String> region = element.string("region");
        Optional<String> description = element.string("description");
        Optional<ServedSnapshot> serve = element.word("serve", SERVED, SERVED_SYNONYMS);
        Optional<Deprecation> deprecated = element.section("deprecated", SpecKeys.DEPRECATED).flatMap(DeprecationReader::read);

        location.ifPresent(value -> PortSecrets.check(value, findings));
        url.ifPresent(value -> PortSecrets.check(value, findings));
        contract.ifPresent(value -> checkContractPath(value, label));
        type.ifPresent(kind -> checkType(element, kind, label, location));

        SourceLocation source = element.mapping().location();
        Optional<OutputPort> port = name.flatMap(title -> type.map(kind -> new OutputPort(
                title, kind, description, location.map(YamlScalar::text), contract.map(YamlScalar::text), topic, url.map(YamlScalar::text), format, query.map(YamlScalar::text), compatibility, region, serve.orElse(ServedSnapshot.LATEST), deprecated, source)));
        return new PortDraft(label, port, contract, element.has("contract"), query, source, element.mapping().path());
    }

    private void checkUnique(MappingReader element, String name, Map<String, Integer> lines)
    {
        int line = element.keyLocation("name").line();
        Integer first = lines.putIfAbsent(name, line);
        if (first != null) {
            findings.add(SpecRule.PORT_DUPLICATE, element.keyLocation("name"), element.path("name"), "output port %s is declared on lines %s and %s".formatted(quoted(name), first, line), "give one of the two another name");
        }
    }

    private Optional<PortType> type(YamlScalar value, String label)
    {
        String word = value.text().toLowerCase(Locale.ROOT);
        if (OTHER_TABLE_FORMATS.contains(word)) {
            findings.add(
                    SpecRule.PORT_FORMAT,
                    value.location(),
                    value.path(),
                    "%s: %s tables are not supported".formatted(label, value.text()),
                    "convert with Iceberg's snapshotDeltaLakeTable action, Apache XTable or Delta UniForm, then write  type: iceberg");
            return Optional.empty();
        }
        PortType type = TYPES.get(value.text());
        if (type == null) {
            Optional<String> meant = DidYouMean.suggest(value.text(), TYPES.keySet(), TYPE_SYNONYMS);
            findings.add(
                    YamlRule.UNKNOWN_VALUE,
                    value.location(),
                    value.path(),
                    "%s: unknown type %s%s".formatted(label, quoted(value.text()), meant.map(", did you mean %s?"::formatted).orElse("")),
                    meant.map("write  type: %s"::formatted).orElse("use one of: " + String.join(", ", TYPES.keySet())));
        }
        return Optional.ofNullable(type);
    }

    private void checkContractPath(YamlScalar value, String label)
    {
        if (ABSOLUTE_PATH.matcher(value.text()).matches()) {
            findings.add(SpecRule.CONTRACT_PATH, value.location(), value.path(), "%s: the contract's path %s is not relative".formatted(label, quoted(value.text())), "write it relative to this file, for example ./contracts/order-events.v1.yaml");
        }
    }

    private void checkType(MappingReader element, PortType type, String label, Optional<YamlScalar> location)
    {
        for (String key : TYPED_KEYS) {
            if (element.has(key) && !OWN_KEYS.get(type).contains(key)) {
                findings.add(SpecRule.PORT_KEY, element.keyLocation(key), element.path(key), "%s: %s does not belong to a port of type %s".formatted(label, key, type.label()), "remove %s, or change the type".formatted(key));
            }
        }
        if (type == PortType.KAFKA) {
            need(element, "topic", SpecRule.PORT_TOPIC, "orders.order-events.v1", label, type);
        }
        if (type == PortType.VIEW) {
            need(element, "query", SpecRule.PORT_REACH, "SELECT order_id FROM orders.order_events", label, type);
        }
        if (type == PortType.API) {
            need(element, "url", SpecRule.PORT_REACH, "https://orders.example/api", label, type);
        }
        if (type == PortType.FILE) {
            need(element, "location", SpecRule.PORT_REACH, "s3://mesh-orders/exports/", label, type);
            need(element, "format", SpecRule.PORT_REACH, "parquet", label, type);
        }
        if (type == PortType.ICEBERG || type == PortType.FILE) {
            location.filter(value -> !value.text().endsWith("/")).ifPresent(value -> findings.add(
                    SpecRule.PORT_LOCATION,
                    value.location(),
                    value.path(),
                    "%s: %s location must be a directory prefix".formatted(label.replace("\"", ""), type.label()),
                    "end it with a slash:  location: %s/".formatted(value.text())));
        }
    }

    private void need(MappingReader element, String key, SpecRule rule, String example, String label, PortType type)
    {
        if (!element.has(key)) {
            findings.add(rule, element.mapping().location(), element.path(key), "%s has no %s, which a port of type %s needs".formatted(label, key, type.label()), "add  %s: %s".formatted(key, example));
        }
    }

    private static Map<String, String> compatibilities()
    {
        ImmutableMap.Builder<String, String> words = ImmutableMap.builder();
        for (String word : List.of("BACKWARD", "BACKWARD_TRANSITIVE", "FORWARD", "FORWARD_TRANSITIVE", "FULL", "FULL_TRANSITIVE", "NONE")) {
            words.put(word, word);
            words.put(word.toLowerCase(Locale.ROOT), word);
        }
        return words.buildOrThrow();
    }
}
