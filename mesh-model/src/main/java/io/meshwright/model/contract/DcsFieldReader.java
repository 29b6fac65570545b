package io.meshwright.model.contract;

import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.yaml.YamlMapping;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.model.contract.ContractRule.DEPRECATED;
import static io.meshwright.model.contract.ContractRule.FIELD_TYPE;
import static io.meshwright.model.contract.ContractRule.FIELD_TYPE_MISSING;
import static io.meshwright.model.contract.ContractRule.REFERENCE;
import static io.meshwright.model.contract.ContractRule.VALUE;
import static java.util.Objects.requireNonNull;

/**
 * Reads the fields of DCS models, with what they inherit from definitions of the same file.
 */
final class DcsFieldReader
{
    private final ContractReading reading;
    private final QualityReader quality;
    private final YamlMapping document;
    private int count;

    DcsFieldReader(ContractReading reading, QualityReader quality, YamlMapping document)
    {
        this.reading = requireNonNull(reading, "reading is null");
        this.quality = requireNonNull(quality, "quality is null");
        this.document = requireNonNull(document, "document is null");
    }

    List<FieldDraft> fields(Map<String, YamlMapping.Entry> entries, List<String> active, int depth)
    {
        List<FieldDraft> drafts = new ArrayList<>();
        entries.forEach((name, entry) -> field(name, entry.keyLocation(), entry.value(), active, depth).ifPresent(drafts::add));
        return drafts;
    }

    private Optional<FieldDraft> field(String name, SourceLocation source, YamlNode value, List<String> inherited, int depth)
    {
        if (!(value instanceof YamlMapping mapping)) {
            reading.add(VALUE, value, "The field '%s' must be a mapping of keys to values".formatted(ContractNode.abbreviate(name)), "Write it as %s: {type: string}.".formatted(ContractNode.abbreviate(name)));
            return Optional.empty();
        }
        count++;
        if (count > ContractFields.MAX_FIELDS || depth > ContractFields.MAX_DEPTH) {
            if (count == ContractFields.MAX_FIELDS + 1 || depth == ContractFields.MAX_DEPTH + 1) {
                reading.add(
                        REFERENCE,
                        value,
                        "The contract has more than %s fields or %s levels, with those inherited from definitions".formatted(ContractFields.MAX_FIELDS, ContractFields.MAX_DEPTH),
                        "Let definitions refer to fewer others.");
            }
            return Optional.empty();
        }
        List<String> active = new ArrayList<>(inherited);
        ContractNode node = new ContractNode(resolve(mapping, active), reading);
        FieldDraft draft = new FieldDraft(name, source, mapping.path());
        draft.type = type(node, name);
        draft.type = ContractFields.decimal(draft.type, node.integer("precision"), node.integer("scale"), mapping, reading);
        draft.required = node.flag("required").orElse(false);
        draft.unique = node.flag("unique").orElse(false);
        draft.primaryKey = primaryKey(node);
        draft.description = node.text("description").map(String::strip);
        draft.constraints = new FieldConstraints(
                node.texts("enum"),
                node.text("pattern"),
                node.name("format"),
                node.integer("minLength"),
                node.integer("maxLength"),
                node.bound("minimum"),
                node.bound("exclusiveMinimum"),
                node.bound("maximum"),
                node.bound("exclusiveMaximum"),
                Optional.empty(),
                false,
                node.child("config").flatMap(config -> config.text(QualityRule.FILTER)).filter(text -> !text.isBlank()));
        draft.classification = node.name("classification");
        draft.tags = node.texts("tags");
        draft.pii = ContractFields.isPersonal(node.flag("pii"), draft.classification, draft.tags, source, mapping.path(), reading);
        draft.references = node.name("references");
        draft.quality = quality.read(node, QualityReader.Place.FIELD);
        own(node, draft);
        nested(node, draft, active, depth);
        node.describes("title", "example", "examples", "links", "lineage", "$ref");
        node.rejectUnknown("the field '%s'".formatted(ContractNode.abbreviate(name)));
        return Optional.of(draft);
    }

    /**
     * Our own keys stand in the field, or in its config, where the standard keeps what is not its own.
     */
    private void own(ContractNode node, FieldDraft draft)
    {
        Optional<ContractNode> config = node.child("config");
        node.describes("mask");
        Optional.ofNullable(node.mapping().entries().get("mask"))
                .or(() -> config.map(child -> child.mapping().entries().get("mask")))
                .ifPresent(entry -> draft.mask = ContractFields.mask(entry.value(), draft.type.type(), reading));
        draft.polyseme = node.name("polyseme").or(() -> config.flatMap(child -> child.name("polyseme")));
        draft.semanticType = node.name("semanticType").or(() -> config.flatMap(child -> child.name("semanticType")));
    }

    private void nested(ContractNode node, FieldDraft draft, List<String> active, int depth)
    {
        draft.fields = ContractFields.close(fields(node.named("fields"), active, depth + 1), false, reading);
        draft.items = element(node, "items", "element", active, depth);
        draft.key = element(node, "keys", "key", active, depth);
        draft.value = element(node, "values", "value", active, depth);
        FieldType type = draft.type.type();
        require(node, draft, type == FieldType.STRUCT, !draft.fields.isEmpty(), "fields");
        require(node, draft, type == FieldType.ARRAY, draft.items.isPresent(), "items");
        require(node, draft, type == FieldType.MAP, draft.key.isPresent(), "keys");
        require(node, draft, type == FieldType.MAP, draft.value.isPresent(), "values");
    }

