package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.mask.MaskKind;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import static java.util.Objects.requireNonNull;

/**
 * A column, or a field below one.
 *
 * @param declaredType the type as written, for messages
 * @param primaryKey implies required and unique, the latter together with the other key fields
 * @param primaryKeyPosition 1 is first; present exactly on key fields
 * @param constraints what values may be
 * @param pii whether the contract itself marks the field as personal
 * @param polyseme the concept that the values identify across products, for example {@code customer_id}
 * @param fields of a struct; {@code items} of an array; {@code key} and {@code value} of a map
 */
public record ContractField(
        String name,
        FieldType type,
        String declaredType,
        OptionalInt precision,
        OptionalInt scale,
        boolean required,
        boolean unique,
        boolean primaryKey,
        OptionalInt primaryKeyPosition,
        Optional<String> description,
        FieldConstraints constraints,
        boolean pii,
        Optional<String> classification,
        List<String> tags,
        Optional<MaskKind> mask,
        Optional<String> polyseme,
        Optional<String> semanticType,
        Optional<String> references,
        List<ContractField> fields,
        Optional<ContractField> items,
        Optional<ContractField> key,
        Optional<ContractField> value,
        List<QualityRule> quality,
        SourceLocation source,
        String path)
{
    public ContractField
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(declaredType, "declaredType is null");
        requireNonNull(precision, "precision is null");
        requireNonNull(scale, "scale is null");
        requireNonNull(primaryKeyPosition, "primaryKeyPosition is null");
        requireNonNull(description, "description is null");
        requireNonNull(constraints, "constraints is null");
        requireNonNull(classification, "classification is null");
        tags = ImmutableList.copyOf(tags);
        requireNonNull(mask, "mask is null");
        requireNonNull(polyseme, "polyseme is null");
        requireNonNull(semanticType, "semanticType is null");
        requireNonNull(references, "references is null");
        fields = ImmutableList.copyOf(fields);
        requireNonNull(items, "items is null");
        requireNonNull(key, "key is null");
        requireNonNull(value, "value is null");
        quality = ImmutableList.copyOf(quality);
        requireNonNull(source, "source is null");
        requireNonNull(path, "path is null");
    }
}
