package io.meshwright.model.contract;

import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static io.meshwright.model.contract.ContractRule.FIELD_TYPE;
import static io.meshwright.model.contract.ContractRule.FIELD_TYPE_MISSING;
import static io.meshwright.model.contract.ContractRule.MISSING;
import static io.meshwright.model.contract.ContractRule.UNKNOWN_FIELD;
import static io.meshwright.model.contract.ContractRule.VALUE;
import static java.util.Objects.requireNonNull;

/**
 * Reads the properties of ODCS schema objects.
 */
final class OdcsFieldReader
{
    private final ContractReading reading;
    private final QualityReader quality;

    OdcsFieldReader(ContractReading reading, QualityReader quality)
    {
        this.reading = requireNonNull(reading, "reading is null");
        this.quality = requireNonNull(quality, "quality is null");
    }

    List<FieldDraft> fields(ContractNode owner)
    {
        List<FieldDraft> drafts = new ArrayList<>();
        for (ContractNode node : owner.children("properties")) {
            Optional<String> name = node.name("name");
            if (name.isEmpty() && !node.has("name")) {
                reading.add(MISSING, node.mapping(), "A property has no name", "Add name, the name of the column.");
            }
            drafts.add(field(node, name.orElse("unnamed" + drafts.size())));
        }
        return drafts;
    }

    private FieldDraft field(ContractNode node, String name)
    {
        FieldDraft draft = new FieldDraft(name, node.location(), node.path());
        Map<String, YamlNode> custom = OdcsReader.customProperties(node);
        Optional<ContractNode> options = node.child("logicalTypeOptions");
        draft.type = type(node, options, name);
        draft.type = ContractFields.decimal(draft.type, customInteger(custom, "precision"), customInteger(custom, "scale"), node.mapping(), reading);
        draft.required = node.flag("required").orElse(false);
        draft.unique = node.flag("unique").orElse(false);
        draft.primaryKey = node.flag("primaryKey").orElse(false);
        // -1 is how the standard's examples say that there is none
        OptionalInt position = node.integer("primaryKeyPosition");
        draft.primaryKeyPosition = position.isPresent() && position.orElseThrow() > 0 ? position : OptionalInt.empty();
        draft.description = node.text("description").map(String::strip);
        List<String> requiredFields = options.map(found -> found.texts("required")).orElse(List.of());
        draft.constraints = options.map(found -> constraints(found, draft.type.type())).orElse(FieldConstraints.NONE)
                .withFilter(customText(custom, QualityRule.FILTER));
        draft.classification = node.name("classification");
        draft.tags = node.texts("tags");
        draft.pii = ContractFields.isPersonal(customFlag(custom, "pii"), draft.classification, draft.tags, node.location(), node.path(), reading);
        draft.references = reference(node);
        draft.quality = quality.read(node, QualityReader.Place.FIELD);
        draft.mask = Optional.ofNullable(custom.get("mask")).flatMap(value -> ContractFields.mask(value, draft.type.type(), reading));
        draft.polyseme = customText(custom, "polyseme");
        draft.semanticType = customText(custom, "semanticType");
        nested(node, draft, requiredFields);
        physicalName(node, name);
        node.notChecked("the table's partitions are its owner's matter", "partitioned");
        node.notChecked("the column with the encrypted values is not looked at", "encryptedName");
        node.describes(
                "id",
                "businessName",
                "physicalType",
                "partitionKeyPosition",
                "authoritativeDefinitions",
                "transformSourceObjects",
                "transformLogic",
                "transformDescription",
                "examples",
                "criticalDataElement");
        node.rejectUnknown("the property '%s'".formatted(ContractNode.abbreviate(name)));
        return draft;
    }

    private void physicalName(ContractNode node, String name)
    {
        Optional<String> physicalName = node.name("physicalName");
        if (physicalName.isPresent() && !physicalName.orElseThrow().equals(name)) {
            reading.notChecked(node.node("physicalName").orElseThrow(), "columns go by the name of the property");
        }
    }

    private void nested(ContractNode node, FieldDraft draft, List<String> required)
    {
        List<FieldDraft> properties = fields(node);
        required.forEach(name -> require(node, name, properties));
        draft.fields = ContractFields.close(properties, false, reading);
        draft.items = node.child("items").map(items -> {
            items.describes("name");
            return ContractFields.close(List.of(field(items, "element")), false, reading).get(0);
        });
        FieldType type = draft.type.type();
        if (type == FieldType.STRUCT && draft.fields.isEmpty()) {
            reading.notChecked(draft.path, "the object has no properties, so what it holds is not told", draft.source);
        }
        if (type == FieldType.ARRAY && draft.items.isEmpty()) {
            reading.notChecked(draft.path, "the array has no items, so what it holds is not told", draft.source);
        }
    }

    private void require(ContractNode object, String name, List<FieldDraft> properties)
    {
        properties.stream().filter(property -> property.name.equals(name)).findFirst().ifPresentOrElse(
                property -> property.required = true,
                () -> reading.add(
                        UNKNOWN_FIELD,
                        object.mapping(),
                        "logicalTypeOptions.required names '%s', which is no property of the object".formatted(ContractNode.abbreviate(name)),
                        ContractReading.suggest(name, properties.stream().map(property -> property.name).toList())));
    }

