package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.contract.ContractModel.CompositeReference;
import io.meshwright.model.yaml.YamlMapping;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;
import io.meshwright.model.yaml.YamlSequence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.model.contract.ContractRule.DUPLICATE_NAME;
import static io.meshwright.model.contract.ContractRule.MISSING;
import static io.meshwright.model.contract.ContractRule.STANDARD;
import static java.util.Objects.requireNonNull;

/**
 * Reads a contract of the Open Data Contract Standard, version 3.0 or 3.1.
 */
final class OdcsReader
{
    private final ContractReading reading;
    private final String standardVersion;
    private final QualityReader quality;

    OdcsReader(ContractReading reading, String standardVersion)
    {
        this.reading = requireNonNull(reading, "reading is null");
        this.standardVersion = requireNonNull(standardVersion, "standardVersion is null");
        boolean latest = standardVersion.startsWith("v3.1");
        this.quality = new QualityReader(reading, latest, latest);
    }

    DataContract read(ContractNode root)
    {
        root.describes("apiVersion", "tenant", "tags", "dataProduct", "domain", "price", "roles", "authoritativeDefinitions", "contractCreatedTs");
        if (!root.has("kind")) {
            reading.add(STANDARD, root.mapping(), "kind is missing", "Add kind: DataContract.");
        }
        String id = required(root, "id", "Add id, for example orders.order-events or a UUID.");
        String version = required(root, "version", "Add the version of the contract, for example 1.0.0.");
        Map<String, YamlNode> custom = customProperties(root);
        List<ContractModel> models = models(root);
        ServiceLevelReader levels = new ServiceLevelReader(reading);
        levels.readOdcs(root.children("slaProperties"), root.name("slaDefaultElement"));
        Optional<String> compatibility = ContractCompatibility.read(Optional.ofNullable(custom.get("compatibility")), reading);
        Optional<String> description = root.child("description").flatMap(node -> node.text("purpose").or(() -> node.text("usage"))).map(String::strip);
        Optional<String> owner = owner(root, custom);
        Optional<String> support = root.children("support").stream()
                .map(channel -> channel.name("url").or(() -> channel.name("channel")))
                .flatMap(Optional::stream)
                .findFirst();
        List<String> servers = root.children("servers").stream().map(server -> server.name("server")).flatMap(Optional::stream).toList();
        Optional<String> title = root.name("name");
        Optional<String> status = root.name("status");
        root.rejectUnknown("the contract");
        return new DataContract(
                DataContract.Standard.ODCS,
                standardVersion,
                id,
                version,
                title,
                owner,
                description,
                status,
                compatibility,
                servers,
                models,
                levels.serviceLevels(support),
                levels.retention(),
                levels.timeliness(),
                reading.notChecked());
    }

    private String required(ContractNode root, String key, String fix)
    {
        Optional<String> value = root.name(key);
        if (value.isEmpty() && !root.has(key)) {
            reading.add(MISSING, root.mapping(), "%s is missing".formatted(key), fix);
        }
        return value.orElse("");
    }

    private List<ContractModel> models(ContractNode root)
    {
        ImmutableList.Builder<ContractModel> models = ImmutableList.builder();
        Map<String, ContractNode> seen = new HashMap<>();
        for (ContractNode node : root.children("schema")) {
            Optional<String> name = node.name("name");
            if (name.isEmpty()) {
                if (!node.has("name")) {
                    reading.add(MISSING, node.mapping(), "A schema object has no name", "Add name, the name of the table.");
                }
                continue;
            }
            ContractNode first = seen.putIfAbsent(name.orElseThrow().toLowerCase(Locale.ROOT), node);
            if (first != null) {
                reading.add(DUPLICATE_NAME, node.mapping(), "The schema object '%s' is declared twice".formatted(ContractNode.abbreviate(name.orElseThrow())), "Rename or remove one of them; the other is at %s.".formatted(first.location()));
            }
            models.add(model(node, name.orElseThrow()));
        }
        return models.build();
    }

