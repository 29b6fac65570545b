package io.meshwright.model.contract;

import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.yaml.YamlDocuments;
import io.meshwright.model.yaml.YamlMapping;

import java.util.Optional;

/**
 * Everything that can be said about a contract without its data: it is read, held against the official JSON schema of its
 * version, its rules are looked at for what cannot be right, and the parts that a complete contract has are looked for.
 */
public final class ContractLint
{
    private ContractLint() {}

    /**
     * Reads and examines a contract. Nothing in a text makes it throw: whatever is wrong is a finding.
     *
     * @param file the path as the user gave it, for messages
     * @return the contract as {@link DataContractParser} reads it, where there is no error
     */
    public static Parsed<DataContract> lint(String file, String text)
    {
        Parsed<YamlMapping> document = YamlDocuments.readMapping(file, text);
        if (document.value().isEmpty()) {
            return new Parsed<>(Optional.empty(), document.findings());
        }
        Findings own = new Findings();
        own.addAll(document.findings());
        Optional<DataContract> contract = DataContractParser.read(document.value().orElseThrow(), own);
        if (contract.isEmpty()) {
            return new Parsed<>(Optional.empty(), own.sorted());
        }
        ContractChecks.check(contract.orElseThrow(), own);
        Findings findings = new Findings();
        findings.addAll(SchemaFindings.merge(contract.orElseThrow().standardVersion(), document.value().orElseThrow(), own.sorted()));
        ContractAnatomy.check(contract.orElseThrow(), document.value().orElseThrow(), findings);
        return new Parsed<>(findings.hasErrors() ? Optional.empty() : contract, findings.sorted());
    }
}
