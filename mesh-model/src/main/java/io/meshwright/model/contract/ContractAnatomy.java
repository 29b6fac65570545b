package io.meshwright.model.contract;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.Severity;
import io.meshwright.model.yaml.YamlMapping;

import java.util.Map;

import static io.meshwright.model.contract.ContractRule.ANATOMY;

/**
 * Looks for the five parts of a complete contract: schema, semantics, service levels, compatibility and ownership.
 */
final class ContractAnatomy
{
    private ContractAnatomy() {}

    static void check(DataContract contract, YamlMapping document, Findings findings)
    {
        boolean dcs = contract.standard() == DataContract.Standard.DCS;
        boolean schema = contract.models().stream().anyMatch(model -> !model.fields().isEmpty());
        boolean semantics = contract.models().stream().flatMap(model -> model.fields().stream()).anyMatch(ContractAnatomy::hasMeaning);
        boolean serviceLevels = contract.serviceLevels().freshness().isPresent()
                || contract.serviceLevels().availability().isPresent()
                || contract.serviceLevels().completeness().isPresent()
                || contract.retention().isPresent();
        Map<String, Boolean> parts = ImmutableMap.of(
                "schema", schema,
                "semantics", semantics,
                "service levels", serviceLevels,
                "compatibility", contract.compatibility().isPresent(),
                "ownership", contract.owner().isPresent());
        Map<String, String> fixes = ImmutableMap.of(
                "schema", dcs ? "Declare the fields under models.NAME.fields." : "Declare the properties under schema.",
                "semantics", "Say what fields mean with description, or link them to a concept with polyseme.",
                "service levels", dcs ? "Promise at least servicelevels.freshness." : "Promise at least one of slaProperties, such as latency.",
                "compatibility", dcs ? "Add compatibility: backward at the root." : "Add compatibility to customProperties, for example backward.",
                "ownership", dcs ? "Add info.owner." : "Add team with its name.");
        parts.forEach((part, present) -> {
            if (!present) {
                // without a schema there is nothing to check at all
                Severity severity = part.equals("schema") ? Severity.WARNING : Severity.INFO;
                findings.add(new Finding(ANATOMY, severity, document.location(), "", "The contract has no %s".formatted(part), fixes.get(part)));
            }
        });
    }

    private static boolean hasMeaning(ContractField field)
    {
        return field.description().isPresent() || field.polyseme().isPresent() || field.semanticType().isPresent();
    }
}
