package io.meshwright.bridge.table;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * How records of one Java type are rows of a table: the columns with their Iceberg types, and the way to and from {@link Row}.
 * Timestamps have microseconds and are instants; a list is never null.
 */
public final class RowSchema<T>
{
    /**
     * @param elementSchema of a list of structs
     * @param value gives a plain Java value as {@link Row} holds it, or null
     */
    record Column<T>(String name, Optional<Type> type, Optional<RowSchema<?>> elementSchema, boolean required, String doc, Function<T, Object> value) {}

    private final List<Column<T>> columns;
    private final List<String> boundedColumns;
    private final Map<String, String> properties;
    private final Function<Row, T> decoder;
    private final Schema icebergSchema;

    private RowSchema(List<Column<T>> columns, List<String> boundedColumns, Map<String, String> properties, Function<Row, T> decoder)
    {
        this.columns = ImmutableList.copyOf(columns);
        this.boundedColumns = ImmutableList.copyOf(boundedColumns);
        checkArgument(columnNames().containsAll(boundedColumns), "Bounds are kept of a column that is not there: %s", boundedColumns);
        this.properties = ImmutableMap.copyOf(properties);
        this.decoder = requireNonNull(decoder, "decoder is null");
        this.icebergSchema = new Schema(fields(new FieldIds()));
    }

    public static <T> Builder<T> builder()
    {
        return new Builder<>();
    }

    /**
     * The schema as a new table gets it. An existing table may have other field ids.
     */
    public Schema icebergSchema()
    {
        return icebergSchema;
    }

    public List<String> columnNames()
    {
        return columns.stream().map(Column::name).collect(toImmutableList());
    }

    /**
     * The columns of which the least and the greatest value are kept for each data file.
     */
    public List<String> boundedColumns()
    {
        return boundedColumns;
    }

    /**
     * Properties that a new table gets besides those of every table.
     */
    Map<String, String> properties()
    {
        return properties;
    }