    private void require(ContractNode node, FieldDraft draft, boolean applies, boolean present, String key)
    {
        if (applies && !present && !node.has(key)) {
            reading.notChecked(draft.path, "the %s has no %s, so what it holds is not told".formatted(draft.type.declared(), key), draft.source);
        }
    }

    private Optional<ContractField> element(ContractNode node, String key, String name, List<String> active, int depth)
    {
        Optional<YamlNode> value = node.node(key);
        return value
                .flatMap(element -> field(name, node.keyLocation(key), element, active, depth + 1))
                .map(draft -> ContractFields.close(List.of(draft), false, reading).get(0));
    }

    private ContractTypes.Declared type(ContractNode node, String name)
    {
        Optional<String> written = node.name("type");
        if (written.isEmpty()) {
            boolean unresolved = node.node("$ref").filter(YamlScalar.class::isInstance).map(reference -> ((YamlScalar) reference).text().startsWith("#")).orElse(false);
            if (!node.has("type") && !unresolved) {
                reading.findings().add(
                        FIELD_TYPE_MISSING,
                        node.location(),
                        node.path(),
                        "The field '%s' has no type and is taken as a string".formatted(ContractNode.abbreviate(name)),
                        "Add type, one of: %s.".formatted(String.join(", ", ContractTypes.dcsNames())));
            }
            return new ContractTypes.Declared(FieldType.STRING, "string");
        }
        Optional<FieldType> type = ContractTypes.ofDcs(written.orElseThrow());
        if (type.isEmpty()) {
            reading.add(
                    FIELD_TYPE,
                    node.node("type").orElseThrow(),
                    "Unknown type '%s' of the field '%s'".formatted(ContractNode.abbreviate(written.orElseThrow()), ContractNode.abbreviate(name)),
                    ContractReading.suggest(written.orElseThrow(), ContractTypes.dcsNames()));
            return new ContractTypes.Declared(FieldType.STRING, written.orElseThrow());
        }
        if (ContractTypes.isCarriedAsText(written.orElseThrow())) {
            reading.notChecked(node.node("type").orElseThrow(), "values of the type %s are carried as text".formatted(written.orElseThrow()));
        }
        return new ContractTypes.Declared(type.orElseThrow(), written.orElseThrow());
    }

    private boolean primaryKey(ContractNode node)
    {
        Optional<Boolean> primary = node.flag("primary");
        if (primary.isPresent()) {
            reading.findings().add(DEPRECATED, node.keyLocation("primary"), node.pathOf("primary"), "primary is an old spelling", "Write primaryKey: %s.".formatted(primary.orElseThrow()));
        }
        return node.flag("primaryKey").or(() -> primary).orElse(false);
    }

    /**
     * The mapping with the keys of its definition below its own ones.
     */
    private YamlMapping resolve(YamlMapping mapping, List<String> active)
    {
        Optional<YamlNode> reference = mapping.get("$ref");
        if (reference.isEmpty()) {
            return mapping;
        }
        Optional<YamlMapping> definition = definition(reference.orElseThrow(), active);
        if (definition.isEmpty()) {
            return mapping;
        }
        Map<String, YamlMapping.Entry> merged = new LinkedHashMap<>(resolve(definition.orElseThrow(), active).entries());
        // these name the definition, not the field
        merged.remove("domain");
        merged.remove("name");
        merged.putAll(mapping.entries());
        return new YamlMapping(merged, mapping.location(), mapping.path());
    }

    private Optional<YamlMapping> definition(YamlNode reference, List<String> active)
    {
        String written = reference instanceof YamlScalar scalar ? scalar.text() : "";
        if (!written.startsWith("#")) {
            reading.notChecked(reference, "a definition outside of the file is not read");
            return Optional.empty();
        }
        if (active.contains(written)) {
            reading.add(REFERENCE, reference, "The definition '%s' refers to itself".formatted(ContractNode.abbreviate(written)), "Break the circle: %s.".formatted(String.join(" -> ", active) + " -> " + written));
            return Optional.empty();
        }
        active.add(written);
        YamlNode target = document;
        for (String step : written.replaceFirst("^#/?", "").split("/")) {
            YamlMapping.Entry next = target instanceof YamlMapping mapping ? mapping.entries().get(step.replace("~1", "/").replace("~0", "~")) : null;
            if (next == null) {
                List<String> known = target instanceof YamlMapping mapping ? List.copyOf(mapping.entries().keySet()) : List.of();
                reading.add(
                        REFERENCE,
                        reference,
                        "There is no '%s' at '%s'".formatted(ContractNode.abbreviate(step), ContractNode.abbreviate(written)),
                        known.isEmpty() || target == document ? "Add it under definitions, and refer to it as '#/definitions/NAME'." : ContractReading.suggest(step, known));
                return Optional.empty();
            }
            target = next.value();
        }
        if (!(target instanceof YamlMapping mapping)) {
            reading.add(REFERENCE, reference, "'%s' is not the definition of a field".formatted(ContractNode.abbreviate(written)), "Refer to a mapping with type, as '#/definitions/NAME'.");
            return Optional.empty();
        }
        return Optional.of(mapping);
    }
}
