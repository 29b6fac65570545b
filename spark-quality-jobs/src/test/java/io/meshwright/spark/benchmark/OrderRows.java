package io.meshwright.spark.benchmark;

import com.google.common.collect.ImmutableSortedSet;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SortedSet;
import java.util.stream.LongStream;

/**
 * Orders as lines of CSV, from which both sides are loaded: rows of ten columns over 180 days, the same each time.
 */
final class OrderRows
{
    static final String TABLE = "orders";
    static final String TEXT_KEY = "text_orders";
    static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
    static final int DAYS = 180;

    private static final int MISSING = 40;
    private static final int CHANGED = 40;
    private static final int EXTRA = 20;
    private static final String[] STATUSES = {"placed", "paid", "shipped", "returned", "cancelled"};
    private static final String[] CURRENCIES = {"EUR", "USD", "GBP", "CHF"};
    private static final String[] REGIONS = {"AP", "EU", "US"};
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    private static final long DAY_MICROS = 86_400_000_000L;

    private final long rows;

    OrderRows(long rows)
    {
        this.rows = rows;
    }

    static String columns(String table)
    {
        String key = table.equals(TEXT_KEY) ? "region varchar(2), code varchar(40), customer varchar(40)" : "order_id bigint, customer varchar(40), status varchar(12)";
        return key + ", currency char(3), quantity bigint, amount numeric(18,2), ordered_on date, updated_at timestamp(6), occurred_at timestamptz(6), paid boolean";
    }

    static String key(String table)
    {
        return table.equals(TEXT_KEY) ? "region, code" : "order_id";
    }

    /**
     * Keys that only the legacy side gets, scattered over all days; no table has them before.
     */
    SortedSet<Long> missing()
    {
        return scattered(MISSING, 3);
    }

    SortedSet<Long> changed()
    {
        return scattered(CHANGED, 17);
    }

    /**
     * Keys that the legacy side loses.
     */
    SortedSet<Long> extra()
    {
        return scattered(EXTRA, 29);
    }

    private SortedSet<Long> scattered(int count, long offset)
    {
        return LongStream.range(0, count).mapToObj(number -> rows * (2 * number + 1) / (2 * count) + offset).collect(ImmutableSortedSet.toImmutableSortedSet(Long::compare));
    }

    LocalDate day(long id)
    {
        return FIRST.plusDays(id * DAYS / rows);
    }

    /**
     * The order's key as tools tell it.
     */
    static String keyText(String table, long id)
    {
        return table.equals(TEXT_KEY) ? region(id) + "," + code(id) : String.valueOf(id);
    }

    private static String region(long id)
    {
        return REGIONS[(int) Long.remainderUnsigned(mix(id, 1), REGIONS.length)];
    }

    static String code(long id)
    {
        // neither as short as a number nor in the order of days
        return "ORD-" + Long.toHexString(mix(id, 2)).toUpperCase(java.util.Locale.ROOT) + "-" + id;
    }

    void write(String table, Path file)
            throws IOException
    {
        SortedSet<Long> missing = missing();
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (long id = 0; id < rows; id++) {
                if (!missing.contains(id)) {
                    writer.write(line(table, id));
                }
            }
        }
    }

    String line(String table, long id)
    {
        long random = mix(id, 3);
        long start = FIRST.toEpochDay() * DAY_MICROS;
        long occurred = start + id * DAYS / rows * DAY_MICROS + Long.remainderUnsigned(random, DAY_MICROS);
        long updated = occurred + Long.remainderUnsigned(mix(id, 4), 3 * DAY_MICROS);
        StringBuilder line = new StringBuilder(160);
        if (table.equals(TEXT_KEY)) {
            line.append(region(id)).append(',').append(code(id)).append(',').append(customer(random));
        }
        else {
            line.append(id).append(',').append(customer(random)).append(',').append(STATUSES[(int) Long.remainderUnsigned(random >> 7, STATUSES.length)]);
        }
        line.append(',').append(CURRENCIES[(int) (random & 3)]).append(',');
        // one in 128 has no quantity
        if ((random >> 20 & 127) != 0) {
            line.append(Long.remainderUnsigned(random >> 27, 1000) - 100);
        }
        long cents = Long.remainderUnsigned(mix(id, 5), 100_000_000);
        line.append(',').append(cents / 100).append('.').append(cents % 100 / 10).append(cents % 10);
        line.append(',').append(day(id)).append(',').append(text(updated)).append(',').append(text(occurred)).append("+00:00,").append((random & 64) == 0).append('\n');
        return line.toString();
    }

    private static String customer(long random)
    {
        return "customer-" + Long.remainderUnsigned(random >> 3, 100_003);
    }

    private static String text(long micros)
    {
        return MICROS.format(Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000));
    }

    // SplitMix64
    private static long mix(long id, long salt)
    {
        long value = id * 0x9E3779B97F4A7C15L + salt * 0xD1B54A32D192ED03L;
        value = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        value = (value ^ value >>> 27) * 0x94D049BB133111EBL;
        return value ^ value >>> 31;
    }
}
