package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.yaml.YamlMapping;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;
import io.meshwright.model.yaml.YamlSequence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static io.meshwright.model.contract.ContractRule.DIALECT;
import static io.meshwright.model.contract.ContractRule.MISSING;
import static io.meshwright.model.contract.ContractRule.PRIMARY_KEY;
import static io.meshwright.model.contract.ContractRule.UNKNOWN_FIELD;
import static io.meshwright.model.contract.ContractRule.VALUE;
import static java.util.Objects.requireNonNull;

/**
 * Reads a contract of the Data Contract Specification, with the dialect that keeps quality rules at the root.
 */
final class DcsReader
{
    private final ContractReading reading;
    private final String standardVersion;
    private final QualityReader quality;

    /**
     * A model while it is read: rules of the dialect join it after its own.
     */
    private record ModelDraft(String name, ContractNode node, List<FieldDraft> fields, List<QualityRule> quality) {}

    DcsReader(ContractReading reading, String standardVersion)
    {
        this.reading = requireNonNull(reading, "reading is null");
        this.standardVersion = requireNonNull(standardVersion, "standardVersion is null");
        this.quality = new QualityReader(reading, standardVersion.equals("1.2.1"), false);
    }

    DataContract read(ContractNode root)
    {
        root.describes("dataContractSpecification", "definitions", "terms", "tags", "links", "examples");
        String id = required(root, "id", "Add id, for example orders.order-events.");
        Optional<ContractNode> info = root.child("info");
        if (info.isEmpty() && !root.has("info")) {
            reading.add(MISSING, root.mapping(), "info is missing", "Add info with title and version.");
        }
        String version = info.map(node -> required(node, "version", "Add the version of the contract, for example 1.0.0.")).orElse("");
        Optional<ContractNode> contact = info.flatMap(node -> node.child("contact"));
        Optional<String> support = contact.flatMap(node -> node.name("email").or(() -> node.name("url")).or(() -> node.name("name")));
        Map<String, ModelDraft> models = models(root);
        dialect(root, models);
        ServiceLevelReader levels = new ServiceLevelReader(reading);
        root.child("servicelevels").ifPresent(levels::readDcs);
        Optional<String> compatibility = ContractCompatibility.read(root.node("compatibility").or(() -> info.flatMap(node -> node.node("compatibility"))), reading);
        Optional<String> title = info.flatMap(node -> node.name("title"));
        Optional<String> owner = info.flatMap(node -> node.name("owner"));
        Optional<String> description = info.flatMap(node -> node.text("description")).map(String::strip);
        Optional<String> status = info.flatMap(node -> node.name("status"));
        List<String> servers = ImmutableList.copyOf(root.named("servers").keySet());
        // info keeps whatever its authors add, as the official schema says
        root.rejectUnknown("the contract");
        return new DataContract(
                DataContract.Standard.DCS,
                standardVersion,
                id,
                version,
                title,
                owner,
                description,
                status,
                compatibility,
                servers,
                models.values().stream().map(this::close).toList(),
                levels.serviceLevels(support),
                levels.retention(),
                levels.timeliness(),
                reading.notChecked());
    }

    private String required(ContractNode node, String key, String fix)
    {
        Optional<String> value = node.name(key);
        if (value.isEmpty() && !node.has(key)) {
            reading.findings().add(MISSING, node.location(), node.pathOf(key), "%s is missing".formatted(node.pathOf(key)), fix);
        }
        return value.orElse("");
    }

    private Map<String, ModelDraft> models(ContractNode root)
    {
        DcsFieldReader fields = new DcsFieldReader(reading, quality, root.mapping());
        Map<String, ModelDraft> models = new LinkedHashMap<>();
        root.named("models").forEach((name, entry) -> {
            if (entry.value() instanceof YamlMapping mapping) {
                models.put(name, model(new ContractNode(mapping, reading), name, fields));
            }
            else {
                reading.add(VALUE, entry.value(), "The model '%s' must be a mapping of keys to values".formatted(ContractNode.abbreviate(name)), "Give it type and fields.");
            }
        });
        return models;
    }

    private ModelDraft model(ContractNode node, String name, DcsFieldReader reader)
    {
        List<FieldDraft> fields = reader.fields(node.named("fields"), List.of(), 1);
        List<YamlNode> key = node.elements("primaryKey");
        for (int index = 0; index < key.size(); index++) {
            key(key.get(index), index + 1, fields);
        }
        node.describes("description", "type", "title", "examples", "config", "tags", "namespace");
        node.notChecked("columns beyond the contract are neither served nor refused", "additionalFields");
        List<QualityRule> rules = new ArrayList<>(quality.read(node, QualityReader.Place.MODEL));
        node.rejectUnknown("the model '%s'".formatted(ContractNode.abbreviate(name)));
        return new ModelDraft(name, node, fields, rules);
    }

