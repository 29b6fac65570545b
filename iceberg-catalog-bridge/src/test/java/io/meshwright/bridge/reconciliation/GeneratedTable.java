package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.fingerprint.CanonicalText;
import io.meshwright.model.fingerprint.ComparedType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Random rows of all types that can be compared, with the SQL that makes a PostgreSQL table of them.
 */
final class GeneratedTable
{
    static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
    static final int DAYS = 4;

    private static final List<String> TEXTS = ImmutableList.of("", "a", "A", "a ", " a", "O'Neil", "back\\slash", "gr\u00FC\u00DFe", "gru\u0308\u00DFe", "\uD83D\uDE00", "tab\there", "null", "1", "1.0");

    record Column(String name, String sql, Type iceberg) {}

    private final List<Column> columns;
    private final List<String> key;
    private final Random random;

    GeneratedTable(Random random)
    {
        this.random = random;
        List<List<String>> keys = List.of(List.of("id"), List.of("name"), List.of("name", "id"), List.of("uid"));
        key = keys.get(random.nextInt(keys.size()));
        columns = ImmutableList.of(
                new Column("id", "bigint", Types.LongType.get()),
                new Column("name", "text", Types.StringType.get()),
                new Column("uid", "uuid", Types.UUIDType.get()),
                new Column("day", "date", Types.DateType.get()),
                new Column("small", "integer", Types.IntegerType.get()),
                new Column("amount", "numeric(18,2)", Types.DecimalType.of(18, 2)),
                new Column("code", "char(5)", Types.StringType.get()),
                new Column("comment", "varchar(40)", Types.StringType.get()),
                new Column("wall", "timestamp", Types.TimestampType.withoutZone()),
                new Column("instant", "timestamptz", Types.TimestampType.withZone()),
                new Column("flag", "boolean", Types.BooleanType.get()),
                new Column("bytes", "bytea", Types.BinaryType.get()),
                new Column("score", "double precision", Types.DoubleType.get()));
    }

    List<String> key()
    {
        return key;
    }

    List<Column> columns()
    {
        return columns;
    }

    Schema schema()
    {
        List<NestedField> fields = new ArrayList<>();
        for (Column column : columns) {
            fields.add(NestedField.optional(fields.size() + 1, column.name(), column.iceberg()));
        }
        return new Schema(fields);
    }

    List<Map<String, Object>> rows(int count)
    {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            Map<String, Object> row = new HashMap<>();
            columns.forEach(column -> row.put(column.name(), value(column.name())));
            // keys repeat now and then, and some are missing
            row.put("id", random.nextInt(40) == 0 ? null : random.nextInt(30) == 0 ? 1L : (long) (index + 10) * (1 + random.nextInt(2)));
            row.put("name", random.nextInt(40) == 0 ? null : random.nextInt(10) == 0 ? TEXTS.get(random.nextInt(TEXTS.size())) : "n" + index);
            rows.add(row);
        }
        return rows;
    }

    /**
     * Another value of a column, often NULL or an extreme.
     */
    Object value(String column)
    {
        if (random.nextInt(8) == 0) {
            return null;
        }
        return switch (column) {
            case "id" -> random.nextInt(10) == 0 ? Long.valueOf(Long.MIN_VALUE + random.nextInt(5)) : Long.valueOf(random.nextInt(100_000));
            case "name", "comment" -> TEXTS.get(random.nextInt(TEXTS.size()));
            case "uid" -> new UUID(random.nextLong(), random.nextLong()).toString();
            case "day" -> FIRST.plusDays(random.nextInt(DAYS)).toEpochDay();
            case "small" -> (long) random.nextInt() >> random.nextInt(30);
            case "amount" -> BigDecimal.valueOf(random.nextInt(5) == 0 ? 0 : random.nextInt(2_000_000) - 1_000_000, 2);
            // as an export writes it: with the padding of char(5)
            case "code" -> random.nextBoolean() ? "ab" : random.nextBoolean() ? "ab   " : "xyz12";
            case "wall", "instant" -> (FIRST.toEpochDay() * 86_400_000_000L + (random.nextInt(4) - 1) * 86_400_000_000L * 20_000L / 3) + random.nextInt(1_000_000_000) * 7L;
            case "flag" -> random.nextBoolean();
            case "bytes" -> new byte[] {(byte) random.nextInt(256), 0, 39, 92};
            case "score" -> random.nextInt(6) == 0 ? -0.0 : random.nextInt(12) == 0 ? Double.NaN : random.nextInt(1000) / 8.0;
            default -> throw new IllegalArgumentException("No such column: " + column);
        };
    }

    List<String> statements(String table, List<Map<String, Object>> rows)
    {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE " + table + columns.stream().map(column -> column.name() + " " + column.sql()).toList().toString().replace('[', '(').replace(']', ')'));
        for (Map<String, Object> row : rows) {
            statements.add("INSERT INTO " + table + " VALUES " + columns.stream().map(column -> literal(column, row.get(column.name()))).toList().toString().replaceFirst("^\\[", "(").replaceFirst("]$", ")"));
        }
        return statements;
    }

    private static String literal(Column column, Object value)
    {
        if (value == null) {
            return "NULL";
        }
        return switch (column.sql()) {
            case "date" -> "DATE '" + LocalDate.ofEpochDay((long) value) + "'";
            case "timestamp" -> "TIMESTAMP 'epoch' + INTERVAL '" + value + " microseconds'";
            case "timestamptz" -> "TIMESTAMPTZ 'epoch' + INTERVAL '" + value + " microseconds'";
            case "bytea" -> "decode('" + CanonicalText.of(ComparedType.of(ComparedType.Kind.BINARY), value) + "', 'hex')";
            default -> "'" + value.toString().replace("'", "''") + "'::" + column.sql();
        };
    }

    static String window(Map<String, Object> row)
    {
        return row.get("day") == null ? "null" : LocalDate.ofEpochDay((long) row.get("day")).toString();
    }

    static List<ListedProduct.Row> listed(List<Map<String, Object>> rows)
    {
        return rows.stream().map(row -> new ListedProduct.Row(window(row), new LinkedHashMap<>(row))).collect(toImmutableList());
    }
}
