package io.meshwright.bridge.check;

import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.FieldType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.TimestampType;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Holds columns of a table against fields of a contract.
 */
public final class ColumnTypes
{
    private ColumnTypes() {}

    /**
     * What is wrong with a column, in words; empty when it is there with the type that the contract says.
     * Whether a column may be null is no question of its type: the values tell.
     *
     * @param column dots lead into structs
     */
    public static Optional<String> mismatch(Schema schema, String column, ContractField field)
    {
        NestedField found = schema.findField(column);
        if (found == null) {
            NestedField inOtherCase = schema.caseInsensitiveFindField(column);
            return Optional.of("column " + column + " is not in the table"
                    + (inOtherCase == null ? "" : ", but " + inOtherCase.name() + " is"));
        }
        return isOfType(found.type(), field)
                ? Optional.empty()
                : Optional.of("column " + column + " is " + found.type() + " in the table, the contract says " + declared(field));
    }

    private static boolean isOfType(Type type, ContractField field)
    {
        return switch (field.type()) {
            case STRING -> type.typeId() == TypeID.STRING;
            case INTEGER -> type.typeId() == TypeID.INTEGER;
            // ODCS has one word for whole numbers of every width
            case LONG -> type.typeId() == TypeID.LONG || (type.typeId() == TypeID.INTEGER && field.declaredType().equals("integer"));
            case DECIMAL -> isDecimal(type, field) || (isNumber(type) && field.declaredType().equals("number") && field.precision().isEmpty());
            case FLOAT -> type.typeId() == TypeID.FLOAT;
            case DOUBLE -> type.typeId() == TypeID.DOUBLE;
            case BOOLEAN -> type.typeId() == TypeID.BOOLEAN;
            case DATE -> type.typeId() == TypeID.DATE;
            case TIME -> type.typeId() == TypeID.TIME;
            case TIMESTAMP -> type.typeId() == TypeID.TIMESTAMP && ((TimestampType) type).shouldAdjustToUTC();
            case TIMESTAMP_NTZ -> type.typeId() == TypeID.TIMESTAMP && !((TimestampType) type).shouldAdjustToUTC();
            case BINARY -> type.typeId() == TypeID.BINARY || type.typeId() == TypeID.FIXED;
            case UUID -> type.typeId() == TypeID.UUID;
            // the fields within are checks of their own
            case STRUCT -> type.isStructType();
            case ARRAY -> type.isListType() && field.items().map(items -> isElement(type.asListType().elementType(), items)).orElse(true);
            case MAP -> type.isMapType()
                    && field.key().map(key -> isElement(type.asMapType().keyType(), key)).orElse(true)
                    && field.value().map(value -> isElement(type.asMapType().valueType(), value)).orElse(true);
        };
    }

    private static boolean isElement(Type type, ContractField field)
    {
        if (!isOfType(type, field)) {
            return false;
        }
        return field.type() != FieldType.STRUCT || field.fields().stream().allMatch(nested -> {
            NestedField found = type.asStructType().field(nested.name());
            return found != null && isElement(found.type(), nested);
        });
    }

    private static boolean isDecimal(Type type, ContractField field)
    {
        if (type.typeId() != TypeID.DECIMAL) {
            return false;
        }
        Types.DecimalType decimal = (Types.DecimalType) type;
        return agrees(field.precision(), decimal.precision()) && agrees(field.scale(), decimal.scale());
    }

    private static boolean agrees(OptionalInt declared, int actual)
    {
        return declared.isEmpty() || declared.orElseThrow() == actual;
    }

    private static boolean isNumber(Type type)
    {
        return type.typeId() == TypeID.INTEGER || type.typeId() == TypeID.LONG || type.typeId() == TypeID.FLOAT || type.typeId() == TypeID.DOUBLE;
    }

    private static String declared(ContractField field)
    {
        String digits = field.precision().isPresent() && !field.declaredType().contains("(")
                ? "(" + field.precision().orElseThrow() + (field.scale().isPresent() ? ", " + field.scale().orElseThrow() : "") + ")"
                : "";
        return field.declaredType() + digits;
    }
}
