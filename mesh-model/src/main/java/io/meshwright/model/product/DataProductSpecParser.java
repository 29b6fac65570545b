package io.meshwright.model.product;

import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.yaml.YamlDocuments;
import io.meshwright.model.yaml.YamlMapping;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Reads {@code dataproduct.yaml}: every key, strictly, with all findings at once, and applies the rules of {@link SpecRule} that need
 * nothing but the file. {@link ProductValidation} reads the contracts as well.
 */
public final class DataProductSpecParser
{
    /**
     * The versions of the specification that can be read.
     */
    public static final List<String> API_VERSIONS = List.of("dataproduct.kloudvin.io/v1");

    private DataProductSpecParser() {}

    public static Parsed<DataProductSpec> parse(String file, String text)
    {
        return parse(file, text, Set.of());
    }

    /**
     * @param knownDomains the only domains there are; when empty, any domain may be declared
     */
    public static Parsed<DataProductSpec> parse(String file, String text, Set<String> knownDomains)
    {
        Findings findings = new Findings();
        Optional<SpecDraft> draft = read(file, text, knownDomains, findings);
        return new Parsed<>(findings.hasErrors() ? Optional.empty() : draft.flatMap(SpecDraft::spec), findings.sorted());
    }

    /**
     * Reads a specification that was registered. Only what cannot be understood is a finding: what may be registered today
     * ({@link SpecRule#isForAdmission}) was decided when it was, by the rules of that day.
     *
     * @param file the path under which it was registered
     */
    public static Parsed<DataProductSpec> parseRegistered(String file, String text)
    {
        Findings all = new Findings();
        Optional<SpecDraft> draft = understand(file, text, Set.of(), all);
        Findings findings = new Findings();
        all.sorted().stream()
                .filter(finding -> !(finding.rule() instanceof SpecRule rule && rule.isForAdmission()))
                .forEach(findings::add);
        return new Parsed<>(findings.hasErrors() ? Optional.empty() : draft.flatMap(SpecDraft::spec), findings.sorted());
    }

    /**
     * What could be read in spite of findings; empty when the file has no keys at all.
     */
    static Optional<SpecDraft> read(String file, String text, Set<String> knownDomains, Findings findings)
    {
        Optional<SpecDraft> draft = understand(file, text, knownDomains, findings);
        draft.ifPresent(value -> SpecRules.check(value, findings));
        return draft;
    }

    private static Optional<SpecDraft> understand(String file, String text, Set<String> knownDomains, Findings findings)
    {
        requireNonNull(knownDomains, "knownDomains is null");
        Parsed<YamlMapping> document = YamlDocuments.readMapping(file, text);
        findings.addAll(document.findings());
        if (document.value().isEmpty()) {
            return Optional.empty();
        }
        YamlMapping root = document.value().orElseThrow();
        if (root.get("dataContractSpecification").isPresent() || SpecReader.isKind(root, "DataContract")) {
            findings.add(SpecRule.KIND, root.location(), "", "this is a data contract, not a data product", "check it with  mesh contract lint, and name the dataproduct.yaml here");
            return Optional.empty();
        }
        return Optional.of(new SpecReader(root, knownDomains, findings).read());
    }
}
