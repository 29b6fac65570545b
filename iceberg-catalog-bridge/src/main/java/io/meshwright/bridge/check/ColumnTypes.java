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

/** Holds columns of a table against fields of a contract. */
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
        switch (field.type()) {
            case STRING:
                return type.typeId() == TypeID.STRING;
            case INTEGER:
                return type.typeId() == TypeID.INTEGER;
            case LONG:
                // ODCS has one word for whole numbers of every width
                return type.typeId() == TypeID.LONG || (type.typeId() == TypeID.INTEGER && field.declaredType().equals("integer"));
            case DECIMAL:
                return isDecimal(type, field) || (isNumber(type) && field.declaredType().equals("number") && field.precision().isEmpty());
            case FLOAT:
                return type.typeId() == TypeID.FLOAT;
            case DOUBLE:
                return type.typeId() == TypeID.DOUBLE;
            case BOOLEAN:
                return type.typeId() == TypeID.BOOLEAN;
            case DATE:
                return type.typeId() == TypeID.DATE;
            case TIME:
                return type.typeId() == TypeID.TIME;
            case TIMESTAMP:
                return type.typeId() == TypeID.TIMESTAMP && ((TimestampType) type).shouldAdjustToUTC();
            case TIMESTAMP_NTZ:
                return type.typeId() == TypeID.TIMESTAMP && !((TimestampType) type).shouldAdjustToUTC();
            case BINARY:
                return type.typeId() == TypeID.BINARY || type.typeId() == TypeID.FIXED;
            case UUID:
                return type.typeId() == TypeID.UUID;
            case STRUCT:
                // the fields within are checks of their own
                return type.isStructType();
            case ARRAY:
                return type.isListType() && field.items().map(items -> isElement(type.asListType().elementType(), items)).orElse(true);
            case MAP:
                return type.isMapType()
                        && field.key().map(key -> isElement(type.asMapType().keyType(), key)).orElse(true)
                        && field.value().map(value -> isElement(type.asMapType().valueType(), value)).orElse(true);
        }
        throw new IllegalStateException("Unknown type: " + field.type());
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
        return declared.isEmpty() || declared.getAsInt() == actual;
    }

    private static boolean isNumber(Type type)
    {
        return type.typeId() == TypeID.INTEGER || type.typeId() == TypeID.LONG || type.typeId() == TypeID.FLOAT || type.typeId() == TypeID.DOUBLE;
    }

    private static String declared(ContractField field)
    {
        String digits = field.precision().isPresent() && !field.declaredType().contains("(")
                ? "(" + field.precision().getAsInt() + (field.scale().isPresent() ? ", " + field.scale().getAsInt() : "") + ")"
                : "";
        return field.declaredType() + digits;
    }
}
