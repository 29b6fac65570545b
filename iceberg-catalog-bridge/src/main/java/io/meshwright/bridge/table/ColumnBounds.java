package io.meshwright.bridge.table;

import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.MetricsModes;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The least and the greatest values of a data file's columns, for those columns for which the table's properties ask for whole
 * bounds. Iceberg's Avro writer keeps none.
 */
final class ColumnBounds
{
    private static final class Column
    {
        private final int position;
        private final NestedField field;
        private final Comparator<Object> order;
        private Object least;
        private Object greatest;
        private long nulls;

        private Column(int position, NestedField field)
        {
            this.position = position;
            this.field = field;
            order = Comparators.forType(field.type().asPrimitiveType());
        }

        private void add(StructLike row)
        {
            Object value = row.get(position, Object.class);
            if (value == null) {
                nulls++;
                return;
            }
            if (least == null || order.compare(value, least) < 0) {
                least = kept(value);
            }
            if (greatest == null || order.compare(value, greatest) > 0) {
                greatest = kept(value);
            }
        }

        /**
         * Readers reuse what holds a text.
         */
        private Object kept(Object value)
        {
            return field.type().typeId() == Type.TypeID.STRING ? value.toString() : value;
        }
    }

    private final List<Column> columns = new ArrayList<>();
    private long count;

    ColumnBounds(Table table)
    {
        MetricsConfig config = MetricsConfig.forTable(table);
        List<NestedField> fields = table.schema().columns();
        for (int position = 0; position < fields.size(); position++) {
            NestedField field = fields.get(position);
            if (field.type().isPrimitiveType() && config.columnMode(field.name()) == MetricsModes.Full.get()) {
                columns.add(new Column(position, field));
            }
        }
    }

    void add(StructLike row)
    {
        count++;
        columns.forEach(column -> column.add(row));
    }

    Metrics metrics()
    {
        Map<Integer, Long> values = new HashMap<>();
        Map<Integer, Long> nulls = new HashMap<>();
        Map<Integer, ByteBuffer> lower = new HashMap<>();
        Map<Integer, ByteBuffer> upper = new HashMap<>();
        for (Column column : columns) {
            int id = column.field.fieldId();
            values.put(id, count);
            nulls.put(id, column.nulls);
            if (column.least != null) {
                lower.put(id, Conversions.toByteBuffer(column.field.type(), column.least));
                upper.put(id, Conversions.toByteBuffer(column.field.type(), column.greatest));
            }
        }
        return new Metrics(count, null, values, nulls, null, lower, upper);
    }
}
