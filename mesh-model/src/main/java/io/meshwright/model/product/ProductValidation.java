package io.meshwright.model.product;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.contract.ContractLint;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.finding.Severity;
import io.meshwright.model.product.SpecDraft.PortDraft;
import io.meshwright.model.yaml.YamlScalar;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.meshwright.model.finding.QuotedText.quoted;
import static java.util.Objects.requireNonNull;

/**
 * Everything that a product can be refused for without looking at any system: the specification, its contracts, and the two together.
 * {@code mesh product validate} and registration run the same.
 */
public final class ProductValidation
{
    private final ContractLoader loader;
    private final Set<String> knownDomains;

    /**
     * @param knownDomains the only domains there are; when empty, any domain may be declared
     */
    public ProductValidation(ContractLoader loader, Set<String> knownDomains)
    {
        this.loader = requireNonNull(loader, "loader is null");
        this.knownDomains = Set.copyOf(knownDomains);
    }

    /**
     * @param file the path of the specification, against which the contracts' paths are resolved
     */
    public Parsed<ProductBundle> validate(String file, String text)
    {
        Findings findings = new Findings();
        Optional<SpecDraft> draft = DataProductSpecParser.read(file, text, knownDomains, findings);
        if (draft.isEmpty()) {
            return new Parsed<>(Optional.empty(), findings.sorted());
        }
        Map<String, LoadedContract> contracts = contracts(file, draft.orElseThrow(), findings);
        Optional<ProductBundle> bundle = Optional.empty();
        if (!findings.hasErrors()) {
            bundle = draft.orElseThrow().spec().map(spec -> new ProductBundle(spec, text, contracts));
        }
        return new Parsed<>(bundle, findings.sorted());
    }

    private Map<String, LoadedContract> contracts(String file, SpecDraft draft, Findings findings)
    {
        Map<String, Optional<LoadedContract>> loaded = new HashMap<>();
        Map<String, LoadedContract> result = new LinkedHashMap<>();
        Map<PortDraft, LoadedContract> byPort = new LinkedHashMap<>();
        for (PortDraft port : draft.ports()) {
            if (port.contract().isEmpty()) {
                continue;
            }
            YamlScalar written = port.contract().orElseThrow();
            String path = ContractPaths.resolve(file, written.text());
            Optional<LoadedContract> contract = loaded.containsKey(path) ? loaded.get(path) : load(path, port, findings);
            loaded.put(path, contract);
            contract.ifPresent(value -> {
                byPort.put(port, value);
                port.port().ifPresent(output -> result.putIfAbsent(output.name(), new LoadedContract(written.text(), value.text(), value.contract())));
            });
        }
        byPort.forEach((port, contract) -> ContractRules.check(draft, port, ContractPaths.resolve(file, contract.path()), contract, fieldsOfOtherVersions(draft, contract, byPort), findings));
        new VersionRules(draft, result, findings).check();
        return ImmutableMap.copyOf(result);
    }

    /**
     * What contracts of another major version call their fields, which a personal field may be named by.
     */
    private static Set<String> fieldsOfOtherVersions(SpecDraft draft, LoadedContract contract, Map<PortDraft, LoadedContract> contracts)
    {
        OptionalInt major = PortVersions.major(contract.contract().version());
        return contracts.entrySet().stream()
                .filter(entry -> entry.getKey().port().filter(port -> port.type().isQueryable()).isPresent())
                .map(entry -> entry.getValue().contract())
                .filter(other -> major.isPresent() && PortVersions.major(other.version()).isPresent() && !PortVersions.major(other.version()).equals(major))
                .flatMap(other -> draft.address().flatMap(other::modelOf).stream())
                .flatMap(model -> model.fieldPaths().keySet().stream())
                .collect(toImmutableSet());
    }

    private Optional<LoadedContract> load(String path, PortDraft port, Findings findings)
    {
        YamlScalar written = port.contract().orElseThrow();
        Optional<Parsed<String>> text = loader.load(path);
        if (text.isEmpty()) {
            findings.add(
                    SpecRule.CONTRACT_FILE,
                    written.location(),
                    written.path(),
                    "%s: the contract %s does not exist; tried %s".formatted(port.label(), quoted(written.text()), loader.tried(path)),
                    "write the contract there, or correct the path; it is relative to this file");
            return Optional.empty();
        }
        findings.addAll(text.orElseThrow().findings());
        return text.orElseThrow().value().flatMap(content -> {
            Parsed<DataContract> contract = ContractLint.lint(path, content);
            // what would make a contract complete is told where the contract alone is linted
            findings.addAll(contract.findings().stream().filter(finding -> finding.severity() != Severity.INFO).toList());
            return contract.value().map(value -> new LoadedContract(written.text(), content, value));
        });
    }
}
