package io.meshwright.bridge.provision;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.ContractTypes;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Contract fields as Iceberg columns, and the Iceberg fields that contract fields mean in a table.
 */
public final class ContractSchemas
{
    private int lastId;

    private ContractSchemas() {}

    /**
     * The schema of a new table. Fields of the primary key are the identifier fields, unless Iceberg refuses their type as one.
     */
    public static Schema schema(ContractModel model)
    {
        ContractSchemas ids = new ContractSchemas();
        List<NestedField> fields = ids.fields(model.fields());
        Set<Integer> identifiers = new LinkedHashSet<>();
        boolean keyed = true;
        for (int index = 0; index < fields.size(); index++) {
            if (model.fields().get(index).primaryKey()) {
                identifiers.add(fields.get(index).fieldId());
                keyed &= isIdentifier(fields.get(index));
            }
        }
        return new Schema(fields, keyed ? identifiers : Set.of());
    }

    /**
     * The type that a contract field has in a table.
     */
    static Type type(ContractField field)
    {
        return new ContractSchemas().typeOf(field);
    }

    /**
     * The Iceberg field of each contract field by its path, nested ones by dots, {@code element}, {@code key} and {@code value}
     * for what is in lists and maps. Fields that the table does not have are left out.
     */
    public static Map<String, Integer> fieldIds(ContractModel model, Schema table)
    {
        ImmutableMap.Builder<String, Integer> ids = ImmutableMap.builder();
        collect(model.fields(), table.asStruct(), "", ids);
        return ids.buildOrThrow();
    }

    private static void collect(List<ContractField> fields, Types.StructType struct, String prefix, ImmutableMap.Builder<String, Integer> ids)
    {
        for (ContractField field : fields) {
            NestedField column = struct.field(field.name());
            if (column != null) {
                collect(field, column.fieldId(), column.type(), prefix + field.name(), ids);
            }
        }
    }

    private static void collect(ContractField field, int id, Type type, String path, ImmutableMap.Builder<String, Integer> ids)
    {
        ids.put(path, id);
        if (type.isStructType()) {
            collect(field.fields(), type.asStructType(), path + ".", ids);
        }
        else if (type.isListType()) {
            field.items().ifPresent(items -> collect(items, type.asListType().elementId(), type.asListType().elementType(), path + ".element", ids));
        }
        else if (type.isMapType()) {
            field.key().ifPresent(key -> collect(key, type.asMapType().keyId(), type.asMapType().keyType(), path + ".key", ids));
            field.value().ifPresent(value -> collect(value, type.asMapType().valueId(), type.asMapType().valueType(), path + ".value", ids));
        }
    }

    private static boolean isIdentifier(NestedField field)
    {
        return field.isRequired() && field.type().isPrimitiveType() &&
                field.type().typeId() != Type.TypeID.FLOAT && field.type().typeId() != Type.TypeID.DOUBLE;
    }

    private List<NestedField> fields(List<ContractField> fields)
    {
        List<Integer> ids = fields.stream().map(field -> nextId()).toList();
        List<NestedField> columns = new ArrayList<>();
        for (int index = 0; index < fields.size(); index++) {
            ContractField field = fields.get(index);
            columns.add(NestedField.builder()
                    .withId(ids.get(index))
                    .withName(field.name())
                    .isOptional(!field.required())
                    .ofType(typeOf(field))
                    .withDoc(field.description().orElse(null))
                    .build());
        }
        return columns;
    }

    private Type typeOf(ContractField field)
    {
        return switch (field.type()) {
            case STRING -> Types.StringType.get();
            case INTEGER -> Types.IntegerType.get();
            case LONG -> Types.LongType.get();
            case DECIMAL -> Types.DecimalType.of(field.precision().orElse(ContractTypes.DEFAULT_PRECISION), field.scale().orElse(0));
            case FLOAT -> Types.FloatType.get();
            case DOUBLE -> Types.DoubleType.get();
            case BOOLEAN -> Types.BooleanType.get();
            case DATE -> Types.DateType.get();
            case TIME -> Types.TimeType.get();
            case TIMESTAMP -> Types.TimestampType.withZone();
            case TIMESTAMP_NTZ -> Types.TimestampType.withoutZone();
            case BINARY -> Types.BinaryType.get();
            case UUID -> Types.UUIDType.get();
            case STRUCT -> Types.StructType.of(fields(field.fields()));
            case ARRAY -> list(field.items().orElseThrow(() -> incomplete(field, "items")));
            case MAP -> map(field.key().orElseThrow(() -> incomplete(field, "key")), field.value().orElseThrow(() -> incomplete(field, "value")));
        };
    }

    private Type list(ContractField items)
    {
        int elementId = nextId();
        return items.required()
                ? Types.ListType.ofRequired(elementId, typeOf(items))
                : Types.ListType.ofOptional(elementId, typeOf(items));
    }

    private Type map(ContractField key, ContractField value)
    {
        int keyId = nextId();
        int valueId = nextId();
        return value.required()
                ? Types.MapType.ofRequired(keyId, valueId, typeOf(key), typeOf(value))
                : Types.MapType.ofOptional(keyId, valueId, typeOf(key), typeOf(value));
    }

    private int nextId()
    {
        lastId++;
        return lastId;
    }

    private static IllegalArgumentException incomplete(ContractField field, String part)
    {
        return new IllegalArgumentException("Field %s has no %s".formatted(field.path(), part));
    }
}
