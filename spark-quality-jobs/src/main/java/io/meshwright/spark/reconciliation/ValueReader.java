package io.meshwright.spark.reconciliation;

import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.ComparedColumn.Normalizer;
import io.meshwright.model.fingerprint.ComparedType.Kind;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;

import java.io.Serializable;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * One column of Spark's rows as the values that are compared. Goes to executors.
 */
final class ValueReader
        implements Serializable
{
    private static final long serialVersionUID = 1;

    private final int column;
    private final Kind kind;
    private final boolean isInt;
    private final int precision;
    private final int scale;
    private final Normalizer normalizer;
    private final boolean isNormal;

    /**
     * @param column of the rows
     */
    ValueReader(int column, ComparedColumn compared, DataType type)
    {
        this.column = column;
        this.kind = compared.productType().kind();
        this.isInt = type instanceof IntegerType;
        this.precision = type instanceof DecimalType decimal ? decimal.precision() : 0;
        this.scale = type instanceof DecimalType decimal ? decimal.scale() : 0;
        checkArgument(kind != Kind.TIME, "Spark reads no column of type time: %s", compared.column());
        this.normalizer = compared.normalizer();
        // most columns need no second look
        this.isNormal = !compared.emptyIsNull() && compared.type().equals(compared.productType()) && kind != Kind.CHAR && kind != Kind.UUID;
    }

    /**
     * @return null for a value that is missing
     */
    Object read(InternalRow row)
    {
        if (row.isNullAt(column)) {
            return null;
        }
        Object value = value(row);
        return isNormal ? value : normalizer.normalized(value);
    }

    private Object value(InternalRow row)
    {
        return switch (kind) {
            case INTEGER -> isInt ? (long) row.getInt(column) : row.getLong(column);
            case DECIMAL -> row.getDecimal(column, precision, scale).toJavaBigDecimal();
            case REAL -> (double) row.getFloat(column);
            case DOUBLE -> row.getDouble(column);
            case TIMESTAMP, INSTANT -> row.getLong(column);
            case DATE -> (long) row.getInt(column);
            case BOOLEAN -> row.getBoolean(column);
            case CHAR, TEXT, UUID -> row.getUTF8String(column).toString();
            case BINARY -> row.getBinary(column);
            case TIME -> throw new IllegalStateException("Spark reads no times");
        };
    }
}