    private ContractModel model(ContractNode node, String name)
    {
        List<FieldDraft> fields = new OdcsFieldReader(reading, quality).fields(node);
        List<CompositeReference> references = relationships(node, name, fields);
        List<QualityRule> rules = quality.read(node, QualityReader.Place.MODEL);
        node.describes("id", "logicalType", "physicalType", "businessName", "authoritativeDefinitions", "tags", "dataGranularityDescription", "customProperties");
        ContractModel model = new ContractModel(
                name,
                node.name("physicalName"),
                node.text("description").map(String::strip),
                ContractFields.close(fields, true, reading),
                rules,
                references,
                node.location(),
                node.path());
        node.rejectUnknown("the schema object '%s'".formatted(ContractNode.abbreviate(name)));
        return model;
    }

    /**
     * @return those of several fields; one of a single field is the field's
     */
    private List<CompositeReference> relationships(ContractNode node, String name, List<FieldDraft> fields)
    {
        ImmutableList.Builder<CompositeReference> composite = ImmutableList.builder();
        for (ContractNode relationship : node.children("relationships")) {
            List<String> from = ends(relationship, "from");
            List<String> to = ends(relationship, "to");
            relationship.describes("type", "customProperties");
            relationship.rejectUnknown("a relationship");
            Optional<CompositeReference> several = composite(relationship, from, to, name, fields);
            if (several.isPresent()) {
                composite.add(several.orElseThrow());
                continue;
            }
            Optional<FieldDraft> field = from.size() != 1 || to.size() != 1 ? Optional.empty() : fields.stream()
                                                                                                 .filter(draft -> from.get(0).equals(draft.name) || from.get(0).equals(name + "." + draft.name))
                                                                                                 .findFirst();
            if (field.isPresent() && field.orElseThrow().references.isEmpty()) {
                field.orElseThrow().references = Optional.of(to.get(0));
            }
            else {
                reading.notChecked(relationship.mapping(), "only one relationship from one field to one field is read");
            }
        }
        return composite.build();
    }

    private static Optional<CompositeReference> composite(ContractNode relationship, List<String> from, List<String> to, String model, List<FieldDraft> fields)
    {
        List<String> local = from.stream().map(field -> field.startsWith(model + ".") ? field.substring(model.length() + 1) : field).toList();
        boolean known = local.stream().allMatch(field -> fields.stream().anyMatch(draft -> draft.name.equals(field)));
        List<String> tables = to.stream().map(field -> field.substring(0, Math.max(0, field.lastIndexOf('.')))).distinct().toList();
        if (from.size() < 2 || from.size() != to.size() || !known || tables.size() != 1 || tables.get(0).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CompositeReference(local, tables.get(0), to.stream().map(field -> field.substring(field.lastIndexOf('.') + 1)).toList(), relationship.path()));
    }

    private static List<String> ends(ContractNode relationship, String key)
    {
        Optional<YamlNode> value = relationship.node(key);
        if (value.isPresent() && value.orElseThrow() instanceof YamlSequence) {
            return relationship.texts(key);
        }
        return relationship.text(key).stream().toList();
    }

    /**
     * The owner is a custom property, or the team, or the member whose role says so.
     */
    private Optional<String> owner(ContractNode root, Map<String, YamlNode> custom)
    {
        if (custom.get("owner") instanceof YamlScalar owner && !owner.text().isBlank()) {
            return Optional.of(owner.text());
        }
        Optional<YamlNode> team = root.node("team");
        if (team.isEmpty()) {
            return Optional.empty();
        }
        List<ContractNode> members = new ArrayList<>();
        if (team.orElseThrow() instanceof YamlMapping mapping) {
            ContractNode node = new ContractNode(mapping, reading);
            Optional<String> name = node.name("name");
            if (name.isPresent()) {
                return name;
            }
            members.addAll(node.children("members"));
        }
        else {
            members.addAll(root.children("team"));
        }
        return members.stream()
                .filter(member -> member.name("role").map(role -> role.toLowerCase(Locale.ROOT).contains("owner")).orElse(false))
                .map(member -> member.name("username").or(() -> member.name("name")))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * The custom properties of an element by their names; the first of each.
     */
    static Map<String, YamlNode> customProperties(ContractNode node)
    {
        Map<String, YamlNode> custom = new LinkedHashMap<>();
        for (ContractNode property : node.children("customProperties")) {
            Optional<String> name = property.name("property");
            Optional<YamlNode> value = Optional.ofNullable(property.mapping().entries().get("value")).map(YamlMapping.Entry::value);
            if (name.isPresent() && value.isPresent()) {
                custom.putIfAbsent(name.orElseThrow(), value.orElseThrow());
            }
        }
        return custom;
    }
}
