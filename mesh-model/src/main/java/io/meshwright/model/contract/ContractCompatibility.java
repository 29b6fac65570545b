package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static io.meshwright.model.contract.ContractRule.COMPATIBILITY;

/**
 * Reads the evolution mode, a key of ours that neither standard has.
 */
final class ContractCompatibility
{
    private static final List<String> MODES = ImmutableList.of("backward", "forward", "full", "none", "backward-transitive", "forward-transitive", "full-transitive");

    private ContractCompatibility() {}

    static Optional<String> read(Optional<YamlNode> value, ContractReading reading)
    {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String written = value.orElseThrow() instanceof YamlScalar scalar ? scalar.text().strip() : "";
        String mode = written.toLowerCase(Locale.ROOT).replace('_', '-');
        if (!MODES.contains(mode)) {
            reading.add(COMPATIBILITY, value.orElseThrow(), "Unknown compatibility '%s'".formatted(ContractNode.abbreviate(written)), ContractReading.suggest(written, MODES));
            return Optional.empty();
        }
        return Optional.of(mode);
    }
}