    public Row encode(T record)
    {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Column<T> column : columns) {
            Object value = column.value().apply(record);
            checkArgument(value != null || !column.required(), "Column %s has no value", column.name());
            values.put(column.name(), value);
        }
        return Row.of(values);
    }

    /**
     * @throws IllegalArgumentException when the row does not have the columns that this schema needs, or the record refuses its values
     */
    public T decode(Row row)
    {
        return decoder.apply(row);
    }

    private List<NestedField> fields(FieldIds ids)
    {
        // top level first, then nested: the order in which Iceberg numbers a new table
        List<Integer> own = columns.stream().map(unused -> ids.next()).toList();
        ImmutableList.Builder<NestedField> fields = ImmutableList.builder();
        for (int index = 0; index < columns.size(); index++) {
            Column<T> column = columns.get(index);
            Type type = column.type().orElseGet(() -> Types.ListType.ofRequired(
                    ids.next(),
                    Types.StructType.of(column.elementSchema().orElseThrow().fields(ids))));
            if (type.isListType() && column.elementSchema().isEmpty()) {
                type = Types.ListType.ofRequired(ids.next(), type.asListType().elementType());
            }
            fields.add(NestedField.builder()
                    .withId(own.get(index))
                    .withName(column.name())
                    .isOptional(!column.required())
                    .ofType(type)
                    .withDoc(column.doc())
                    .build());
        }
        return fields.build();
    }

    private static final class FieldIds
    {
        private int last;

        private int next()
        {
            last++;
            return last;
        }
    }

    /**
     * Columns in the order of the table. Each has a name, a description for readers of the table, and where its value comes from.
     */
    public static final class Builder<T>
    {
        private final List<Column<T>> columns = new ArrayList<>();
        private final Map<String, String> properties = new LinkedHashMap<>();
        private List<String> boundedColumns = List.of();

        private Builder() {}

        /**
         * Keeps the least and the greatest value of these columns for each data file, so that whoever asks for few values skips
         * files. The columns are no lists.
         */
        public Builder<T> bounds(String... names)
        {
            boundedColumns = ImmutableList.copyOf(names);
            return this;
        }

        /**
         * Maintenance puts rows of one value of a bounded text column into files of their own, so that whoever asks for one value reads little else.
         */
        public Builder<T> clusterBy(String column)
        {
            return property(RegistryMaintenance.CLUSTER_BY, column);
        }

        public Builder<T> property(String name, String value)
        {
            properties.put(name, value);
            return this;
        }

        public Builder<T> binary(String name, String doc, Function<T, byte[]> value)
        {
            return add(name, Types.BinaryType.get(), true, doc, value::apply);
        }

        public Builder<T> string(String name, String doc, Function<T, String> value)
        {
            return add(name, Types.StringType.get(), true, doc, value::apply);
        }

        public Builder<T> optionalString(String name, String doc, Function<T, Optional<String>> value)
        {
            return add(name, Types.StringType.get(), false, doc, record -> value.apply(record).orElse(null));
        }

        public Builder<T> integer(String name, String doc, ToIntFunction<T> value)
        {
            return add(name, Types.IntegerType.get(), true, doc, value::applyAsInt);
        }

        public Builder<T> optionalInteger(String name, String doc, Function<T, OptionalInt> value)
        {
            return add(name, Types.IntegerType.get(), false, doc, record -> {
                OptionalInt number = value.apply(record);
                return number.isPresent() ? number.orElseThrow() : null;
            });
        }

        public Builder<T> bigint(String name, String doc, ToLongFunction<T> value)
        {
            return add(name, Types.LongType.get(), true, doc, value::applyAsLong);
        }

        public Builder<T> optionalBigint(String name, String doc, Function<T, OptionalLong> value)
        {
            return add(name, Types.LongType.get(), false, doc, record -> {
                OptionalLong number = value.apply(record);
                return number.isPresent() ? number.orElseThrow() : null;
            });
        }

        public Builder<T> bool(String name, String doc, Predicate<T> value)
        {
            return add(name, Types.BooleanType.get(), true, doc, value::test);
        }

        public Builder<T> optionalBool(String name, String doc, Function<T, Optional<Boolean>> value)
        {
            return add(name, Types.BooleanType.get(), false, doc, record -> value.apply(record).orElse(null));
        }

        /**
         * A number with a fixed scale; finer digits are rounded half up.
         */
        public Builder<T> decimal(String name, int precision, int scale, String doc, Function<T, BigDecimal> value)
        {
            return add(name, Types.DecimalType.of(precision, scale), true, doc, record -> fit(name, precision, scale, value.apply(record)));
        }

        /**
         * A number with a fixed scale; finer digits are rounded half up.
         */
        public Builder<T> optionalDecimal(String name, int precision, int scale, String doc, Function<T, Optional<BigDecimal>> value)
        {
            return add(
                    name,
                    Types.DecimalType.of(precision, scale),
                    false,
                    doc,
                    record -> value.apply(record).map(number -> fit(name, precision, scale, number)).orElse(null));
        }

        public Builder<T> timestamp(String name, String doc, Function<T, Instant> value)
        {
            return add(name, Types.TimestampType.withZone(), true, doc, record -> value.apply(record).truncatedTo(ChronoUnit.MICROS));
        }

        public Builder<T> optionalTimestamp(String name, String doc, Function<T, Optional<Instant>> value)
        {
            return add(
                    name,
                    Types.TimestampType.withZone(),
                    false,
                    doc,
                    record -> value.apply(record).map(instant -> instant.truncatedTo(ChronoUnit.MICROS)).orElse(null));
        }

        public Builder<T> date(String name, String doc, Function<T, LocalDate> value)
        {
            return add(name, Types.DateType.get(), true, doc, value::apply);
        }

        public Builder<T> optionalDate(String name, String doc, Function<T, Optional<LocalDate>> value)
        {
            return add(name, Types.DateType.get(), false, doc, record -> value.apply(record).orElse(null));
        }

        public Builder<T> strings(String name, String doc, Function<T, List<String>> value)
        {
            // the element's id is given by the schema
            return add(name, Types.ListType.ofRequired(0, Types.StringType.get()), true, doc, value::apply);
        }

        public <E> Builder<T> structs(String name, String doc, RowSchema<E> element, Function<T, List<E>> value)
        {
            columns.add(new Column<>(name, Optional.empty(), Optional.of(element), true, doc, record -> value.apply(record).stream()
                    .map(element::encode)
                    .collect(toImmutableList())));
            return this;
        }

        public RowSchema<T> build(Function<Row, T> decoder)
        {
            return new RowSchema<>(columns, boundedColumns, properties, decoder);
        }

        private Builder<T> add(String name, Type type, boolean required, String doc, Function<T, Object> value)
        {
            columns.add(new Column<>(name, Optional.of(type), Optional.empty(), required, doc, value));
            return this;
        }

        private static BigDecimal fit(String column, int precision, int scale, BigDecimal value)
        {
            BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
            checkArgument(rounded.precision() <= precision, "Column %s cannot hold %s", column, value);
            return rounded;
        }
    }
}
