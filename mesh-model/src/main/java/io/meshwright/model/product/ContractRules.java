package io.meshwright.model.product;

import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContract.Standard;
import io.meshwright.model.contract.FieldType;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.mask.MaskKind;
import io.meshwright.model.mask.MaskPlan;
import io.meshwright.model.product.SpecDraft.PortDraft;
import io.meshwright.model.yaml.DidYouMean;
import io.meshwright.model.yaml.YamlDocuments;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.meshwright.model.finding.QuotedText.quoted;

/**
 * The rules between a port and its contract.
 */
final class ContractRules
{
    private static final Set<FieldType> TIMES = Set.of(FieldType.DATE, FieldType.TIMESTAMP, FieldType.TIMESTAMP_NTZ);

    private ContractRules() {}

    /**
     * @param path of the contract's file, as it was resolved
     * @param otherVersions the fields of contracts of other major versions
     */
    static void check(SpecDraft draft, PortDraft port, String path, LoadedContract loaded, Set<String> otherVersions, Findings findings)
    {
        DataContract contract = loaded.contract();
        draft.address().ifPresent(address -> {
            // the other standard's ids are arbitrary, usually UUIDs
            if (contract.standard() == Standard.DCS && ProductAddress.parse(contract.id()).filter(address::equals).isEmpty()) {
                findings.add(
                        SpecRule.CONTRACT_ID,
                        locationOfId(path, loaded.text()),
                        "id",
                        "the contract's id %s is not the product's address %s".formatted(quoted(contract.id()), address),
                        "write  id: %s".formatted(address));
            }
        });
        Optional<ContractModel> model = model(draft, port, path, contract, findings);
        model.ifPresent(value -> checkFields(draft, port, path, value, otherVersions, findings));
    }

    private static SourceLocation locationOfId(String path, String text)
    {
        return YamlDocuments.readMapping(path, text).value().flatMap(root -> root.get("id")).map(YamlNode::location).orElse(SourceLocation.startOf(path));
    }

    private static Optional<ContractModel> model(SpecDraft draft, PortDraft port, String path, DataContract contract, Findings findings)
    {
        Optional<ContractModel> model = draft.address().isPresent() ? contract.modelOf(draft.address().orElseThrow()) : contract.models().stream().findFirst();
        if (model.isEmpty() && draft.address().isPresent()) {
            String names = contract.models().stream().map(ContractModel::name).collect(Collectors.joining(", "));
            findings.add(
                    SpecRule.CONTRACT_MODEL,
                    port.contract().map(YamlScalar::location).orElse(port.location()),
                    port.path(),
                    contract.models().isEmpty()
                            ? "%s: the contract %s has no model".formatted(port.label(), path)
                            : "%s: the contract %s has the models %s, none named like the product".formatted(port.label(), path, names),
                    "name the model that the port serves %s".formatted(draft.address().orElseThrow().tableName()));
        }
        return model;
    }

    private static void checkFields(SpecDraft draft, PortDraft port, String path, ContractModel model, Set<String> otherVersions, Findings findings)
    {
        Map<String, ContractField> fields = model.fieldPaths();
        for (YamlScalar personal : draft.classification().piiFields()) {
            if (fields.containsKey(personal.text())) {
                continue;
            }
            if (otherVersions.contains(personal.text())) {
                findings.add(
                        SpecRule.PII_VERSION,
                        personal.location(),
                        personal.path(),
                        "personal field %s is in another version's contract, but not in the one of %s (%s)".formatted(quoted(personal.text()), port.label(), path),
                        "where that version calls it otherwise, list that name, too");
            }
            else {
                Optional<String> meant = DidYouMean.suggest(personal.text(), fields.keySet());
                findings.add(
                        SpecRule.PII_FIELD_UNKNOWN,
                        personal.location(),
                        personal.path(),
                        "personal field %s is not in the contract of %s (%s)%s".formatted(quoted(personal.text()), port.label(), path, meant.map(", did you mean %s?"::formatted).orElse("")),
                        meant.map("write %s here, or add the field to the contract"::formatted).orElse("add the field to the contract, or remove it here"));
            }
        }
        Set<String> listed = draft.classification().piiFields().stream().map(YamlScalar::text).collect(toImmutableSet());
        fields.forEach((name, field) -> {
            if (field.pii() && listed.stream().noneMatch(other -> name.equals(other) || name.startsWith(other + "."))) {
                findings.add(
                        SpecRule.PII_MARKED,
                        field.source(),
                        field.path(),
                        "the contract marks %s as personal, but the specification does not list it".formatted(name),
                        "add it to spec.classification:  contains_pii: true  and  pii_fields: [%s]".formatted(name));
            }
        });
        if (port.port().filter(value -> value.type().isQueryable()).isPresent()) {
            draft.spec().ifPresent(spec -> checkSensitivity(spec.classification().level(), port, path, listed, fields, findings));
        }
        // the time of the data is asked of the table, so only a table's contract has to know it
        if (port.port().filter(value -> value.type().isQueryable()).isPresent()) {
            draft.timestampField().ifPresent(field -> checkTimestamp(field, port, path, fields, findings));
            // an earlier version may call a column otherwise
            draft.spec().filter(spec -> spec.queryablePort().equals(port.port())).ifPresent(spec -> spec.quality().forEach(check -> checkColumn(check, port, path, fields, findings)));
        }
    }

