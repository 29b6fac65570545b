package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.yaml.DidYouMean;
import io.meshwright.model.yaml.YamlDocuments;
import io.meshwright.model.yaml.YamlMapping;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;

import java.util.List;
import java.util.Optional;

import static io.meshwright.model.contract.ContractRule.STANDARD;
import static io.meshwright.model.contract.ContractRule.STANDARD_VERSION;

/**
 * Reads data contracts of DCS 1.1 and 1.2 and of ODCS 3.0 and 3.1 into one model. What the official JSON schemas have
 * to say, and what makes a contract complete, is {@link ContractLint}'s; here a contract is only understood, so that a
 * job may read one that was admitted.
 */
public final class DataContractParser
{
    /**
     * The versions of DCS that are read.
     */
    public static final List<String> DCS_VERSIONS = ImmutableList.of("1.1.0", "1.2.0", "1.2.1");
    /**
     * The versions of ODCS that are read.
     */
    public static final List<String> ODCS_VERSIONS = ImmutableList.of("v3.0.0", "v3.0.1", "v3.0.2", "v3.1.0");

    private static final String DCS_KEY = "dataContractSpecification";
    private static final String ODCS_KEY = "apiVersion";

    private DataContractParser() {}

    /**
     * Reads a contract. Nothing in a text makes it throw: whatever is wrong is a finding.
     *
     * @param file the path as the user gave it, for messages
     */
    public static Parsed<DataContract> parse(String file, String text)
    {
        Parsed<YamlMapping> document = YamlDocuments.readMapping(file, text);
        if (document.value().isEmpty()) {
            return new Parsed<>(Optional.empty(), document.findings());
        }
        Findings findings = new Findings();
        findings.addAll(document.findings());
        Optional<DataContract> contract = read(document.value().orElseThrow(), findings);
        return new Parsed<>(findings.hasErrors() ? Optional.empty() : contract, findings.sorted());
    }

    /**
     * Reads a contract as far as it can be understood, even where a finding is an error; empty when its standard is not told.
     */
    static Optional<DataContract> read(YamlMapping document, Findings findings)
    {
        ContractReading reading = new ContractReading(findings);
        ContractNode root = new ContractNode(document, reading);
        if (root.has(DCS_KEY)) {
            return version(root, DCS_KEY, DCS_VERSIONS, reading).map(version -> new DcsReader(reading, version).read(root));
        }
        Optional<String> kind = root.text("kind").filter(text -> !text.equals("DataContract"));
        if (kind.isPresent()) {
            reading.add(
                    STANDARD,
                    root.node("kind").orElseThrow(),
                    "kind is '%s', and must be DataContract".formatted(ContractNode.abbreviate(kind.orElseThrow())),
                    "Write kind: DataContract, or name a file that holds a contract.");
            return Optional.empty();
        }
        if (root.has(ODCS_KEY)) {
            return version(root, ODCS_KEY, ODCS_VERSIONS, reading).map(version -> new OdcsReader(reading, version).read(root));
        }
        List<String> keys = List.of(DCS_KEY, ODCS_KEY);
        String fix = document.entries().keySet().stream()
                .filter(key -> DidYouMean.suggest(key, keys).isPresent())
                .findFirst()
                .map(key -> "Did you mean '%s' where you wrote '%s'?".formatted(DidYouMean.suggest(key, keys).orElseThrow(), ContractNode.abbreviate(key)))
                .orElse("Begin with apiVersion: v3.1.0 and kind: DataContract, or with dataContractSpecification: 1.2.1.");
        reading.add(STANDARD, document, "The file does not say which contract standard it follows", fix);
        return Optional.empty();
    }

    private static Optional<String> version(ContractNode root, String key, List<String> versions, ContractReading reading)
    {
        YamlNode value = root.node(key).orElseThrow();
        String version = value instanceof YamlScalar scalar ? scalar.text().strip() : "";
        if (versions.contains(version)) {
            return Optional.of(version);
        }
        String fix = versions.stream()
                .filter(known -> known.equals("v" + version) || known.equals(version + ".0") || known.equals("v" + version + ".0"))
                .findFirst()
                .map(known -> "Did you mean %s?".formatted(known))
                .orElse("Use one of: %s.".formatted(String.join(", ", versions)));
        reading.add(STANDARD_VERSION, value, "%s '%s' is not read".formatted(key, ContractNode.abbreviate(version)), fix);
        return Optional.empty();
    }
}
