package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.finding.SourceLocation;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One table of a contract: a model in the words of DCS, a schema object in those of ODCS.
 */
public record ContractModel(
        String name,
        Optional<String> physicalName,
        Optional<String> description,
        List<ContractField> fields,
        List<QualityRule> quality,
        SourceLocation source,
        String path)
{
    public ContractModel
    {
        requireNonNull(name, "name is null");
        requireNonNull(physicalName, "physicalName is null");
        requireNonNull(description, "description is null");
        fields = ImmutableList.copyOf(fields);
        quality = ImmutableList.copyOf(quality);
        requireNonNull(source, "source is null");
        requireNonNull(path, "path is null");
    }

    public Optional<ContractField> field(String name)
    {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }
}
