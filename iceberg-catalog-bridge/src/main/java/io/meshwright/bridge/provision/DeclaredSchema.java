package io.meshwright.bridge.provision;

import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.ListType;
import org.apache.iceberg.types.Types.MapType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StructType;

import java.util.List;
import java.util.Objects;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * The part of a table's schema that a contract declares, so that whoever lists many products need not open their tables.
 */
final class DeclaredSchema
{
    private DeclaredSchema() {}

    /**
     * Iceberg's JSON of the declared columns with ids and types, in the contract's order. Comments are left out: a change of
     * them is none of the product.
     */
    static String json(ContractModel model, Schema table)
    {
        List<NestedField> declared = model.fields().stream()
                .map(ContractField::name)
                .map(table.asStruct()::field)
                .filter(Objects::nonNull)
                .map(DeclaredSchema::withoutComment)
                .collect(toImmutableList());
        return SchemaParser.toJson(new Schema(declared));
    }

    private static NestedField withoutComment(NestedField field)
    {
        return NestedField.builder()
                .withId(field.fieldId())
                .withName(field.name())
                .isOptional(field.isOptional())
                .ofType(withoutComments(field.type()))
                .build();
    }

    private static Type withoutComments(Type type)
    {
        if (type.isStructType()) {
            return StructType.of(type.asStructType().fields().stream()
                    .map(DeclaredSchema::withoutComment)
                    .collect(toImmutableList()));
        }
        if (type.isListType()) {
            ListType list = type.asListType();
            Type element = withoutComments(list.elementType());
            return list.isElementOptional() ? ListType.ofOptional(list.elementId(), element) : ListType.ofRequired(list.elementId(), element);
        }
        if (type.isMapType()) {
            MapType map = type.asMapType();
            Type key = withoutComments(map.keyType());
            Type value = withoutComments(map.valueType());
            return map.isValueOptional() ? MapType.ofOptional(map.keyId(), map.valueId(), key, value) : MapType.ofRequired(map.keyId(), map.valueId(), key, value);
        }
        return type;
    }
}