    private void key(YamlNode element, int position, List<FieldDraft> fields)
    {
        String name = element instanceof YamlScalar scalar ? scalar.text() : "";
        Optional<FieldDraft> field = fields.stream().filter(draft -> draft.name.equals(name)).findFirst();
        if (field.isEmpty()) {
            reading.add(
                    PRIMARY_KEY,
                    element,
                    "The primary key names '%s', which is not a field of the model".formatted(ContractNode.abbreviate(name)),
                    ContractReading.suggest(name, fields.stream().map(draft -> draft.name).toList()));
            return;
        }
        field.orElseThrow().primaryKey = true;
        field.orElseThrow().primaryKeyPosition = OptionalInt.of(position);
    }

    /**
     * Rules at the root were removed from the standard in 1.1.0, and {@code row_count} never was in it; both are widely copied.
     */
    private void dialect(ContractNode root, Map<String, ModelDraft> models)
    {
        Optional<YamlNode> rules = root.node("quality");
        if (rules.isEmpty()) {
            return;
        }
        if (!(rules.orElseThrow() instanceof YamlSequence)) {
            reading.findings().add(
                    DIALECT,
                    root.keyLocation("quality"),
                    rules.orElseThrow().path(),
                    "The standard has no quality at the root of a contract since version 1.1.0; checks of another engine are not run",
                    "Write the rules as a list under models.NAME.quality.");
            reading.notChecked(rules.orElseThrow(), "checks of another engine are not run");
            return;
        }
        for (ContractNode rule : root.children("quality")) {
            dialectRule(rule, models);
        }
    }

    private void dialectRule(ContractNode rule, Map<String, ModelDraft> models)
    {
        Optional<String> model = rule.name("model").or(() -> onlyModel(rule, models));
        if (model.isEmpty()) {
            return;
        }
        ModelDraft draft = models.get(model.orElseThrow());
        if (draft == null) {
            reading.add(UNKNOWN_FIELD, rule.node("model").orElse(rule.mapping()), "There is no model '%s'".formatted(ContractNode.abbreviate(model.orElseThrow())), ContractReading.suggest(model.orElseThrow(), models.keySet()));
            return;
        }
        Optional<String> field = rule.name("field").or(() -> rule.name("column"));
        Optional<FieldDraft> target = field.flatMap(name -> draft.fields().stream().filter(candidate -> candidate.name.equals(name)).findFirst());
        if (field.isPresent() && target.isEmpty()) {
            reading.add(
                    UNKNOWN_FIELD,
                    rule.mapping(),
                    "There is no field '%s' in the model '%s'".formatted(ContractNode.abbreviate(field.orElseThrow()), ContractNode.abbreviate(model.orElseThrow())),
                    ContractReading.suggest(field.orElseThrow(), draft.fields().stream().map(candidate -> candidate.name).toList()));
            return;
        }
        String place = "models.%s%s.quality".formatted(model.orElseThrow(), field.map(name -> ".fields." + name).orElse(""));
        reading.findings().add(
                DIALECT,
                rule.location(),
                rule.path(),
                "The standard keeps quality rules under their model or field, not at the root",
                "Write it under %s as %s.".formatted(place, OldRules.canonical(rule.mapping())));
        Optional<QualityRule> read = quality.rule(new ContractNode(canonical(rule.mapping()), reading), target.isPresent() ? QualityReader.Place.FIELD : QualityReader.Place.MODEL);
        if (target.isPresent()) {
            read.ifPresent(value -> target.orElseThrow().quality = ImmutableList.<QualityRule>builder().addAll(target.orElseThrow().quality).add(value).build());
        }
        else {
            read.ifPresent(draft.quality()::add);
        }
    }

    private Optional<String> onlyModel(ContractNode rule, Map<String, ModelDraft> models)
    {
        if (models.size() == 1) {
            return Optional.of(models.keySet().iterator().next());
        }
        reading.add(UNKNOWN_FIELD, rule.mapping(), "The rule does not say which model it is about", "Add model: one of %s.".formatted(models.isEmpty() ? "the models, of which there is none" : String.join(", ", models.keySet())));
        return Optional.empty();
    }

    /**
     * The rule without the keys that place it, and with the metric's name in the standard.
     */
    private static YamlMapping canonical(YamlMapping rule)
    {
        Map<String, YamlMapping.Entry> entries = new LinkedHashMap<>(rule.entries());
        entries.remove("model");
        entries.remove("field");
        entries.remove("column");
        YamlMapping.Entry type = entries.get("type");
        if (type != null && type.value() instanceof YamlScalar scalar) {
            OldRules.metric(scalar.text()).ifPresent(metric -> {
                entries.remove("type");
                entries.put("metric", new YamlMapping.Entry(type.keyLocation(), new YamlScalar(metric, YamlScalar.Kind.STRING, false, scalar.location(), scalar.path())));
            });
        }
        return new YamlMapping(entries, rule.location(), rule.path());
    }

    private ContractModel close(ModelDraft draft)
    {
        return new ContractModel(
                draft.name(),
                Optional.empty(),
                draft.node().text("description").map(String::strip),
                ContractFields.close(draft.fields(), true, reading),
                draft.quality(),
                List.of(),
                draft.node().location(),
                draft.node().path());
    }
}
