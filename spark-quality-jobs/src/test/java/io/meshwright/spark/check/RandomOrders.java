package io.meshwright.spark.check;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

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
            flag boolean, tags array<string>, address struct<street: string, zip: string>""";

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
                    DataTypes.createStructField("zip", DataTypes.StringType, true))), true)));

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
            row.put("tags", orNull(() -> NAMES.subList(0, random.nextInt(4))));
            row.put("address", orNull(() -> {
                Map<String, Object> address = new LinkedHashMap<>();
                address.put("street", orNull(() -> NAMES.get(random.nextInt(NAMES.size()))));
                address.put("zip", orNull(() -> String.valueOf(10_000 + random.nextInt(100))));
                return address;
            }));
            rows.add(row);
        }
        return rows;
    }

    static List<Row> toSpark(List<Map<String, Object>> rows)
    {
        return rows.stream().map(row -> {
            Object[] values = row.values().toArray();
            if (values[11] instanceof Map<?, ?> address) {
                values[11] = RowFactory.create(address.values().toArray());
            }
            if (values[10] instanceof List<?> tags) {
                values[10] = tags.toArray(new String[0]);
            }
            return RowFactory.create(values);
        }).toList();
    }

    private <T> T orNull(Supplier<T> value)
    {
        return random.nextInt(100) < nullsPerHundred ? null : value.get();
    }
}