    private ContractTypes.Declared type(ContractNode node, Optional<ContractNode> options, String name)
    {
        Optional<String> logical = node.name("logicalType");
        Optional<String> physical = node.name("physicalType");
        if (logical.isPresent() && ContractTypes.ofOdcs(logical.orElseThrow()).isEmpty()) {
            reading.add(
                    FIELD_TYPE,
                    node.node("logicalType").orElseThrow(),
                    "Unknown logicalType '%s' of the property '%s'".formatted(ContractNode.abbreviate(logical.orElseThrow()), ContractNode.abbreviate(name)),
                    ContractReading.suggest(logical.orElseThrow(), ContractTypes.odcsNames()));
            return new ContractTypes.Declared(FieldType.STRING, logical.orElseThrow());
        }
        Optional<ContractTypes.Declared> type = ContractTypes.ofOdcs(logical, physical, options.flatMap(found -> found.name("format")));
        if (type.isEmpty()) {
            String why = physical.map(text -> "physicalType '%s' is another engine's".formatted(ContractNode.abbreviate(text))).orElse("it has neither logicalType nor physicalType");
            reading.findings().add(
                    FIELD_TYPE_MISSING,
                    node.location(),
                    node.path(),
                    "The type of the property '%s' is not told: %s; it is taken as a string".formatted(ContractNode.abbreviate(name), why),
                    "Add logicalType, one of: %s.".formatted(String.join(", ", ContractTypes.odcsNames())));
            return new ContractTypes.Declared(FieldType.STRING, physical.orElse("string"));
        }
        boolean local = type.orElseThrow().type() == FieldType.TIMESTAMP && options.flatMap(found -> found.flag("timezone")).filter(zoned -> !zoned).isPresent();
        return local ? new ContractTypes.Declared(FieldType.TIMESTAMP_NTZ, type.orElseThrow().declared()) : type.orElseThrow();
    }

    private FieldConstraints constraints(ContractNode options, FieldType type)
    {
        options.describes("timezone", "defaultTimezone");
        Optional<String> format = options.name("format");
        // of numbers it is the size, and part of the type; of dates it tells how texts are written, which typed columns are not
        boolean named = type == FieldType.STRING || type == FieldType.UUID;
        Bound lower = bound(options, "minimum", "exclusiveMinimum");
        Bound upper = bound(options, "maximum", "exclusiveMaximum");
        FieldConstraints constraints = new FieldConstraints(
                List.of(),
                options.text("pattern"),
                format.filter(ignored -> named),
                options.integer("min" + size(type)),
                options.integer("max" + size(type)),
                lower.inclusive(),
                lower.exclusive(),
                upper.inclusive(),
                upper.exclusive(),
                options.bound("multipleOf"),
                options.flag("uniqueItems").orElse(false),
                Optional.empty());
        options.rejectUnknown("logicalTypeOptions");
        return constraints;
    }

    private static String size(FieldType type)
    {
        return switch (type) {
            case ARRAY -> "Items";
            case STRUCT, MAP -> "Properties";
            default -> "Length";
        };
    }

    private record Bound(Optional<String> inclusive, Optional<String> exclusive) {}

    /**
     * In ODCS 3.0 the exclusive key is a flag on the inclusive one, in 3.1 a bound of its own.
     */
    private static Bound bound(ContractNode options, String inclusive, String exclusive)
    {
        Optional<String> bound = options.bound(inclusive);
        Optional<YamlNode> value = options.node(exclusive);
        if (value.isPresent() && value.orElseThrow() instanceof YamlScalar scalar && scalar.kind() == YamlScalar.Kind.BOOLEAN) {
            boolean flagged = scalar.text().equalsIgnoreCase("true");
            return flagged ? new Bound(Optional.empty(), bound) : new Bound(bound, Optional.empty());
        }
        return new Bound(bound, options.bound(exclusive));
    }

    private Optional<String> reference(ContractNode node)
    {
        Optional<String> reference = Optional.empty();
        for (ContractNode relationship : node.children("relationships")) {
            Optional<YamlNode> target = relationship.node("to");
            if (target.isPresent() && target.orElseThrow() instanceof YamlScalar scalar && reference.isEmpty()) {
                reference = Optional.of(scalar.text());
            }
            else {
                reading.notChecked(relationship.mapping(), "only one relationship to one field is read");
            }
            relationship.describes("type", "customProperties", "from");
            relationship.rejectUnknown("a relationship");
        }
        return reference;
    }

    private static OptionalInt customInteger(Map<String, YamlNode> custom, String key)
    {
        Optional<String> text = customText(custom, key);
        if (text.isEmpty() || !text.orElseThrow().matches("\\d{1,3}")) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(text.orElseThrow()));
    }

    private Optional<Boolean> customFlag(Map<String, YamlNode> custom, String key)
    {
        Optional<String> text = customText(custom, key);
        if (text.isPresent() && !text.orElseThrow().matches("(?i)true|false")) {
            reading.add(VALUE, custom.get(key), "%s must be true or false, and is '%s'".formatted(key, ContractNode.abbreviate(text.orElseThrow())), "Write %s as true or false.".formatted(key));
            return Optional.empty();
        }
        return text.map(Boolean::parseBoolean);
    }

    private static Optional<String> customText(Map<String, YamlNode> custom, String key)
    {
        return Optional.ofNullable(custom.get(key))
                .filter(YamlScalar.class::isInstance)
                .map(value -> ((YamlScalar) value).text())
                .filter(text -> !text.isBlank());
    }
}
