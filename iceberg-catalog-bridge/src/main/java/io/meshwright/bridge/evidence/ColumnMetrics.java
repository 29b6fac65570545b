package io.meshwright.bridge.evidence;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.NestedField;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a manifest tells of one top-level column of primitive type in one data file, deletes left out of account. Metrics whose counts
 * do not add up to the rows of the file are not believed at all.
 *
 * @param rows of the file
 * @param nulls among them
 * @param nans of a column of floating point; empty where they were not counted
 * @param lower at most the least value; NaN is not among the values
 * @param upper at least the greatest value
 */
record ColumnMetrics(long rows, long nulls, Optional<Long> nans, Optional<Object> lower, Optional<Object> upper)
{
    ColumnMetrics
    {
        requireNonNull(nans, "nans is null");
        requireNonNull(lower, "lower is null");
        requireNonNull(upper, "upper is null");
    }

    static Optional<ColumnMetrics> of(DataFile file, PartitionSpec spec, NestedField field)
    {
        if (!field.type().isPrimitiveType()) {
            return Optional.empty();
        }
        Optional<ColumnMetrics> constant = ofPartition(file, spec, field);
        if (constant.isPresent()) {
            return constant;
        }
        int id = field.fieldId();
        Optional<Long> values = find(file.valueCounts(), id);
        Optional<Long> nulls = find(file.nullValueCounts(), id);
        long rows = file.recordCount();
        if (values.isEmpty() || values.orElseThrow() != rows || nulls.isEmpty() || nulls.orElseThrow() < 0 || nulls.orElseThrow() > rows) {
            return Optional.empty();
        }
        return Optional.of(new ColumnMetrics(
                rows,
                nulls.orElseThrow(),
                isFloating(field.type()) ? find(file.nanValueCounts(), id) : Optional.of(0L),
                find(file.lowerBounds(), id).flatMap(bound -> decode(field.type(), bound)),
                find(file.upperBounds(), id).flatMap(bound -> decode(field.type(), bound))));
    }

    /**
     * A file has one value of a column by which its table is partitioned as it is.
     */
    private static Optional<ColumnMetrics> ofPartition(DataFile file, PartitionSpec spec, NestedField field)
    {
        for (int position = 0; position < spec.fields().size(); position++) {
            PartitionField partition = spec.fields().get(position);
            if (partition.sourceId() == field.fieldId() && partition.transform().isIdentity()) {
                Object value = file.partition().get(position, Object.class);
                if (value == null) {
                    return Optional.of(new ColumnMetrics(file.recordCount(), file.recordCount(), Optional.of(0L), Optional.empty(), Optional.empty()));
                }
                return JavaValues.of(field.type(), value)
                        .map(constant -> isNaN(constant)
                                ? new ColumnMetrics(file.recordCount(), 0, Optional.of(file.recordCount()), Optional.empty(), Optional.empty())
                                : new ColumnMetrics(file.recordCount(), 0, Optional.of(0L), Optional.of(constant), Optional.of(constant)));
            }
        }
        return Optional.empty();
    }

    boolean isAllNull()
    {
        return nulls == rows;
    }

    long values()
    {
        return rows - nulls;
    }

    /**
     * The value that every row has that has any.
     */
    Optional<Object> onlyValue()
    {
        if (nans.filter(count -> count == 0).isEmpty() || lower.isEmpty() || !lower.equals(upper)) {
            return Optional.empty();
        }
        return lower;
    }

    private static Optional<Object> decode(Type type, ByteBuffer bound)
    {
        return JavaValues.of(type, Conversions.fromByteBuffer(type, bound));
    }

    private static boolean isFloating(Type type)
    {
        return type.typeId() == TypeID.FLOAT || type.typeId() == TypeID.DOUBLE;
    }

    private static boolean isNaN(Object value)
    {
        return (value instanceof Double number && number.isNaN()) || (value instanceof Float small && small.isNaN());
    }

    private static <V> Optional<V> find(Map<Integer, V> values, int fieldId)
    {
        return values == null ? Optional.empty() : Optional.ofNullable(values.get(fieldId));
    }
}
