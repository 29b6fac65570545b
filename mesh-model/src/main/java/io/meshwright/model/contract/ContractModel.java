package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.finding.SourceLocation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Collections.unmodifiableMap;
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
        List<CompositeReference> references,
        SourceLocation source,
        String path)
{
    /**
     * Several fields of a row that together name a row of another table. What one field alone refers to is told by the field.
     *
     * @param fields of this model
     * @param table what the contract calls the other table
     * @param keys of the other table, in the order of the fields
     * @param path the place in the contract
     */
    public record CompositeReference(List<String> fields, String table, List<String> keys, String path)
    {
        public CompositeReference
        {
            fields = ImmutableList.copyOf(fields);
            requireNonNull(table, "table is null");
            keys = ImmutableList.copyOf(keys);
            requireNonNull(path, "path is null");
        }
    }

    public ContractModel
    {
        requireNonNull(name, "name is null");
        requireNonNull(physicalName, "physicalName is null");
        requireNonNull(description, "description is null");
        fields = ImmutableList.copyOf(fields);
        quality = ImmutableList.copyOf(quality);
        references = ImmutableList.copyOf(references);
        requireNonNull(source, "source is null");
        requireNonNull(path, "path is null");
    }

    public Optional<ContractField> field(String name)
    {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /**
     * All fields by their paths: names joined by dots, {@code element} below an array, {@code key} and {@code value} below a map.
     */
    public Map<String, ContractField> fieldPaths()
    {
        Map<String, ContractField> paths = new LinkedHashMap<>();
        collect("", fields, paths);
        return unmodifiableMap(paths);
    }

    private static void collect(String prefix, List<ContractField> fields, Map<String, ContractField> collected)
    {
        for (ContractField field : fields) {
            collect(prefix + field.name(), field, collected);
        }
    }

    private static void collect(String path, ContractField field, Map<String, ContractField> collected)
    {
        collected.put(path, field);
        collect(path + ".", field.fields(), collected);
        field.items().ifPresent(items -> collect(path + ".element", items, collected));
        field.key().ifPresent(key -> collect(path + ".key", key, collected));
        field.value().ifPresent(value -> collect(path + ".value", value, collected));
    }
}
