package io.meshwright.spark.check;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Rows with what real data has: nulls, NaN, signed zeros, letters of many scripts, repeated keys.
 */
final class RandomOrders
{
    static final String COLUMNS =
            """
            id bigint, line int, name string, status string, amount double, price decimal(10, 2), day date, at timestamp, local timestamp_ntz,
            flag boolean, tags array<string>, address struct<street: string, zip: string>,
            lines array<struct<sku: string, quantity: int, weights: array<double>>>, labels map<string, int>""";
    static final String NAMES_OF_COLUMNS = "id, line, name, status, amount, price, day, at, local, flag, tags, address, lines, labels";

    private static final StructType SCHEMA = DataTypes.createStructType(List.of(
            DataTypes.createStructField("id", DataTypes.LongType, true),
            DataTypes.createStructField("line", DataTypes.IntegerType, true),
            DataTypes.createStructField("name", DataTypes.StringType, true),
            DataTypes.createStructField("status", DataTypes.StringType, true),
            DataTypes.createStructField("amount", DataTypes.DoubleType, true),
            DataTypes.createStructField("price", DataTypes.createDecimalType(10, 2), true),
            DataTypes.createStructField("day", DataTypes.DateType, true),
            DataTypes.createStructField("at", DataTypes.TimestampType, true),
            DataTypes.createStructField("local", DataTypes.TimestampNTZType, true),
            DataTypes.createStructField("flag", DataTypes.BooleanType, true),
            DataTypes.createStructField("tags", DataTypes.createArrayType(DataTypes.StringType), true),
            DataTypes.createStructField("address", DataTypes.createStructType(List.of(
                    DataTypes.createStructField("street", DataTypes.StringType, true),
                    DataTypes.createStructField("zip", DataTypes.StringType, true))), true),
            DataTypes.createStructField("lines", DataTypes.createArrayType(DataTypes.createStructType(List.of(
                    DataTypes.createStructField("sku", DataTypes.StringType, true),
                    DataTypes.createStructField("quantity", DataTypes.IntegerType, true),
                    DataTypes.createStructField("weights", DataTypes.createArrayType(DataTypes.DoubleType), true)))), true),
            DataTypes.createStructField("labels", DataTypes.createMapType(DataTypes.StringType, DataTypes.IntegerType), true)));

    private static final List<String> NAMES = List.of("", "N/A", "Zoë", "名前", "a@b.example", "😀😀", "ORD-1", "ord-1", " ORD-1", "line\nend", "x'\"`\\");
    private static final List<Double> AMOUNTS = List.of(Double.NaN, 0.0, -0.0, 1.5, -1.5, 99.99, 100.0, 1e300, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.1);

    private final Random random;
    private final int nullsPerHundred;

    RandomOrders(long seed, int nullsPerHundred)
    {
        this.random = new Random(seed);
        this.nullsPerHundred = nullsPerHundred;
    }

    static StructType schema()
    {
        return SCHEMA;
    }

    List<Map<String, Object>> rows(int count)
    {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", orNull(() -> (long) random.nextInt(count * 3)));
            row.put("line", orNull(() -> random.nextInt(3)));
            row.put("name", orNull(() -> NAMES.get(random.nextInt(NAMES.size()))));
            row.put("status", orNull(() -> List.of("placed", "fulfilled", "cancelled", "Placed").get(random.nextInt(4))));
            row.put("amount", orNull(() -> AMOUNTS.get(random.nextInt(AMOUNTS.size()))));
            row.put("price", orNull(() -> BigDecimal.valueOf(random.nextInt(2_000) - 500, 2)));
            row.put("day", orNull(() -> LocalDate.of(2026, 10, 20).plusDays(random.nextInt(30))));
            row.put("at", orNull(() -> Instant.parse("2026-11-01T00:00:00Z").plusMillis(random.nextInt(86_400_000))));
            row.put("local", orNull(() -> LocalDateTime.of(2026, 11, 1, 0, 0).plusSeconds(random.nextInt(86_400))));
            row.put("flag", orNull(random::nextBoolean));
            row.put("tags", orNull(() -> list(3, () -> NAMES.get(random.nextInt(NAMES.size())))));
            row.put("address", orNull(() -> {
                Map<String, Object> address = new LinkedHashMap<>();
                address.put("street", orNull(() -> NAMES.get(random.nextInt(NAMES.size()))));
                address.put("zip", orNull(() -> String.valueOf(10_000 + random.nextInt(100))));
                return address;
            }));
            row.put("lines", orNull(() -> list(3, () -> {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("sku", orNull(() -> NAMES.get(random.nextInt(NAMES.size()))));
                line.put("quantity", orNull(() -> random.nextInt(5)));
                line.put("weights", orNull(() -> list(4, () -> AMOUNTS.get(random.nextInt(AMOUNTS.size())))));
                return line;
            })));
            row.put("labels", orNull(() -> {
                Map<String, Object> labels = new LinkedHashMap<>();
                for (int label = random.nextInt(3); label > 0; label--) {
                    labels.put(NAMES.get(random.nextInt(NAMES.size())), orNull(() -> random.nextInt(3)));
                }
                return labels;
            }));
            rows.add(row);
        }
        return rows;
    }

    private <T> List<T> list(int atMost, Supplier<T> element)
    {
        List<T> list = new ArrayList<>();
        for (int index = random.nextInt(atMost + 1); index > 0; index--) {
            list.add(orNull(element));
        }
        return list;
    }

    static List<Row> toSpark(List<Map<String, Object>> rows)
    {
        return rows.stream().map(row -> (Row) toSpark(row, SCHEMA)).toList();
    }

    private static Object toSpark(Object value, DataType type)
    {
        if (value instanceof Map<?, ?> struct && type instanceof StructType fields) {
            Object[] values = new Object[fields.size()];
            for (int index = 0; index < values.length; index++) {
                values[index] = toSpark(struct.get(fields.fieldNames()[index]), fields.fields()[index].dataType());
            }
            return RowFactory.create(values);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> toSpark(element, ((ArrayType) type).elementType())).toArray();
        }
        return value;
    }

    /**
     * The values of a row as {@link #rows} makes them.
     */
    static Object fromSpark(Object value)
    {
        if (value instanceof Row row) {
            Map<String, Object> struct = new LinkedHashMap<>();
            for (int index = 0; index < row.size(); index++) {
                struct.put(row.schema().fieldNames()[index], fromSpark(row.get(index)));
            }
            return struct;
        }
        if (value instanceof scala.collection.Seq<?> list) {
            List<Object> elements = new ArrayList<>();
            CollectionConverters.asJava(list).forEach(element -> elements.add(fromSpark(element)));
            return elements;
        }
        if (value instanceof scala.collection.Map<?, ?> map) {
            return new LinkedHashMap<>(CollectionConverters.asJava(map));
        }
        return value;
    }

    private <T> T orNull(Supplier<T> value)
    {
        return random.nextInt(100) < nullsPerHundred ? null : value.get();
    }
}
