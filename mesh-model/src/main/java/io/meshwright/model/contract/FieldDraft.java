package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.mask.MaskKind;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A field while it is gathered from the keys of either standard.
 */
final class FieldDraft
{
    final String name;
    final SourceLocation source;
    final String path;
    ContractTypes.Declared type;
    boolean required;
    boolean unique;
    boolean primaryKey;
    OptionalInt primaryKeyPosition = OptionalInt.empty();
    Optional<String> description = Optional.empty();
    FieldConstraints constraints = FieldConstraints.NONE;
    boolean pii;
    Optional<String> classification = Optional.empty();
    List<String> tags = ImmutableList.of();
    Optional<MaskKind> mask = Optional.empty();
    Optional<String> polyseme = Optional.empty();
    Optional<String> semanticType = Optional.empty();
    Optional<String> references = Optional.empty();
    List<ContractField> fields = ImmutableList.of();
    Optional<ContractField> items = Optional.empty();
    Optional<ContractField> key = Optional.empty();
    Optional<ContractField> value = Optional.empty();
    List<QualityRule> quality = ImmutableList.of();

    FieldDraft(String name, SourceLocation source, String path)
    {
        this.name = name;
        this.source = source;
        this.path = path;
    }

    ContractField build()
    {
        return new ContractField(
                name,
                type.type(),
                type.declared(),
                type.precision(),
                type.scale(),
                required,
                unique,
                primaryKey,
                primaryKey ? primaryKeyPosition : OptionalInt.empty(),
                description,
                constraints,
                pii,
                classification,
                tags,
                mask,
                polyseme,
                semanticType,
                references,
                fields,
                items,
                key,
                value,
                quality,
                source,
                path);
    }
}
