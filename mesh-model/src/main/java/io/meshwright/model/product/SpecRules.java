package io.meshwright.model.product;

import io.meshwright.model.finding.Findings;
import io.meshwright.model.product.SpecDraft.ClassificationDraft;
import io.meshwright.model.product.SpecDraft.PortDraft;
import io.meshwright.model.yaml.YamlScalar;

import java.util.Optional;

import static io.meshwright.model.finding.QuotedText.quoted;

/**
 * The rules that need the specification alone, across its sections.
 */
final class SpecRules
{
    private SpecRules() {}

    static void check(SpecDraft draft, Findings findings)
    {
        checkFreshness(draft, findings);
        checkPersonalData(draft, findings);
        checkContracts(draft, findings);
        draft.classification().residency().ifPresent(residency -> checkResidency(draft, residency, findings));
    }

    private static void checkFreshness(SpecDraft draft, Findings findings)
    {
        if (!draft.freshnessDeclared()) {
            findings.add(SpecRule.SLA_FRESHNESS, draft.slaLocation(), "spec.sla.freshness", "every data product must publish a freshness SLA", "add below spec:  sla: {freshness: \"<= 24h\"}");
        }
    }

    private static void checkPersonalData(SpecDraft draft, Findings findings)
    {
        ClassificationDraft classification = draft.classification();
        boolean declared = classification.containsPii().orElse(false);
        if (declared && classification.piiFields().isEmpty()) {
            findings.add(
                    SpecRule.PII_FIELDS,
                    classification.containsPiiLocation(),
                    "spec.classification.pii_fields",
                    "contains_pii is true, but pii_fields names no field, so nothing is masked for it",
                    "list the fields that hold personal data:  pii_fields: [customer_id]");
        }
        if (!declared && !classification.piiFields().isEmpty()) {
            YamlScalar first = classification.piiFields().get(0);
            findings.add(
                    SpecRule.PII_FLAG,
                    classification.containsPii().isPresent() ? classification.containsPiiLocation() : first.location(),
                    "spec.classification.contains_pii",
                    "pii_fields names %s, but contains_pii is not true".formatted(quoted(first.text())),
                    "write  contains_pii: true");
        }
    }

    private static void checkContracts(SpecDraft draft, Findings findings)
    {
        boolean personal = draft.classification().isPersonal();
        Optional<PortDraft> example = draft.ports().stream().filter(port -> port.contract().isPresent()).findFirst();
        for (PortDraft port : draft.ports()) {
            if (port.contractDeclared()) {
                continue;
            }
            String fix = example
                    .map(other -> "add  contract: %s  , the contract of %s, or one of its own".formatted(other.contract().orElseThrow().text(), other.label()))
                    .orElse("add  contract: ./contracts/%s.v1.yaml".formatted(draft.address().map(ProductAddress::product).orElse("product")));
            if (personal) {
                findings.add(
                        SpecRule.PII_PORT_CONTRACT,
                        port.location(),
                        port.path(),
                        "%s has no contract; in a product with personal data every output port needs one".formatted(port.label()),
                        fix);
            }
            else if (port.port().filter(value -> value.type().isQueryable()).isPresent()) {
                findings.add(SpecRule.CONTRACT_REQUIRED, port.location(), port.path(), "%s has no contract, so readers would see no column".formatted(port.label()), fix);
            }
        }
    }

    private static void checkResidency(SpecDraft draft, YamlScalar residency, Findings findings)
    {
        String name = residency.text();
        if (!Residency.isKnown(name)) {
            findings.add(SpecRule.RESIDENCY_VALUE, residency.location(), residency.path(), "unknown residency %s".formatted(quoted(name)), "use one of %s, or the beginning of a region's name, for example eu-central-1".formatted(String.join(", ", Residency.names())));
            return;
        }
        for (PortDraft port : draft.ports()) {
            port.port().ifPresent(value -> checkRegion(value, port, name, findings));
        }
    }

    private static void checkRegion(OutputPort port, PortDraft draft, String residency, Findings findings)
    {
        Optional<String> declared = port.region();
        Optional<String> named = port.location().flatMap(Residency::regionOf);
        Optional<String> region = declared.or(() -> named).or(() -> port.location().flatMap(Residency::bucketLikeRegion));
        if (region.isEmpty()) {
            if (port.type() == PortType.VIEW) {
                // a view stores nothing: the tables below it are held against their own residency
                return;
            }
            findings.add(
                    SpecRule.RESIDENCY_REGION,
                    draft.location(),
                    draft.path(),
                    "%s declares no region, so residency %s cannot be shown to hold".formatted(draft.label(), residency),
                    "add the region of the store, for example  region: %s".formatted(residency.equalsIgnoreCase("US") ? "us-east-1" : "eu-central-1"));
            return;
        }
        if (!Residency.contains(residency, region.orElseThrow())) {
            findings.add(
                    SpecRule.RESIDENCY,
                    draft.location(),
                    draft.path(),
                    "%s is outside residency %s: %s %s".formatted(draft.label(), residency, declared.isPresent() ? "region" : "its location names", region.orElseThrow()),
                    "move the store into the region, or correct  region:");
            return;
        }
        // a declared region that the location contradicts proves nothing
        named.filter(actual -> declared.isPresent() && !Residency.contains(residency, actual)).ifPresent(actual -> findings.add(
                SpecRule.RESIDENCY,
                draft.location(),
                draft.path(),
                "%s declares region %s, but its location names %s".formatted(draft.label(), declared.orElseThrow(), actual),
                "correct region: or location:, so that both name the same store"));
    }
}
