package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import com.google.common.primitives.Longs;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

/**
 * Random rows of all types that can be compared, with the SQL that makes a table of them.
 */
final class GeneratedTable
{
    static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
    static final int DAYS = 4;

    private static final List<String> TEXTS = ImmutableList.of("", "a", "A", "a ", " a", "O'Neil", "back\\slash", "gr\u00FC\u00DFe", "gru\u0308\u00DFe", "\uD83D\uDE00", "tab\there", "null", "1", "1.0");

    record Column(String name, String sql, Type iceberg) {}

    private static final List<List<String>> KEYS = List.of(List.of("id"), List.of("name"), List.of("name", "id"), List.of("uid"));

    private final Dialect dialect;
    private final List<Column> columns;
    private final List<String> key;
    private final Random random;

    /**
     * The SQL of a database, with the type of each column.
     */
    enum Dialect
    {
        POSTGRESQL("bigint", "text", "uuid", "date", "integer", "numeric(18,2)", "char(5)", "varchar(40)", "timestamp", "timestamptz", "boolean", "bytea", "double precision") {
            @Override
            String literal(String sql, Object value)
            {
                return switch (sql) {
                    case "date" -> "DATE '" + LocalDate.ofEpochDay((long) value) + "'";
                    case "timestamp" -> "TIMESTAMP 'epoch' + INTERVAL '" + value + " microseconds'";
                    case "timestamptz" -> "TIMESTAMPTZ 'epoch' + INTERVAL '" + value + " microseconds'";
                    case "bytea" -> "decode('" + HexFormat.of().formatHex((byte[]) value) + "', 'hex')";
                    default -> "'" + value.toString().replace("'", "''") + "'::" + sql;
                };
            }
        },
        MARIADB("bigint", "text", "uuid", "date", "integer", "numeric(18,2)", "char(5)", "varchar(40)", "datetime(6)", "timestamp(6)", "bit(1)", "varbinary(40)", "double") {
            @Override
            String literal(String sql, Object value)
            {
                return switch (sql) {
                    case "date" -> "DATE '" + LocalDate.ofEpochDay((long) value) + "'";
                    case "datetime(6)", "timestamp(6)" -> "'" + Instant.EPOCH.plus((long) value, ChronoUnit.MICROS).toString().replace("T", " ").replace("Z", "") + "'";
                    case "bit(1)" -> (Boolean) value ? "b'1'" : "b'0'";
                    case "varbinary(40)" -> "x'" + HexFormat.of().formatHex((byte[]) value) + "'";
                    // in which no character means anything else
                    case "text", "char(5)", "varchar(40)" -> "_utf8mb4 x'" + HexFormat.of().formatHex(value.toString().getBytes(UTF_8)) + "'";
                    default -> "'" + value + "'";
                };
            }
        };

        private final List<String> types;

        Dialect(String... types)
        {
            this.types = ImmutableList.copyOf(types);
        }

        abstract String literal(String sql, Object value);
    }

    GeneratedTable(Random random)
    {
        this(random, Dialect.POSTGRESQL);
    }

    GeneratedTable(Random random, Dialect dialect)
    {
        this(random, dialect, KEYS.get(random.nextInt(KEYS.size())));
    }

    GeneratedTable(Random random, Dialect dialect, List<String> key)
    {
        this.random = random;
        this.dialect = dialect;
        this.key = key;
        List<String> names = List.of("id", "name", "uid", "day", "small", "amount", "code", "comment", "wall", "instant", "flag", "bytes", "score");
        List<Type> types = List.of(
                Types.LongType.get(),
                Types.StringType.get(),
                Types.UUIDType.get(),
                Types.DateType.get(),
                Types.IntegerType.get(),
                Types.DecimalType.of(18, 2),
                Types.StringType.get(),
                Types.StringType.get(),
                Types.TimestampType.withoutZone(),
                Types.TimestampType.withZone(),
                Types.BooleanType.get(),
                Types.BinaryType.get(),
                Types.DoubleType.get());
        ImmutableList.Builder<Column> built = ImmutableList.builder();
        for (int index = 0; index < names.size(); index++) {
            built.add(new Column(names.get(index), dialect.types.get(index), types.get(index)));
        }
        columns = built.build();
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
            // of a version and variant that every database takes
            case "uid" -> UUID.nameUUIDFromBytes(Longs.toByteArray(random.nextLong())).toString();
            case "day" -> FIRST.plusDays(random.nextInt(DAYS)).toEpochDay();
            case "small" -> (long) random.nextInt() >> random.nextInt(30);
            case "amount" -> BigDecimal.valueOf(random.nextInt(5) == 0 ? 0 : random.nextInt(2_000_000) - 1_000_000, 2);
            // as an export writes it: with the padding of char(5)
            case "code" -> random.nextBoolean() ? "ab" : random.nextBoolean() ? "ab   " : "xyz12";
            // MariaDB's timestamp ends in 2038
            case "instant" -> FIRST.toEpochDay() * 86_400_000_000L + (random.nextInt(4) - 2) * 86_400_000_000L * 4_000L + random.nextInt(1_000_000_000) * 7L;
            case "wall" -> (FIRST.toEpochDay() * 86_400_000_000L + (random.nextInt(4) - 1) * 86_400_000_000L * 20_000L / 3) + random.nextInt(1_000_000_000) * 7L;
            case "flag" -> random.nextBoolean();
            case "bytes" -> new byte[] {(byte) random.nextInt(256), 0, 39, 92};
            case "score" -> random.nextInt(6) == 0 ? -0.0 : random.nextInt(12) == 0 ? notANumber() : random.nextInt(1000) / 8.0;
            default -> throw new IllegalArgumentException("No such column: " + column);
        };
    }

    private double notANumber()
    {
        return dialect == Dialect.POSTGRESQL ? Double.NaN : 1e300;
    }

    List<String> statements(String table, List<Map<String, Object>> rows)
    {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE " + table + columns.stream().map(column -> column.name() + " " + column.sql() + " NULL").collect(joining(", ", " (", ")")));
        for (List<Map<String, Object>> part : Lists.partition(rows, 200)) {
            statements.add("INSERT INTO " + table + " VALUES " + part.stream().map(this::literals).collect(joining(", ")));
        }
        return statements;
    }

    private String literals(Map<String, Object> row)
    {
        return columns.stream().map(column -> literal(column, row.get(column.name()))).collect(joining(", ", "(", ")"));
    }

    private String literal(Column column, Object value)
    {
        return value == null ? "NULL" : dialect.literal(column.sql(), value);
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