    private static void checkColumn(ProductCheck check, PortDraft port, String path, Map<String, ContractField> fields, Findings findings)
    {
        Optional<String> unknown = check.column().filter(column -> !fields.containsKey(column));
        if (unknown.isPresent()) {
            Optional<String> meant = DidYouMean.suggest(unknown.orElseThrow(), fields.keySet());
            findings.add(
                    SpecRule.QUALITY,
                    check.source(),
                    check.path(),
                    "the check %s is about %s, which is not in the contract of %s (%s)%s".formatted(check.name(), quoted(unknown.orElseThrow()), port.label(), path, meant.map(", did you mean %s?"::formatted).orElse("")),
                    meant.map("write %s, or add the field to the contract"::formatted).orElse("add the field to the contract, or remove the check"));
        }
    }

    private static void checkSensitivity(Sensitivity level, PortDraft port, String path, Set<String> personal, Map<String, ContractField> fields, Findings findings)
    {
        if (!level.masksUnclassifiedText()) {
            return;
        }
        List<String> unclassified = fields.entrySet().stream()
                .filter(field -> !personal.contains(field.getKey()) && MaskPlan.isUnclassifiedText(field.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (!unclassified.isEmpty()) {
            findings.add(
                    SpecRule.SENSITIVITY,
                    SourceLocation.startOf(path),
                    "",
                    "%s: the product is %s, so text that the contract does not classify is masked: %s".formatted(port.label(), level.label(), String.join(", ", unclassified)),
                    "where a column tells nothing about a person, add to the contract:  classification: internal");
        }
        fields.forEach((name, field) -> {
            if ((personal.contains(name) || field.pii()) && field.mask().filter(mask -> mask != MaskKind.NULL && mask != MaskKind.REDACT).isPresent()) {
                findings.add(
                        SpecRule.SENSITIVITY,
                        field.source(),
                        field.path(),
                        "%s is masked by %s, which is looser than the NULL of a %s product".formatted(name, field.mask().orElseThrow().label(), level.label()),
                        "remove the mask, or lower the level");
            }
        });
    }

    private static void checkTimestamp(YamlScalar field, PortDraft port, String path, Map<String, ContractField> fields, Findings findings)
    {
        ContractField found = fields.get(field.text());
        if (found != null && TIMES.contains(found.type())) {
            return;
        }
        List<String> times = fields.entrySet().stream().filter(entry -> TIMES.contains(entry.getValue().type())).map(Map.Entry::getKey).toList();
        findings.add(
                SpecRule.SLA_TIMESTAMP,
                field.location(),
                field.path(),
                found == null
                        ? "timestampField %s is not in the contract of %s (%s)".formatted(quoted(field.text()), port.label(), path)
                        : "timestampField %s is of type %s".formatted(quoted(field.text()), found.declaredType()),
                times.isEmpty() ? "remove timestampField: then the last change of the table counts" : "use one of " + String.join(", ", times));
    }
}
