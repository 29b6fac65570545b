package io.meshwright.spark.benchmark;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of which both sides write the same value differently, and rows that differ although they look alike. Each has a day of its own, so that a day that is told
 * to differ names the trap; only the two rows that swapped their values share one.
 */
final class ReconciliationTraps
{
    static final String TABLE = "traps";

    /**
     * @param legacy column and value; null for NULL
     * @param product the same
     */
    record Trap(int id, LocalDate day, String description, boolean isDifferent, Map<String, Optional<String>> legacy, Map<String, Optional<String>> product) {}

    private static final Map<String, String> LEGACY_TYPES = types("char(6)", "numeric(18,4)", "double precision", "timestamp(6)", "timestamptz(6)");
    private static final Map<String, String> COPY_TYPES = types("varchar(6)", "numeric(18,2)", "double precision", "timestamp(6)", "timestamptz(6)");
    private static final Map<String, String> SPARK_TYPES = types("string", "decimal(18,2)", "double", "timestamp_ntz", "timestamp");

    private final List<Trap> traps = new ArrayList<>();

    ReconciliationTraps()
    {
        same("blanks at the end of char(n)", "code", "AB", "AB");
        same("decimals of another scale", "amount", "1.2000", "1.20");
        same("an instant written in another zone", "occurred_at", "2025-02-01 12:00:00+02:00", "2025-02-01 10:00:00+00:00");
        same("negative zero", "ratio", "-0.0", "0.0");
        same("the last bit of a binary fraction", "ratio", "0.30000000000000004", "0.3");
        same("NaN", "ratio", "NaN", "NaN");
        same("NULL", "note", null, null);
        same("empty text", "note", "", "");
        same("fractions of a second that end in zeros", "updated_at", "2025-02-01 12:00:00.500000", "2025-02-01 12:00:00.5");
        different("one microsecond", "updated_at", "2025-02-01 12:00:00.123456", "2025-02-01 12:00:00.123457");
        different("one microsecond of an instant", "occurred_at", "2025-02-01 12:00:00.123456+00:00", "2025-02-01 12:00:00.123457+00:00");
        different("one hour", "occurred_at", "2025-02-01 12:00:00+00:00", "2025-02-01 13:00:00+00:00");
        different("NULL and empty text", "note", null, "");
        different("a blank at the end of varchar", "note", "abc ", "abc");
        different("upper case", "note", "Abc", "abc");
        different("normal forms of Unicode", "note", "caf\u00e9", "cafe\u0301");
        different("NULL and the text <null>", "note", null, "<null>");
        different("leading zeros", "note", "007", "7");
        add("a separator within text", true, values("note", "a|b", "remark", "c"), values("note", "a", "remark", "b|c"));
        different("a cent", "amount", "10.0100", "10.02");
        different("a cent of a great amount", "amount", "12345678901234.0100", "12345678901234.02");
        different("a millionth of a binary fraction", "ratio", "1000.001", "1000.002");
        different("NULL and false", "paid", null, "false");
        different("the day after", "due_on", "2025-02-01", "2025-02-02");
        different("values of two rows, swapped: one", "note", "left", "right");
        LocalDate same = traps.get(traps.size() - 1).day();
        traps.add(new Trap(traps.size(), same, "values of two rows, swapped: the other", true, values("note", "right"), values("note", "left")));
    }

    private static Map<String, String> types(String code, String amount, String ratio, String timestamp, String instant)
    {
        String text = code.equals("string") ? "string" : "varchar(40)";
        return ImmutableMap.<String, String>builder()
                .put("trap_id", "bigint")
                .put("code", code)
                .put("note", text)
                .put("remark", text)
                .put("amount", amount)
                .put("ratio", ratio)
                .put("due_on", "date")
                .put("updated_at", timestamp)
                .put("occurred_at", instant)
                .put("paid", "boolean")
                .put("day", "date")
                .buildOrThrow();
    }

    private void same(String description, String column, String legacy, String product)
    {
        add(description, false, values(column, legacy), values(column, product));
    }

    private void different(String description, String column, String legacy, String product)
    {
        add(description, true, values(column, legacy), values(column, product));
    }

    private void add(String description, boolean isDifferent, Map<String, Optional<String>> legacy, Map<String, Optional<String>> product)
    {
        traps.add(new Trap(traps.size(), OrderRows.FIRST.plusDays(traps.size()), description, isDifferent, legacy, product));
    }

    private static Map<String, Optional<String>> values(String... pairs)
    {
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        for (int index = 0; index < pairs.length; index += 2) {
            values.put(pairs[index], Optional.ofNullable(pairs[index + 1]));
        }
        return values;
    }

    List<Trap> traps()
    {
        return ImmutableList.copyOf(traps);
    }

    static String legacyTable()
    {
        return columns(LEGACY_TYPES);
    }

    static String copyTable()
    {
        return columns(COPY_TYPES);
    }

    private static String columns(Map<String, String> types)
    {
        return String.join(", ", types.entrySet().stream().map(column -> column.getKey() + " " + column.getValue()).toList());
    }

    String legacyRows()
    {
        return rows(LEGACY_TYPES, Trap::legacy);
    }

    String copyRows()
    {
        return rows(COPY_TYPES, Trap::product);
    }

    String sparkRows()
    {
        return rows(SPARK_TYPES, Trap::product);
    }

    private interface Side
    {
        Map<String, Optional<String>> of(Trap trap);
    }

    /**
     * A list for VALUES, as PostgreSQL and Spark understand it.
     */
    private String rows(Map<String, String> types, Side side)
    {
        return String.join(",\n", traps.stream().map(trap -> {
            Map<String, Optional<String>> values = new LinkedHashMap<>(values(
                    "trap_id",
                    String.valueOf(trap.id()),
                    "code",
                    "ABCDEF",
                    "note",
                    "note",
                    "remark",
                    "remark",
                    "amount",
                    "1.00",
                    "ratio",
                    "0.5",
                    "due_on",
                    "2025-02-01",
                    "updated_at",
                    "2025-02-01 12:00:00",
                    "occurred_at",
                    "2025-02-01 12:00:00+00:00",
                    "paid",
                    "true",
                    "day",
                    trap.day().toString()));
            values.putAll(side.of(trap));
            return "(" + String.join(", ", types.entrySet().stream()
                    .map(column -> "CAST(" + values.get(column.getKey()).map(value -> "'" + value + "'").orElse("NULL") + " AS " + column.getValue() + ")")
                    .toList()) + ")";
        }).toList());
    }
}
