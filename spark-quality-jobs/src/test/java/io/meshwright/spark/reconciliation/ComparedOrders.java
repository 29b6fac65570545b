package io.meshwright.spark.reconciliation;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.reconciliation.Cell;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.ComparedType;
import io.meshwright.model.fingerprint.ComparedType.Kind;
import io.meshwright.model.fingerprint.DigestRowHash;
import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.fingerprint.HashProfile;
import io.meshwright.model.fingerprint.LegacyType;
import io.meshwright.model.fingerprint.PostgresRowHash;
import io.meshwright.model.fingerprint.RowHash;
import io.meshwright.model.reconciliation.CountPlan.WindowColumn;
import io.meshwright.model.reconciliation.DayRange;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Rows of {@code RandomOrders} as a comparison sees them, in plain Java.
 */
final class ComparedOrders
{
    private static final List<String> COLUMNS = List.of("id", "line", "name", "status", "amount", "price", "day", "at", "local", "flag");
    private static final List<List<String>> KEYS = List.of(List.of("id"), List.of("id", "line"), List.of("name", "status"), List.of("price", "day", "flag"));

    private final FingerprintPlan plan;

    ComparedOrders(Random random, Optional<String> window, DayRange range)
    {
        List<String> key = KEYS.get(random.nextInt(KEYS.size()));
        List<ComparedColumn> keys = key.stream().map(ComparedOrders::column).collect(toImmutableList());
        List<ComparedColumn> columns = COLUMNS.stream().filter(name -> !key.contains(name)).map(ComparedOrders::column).collect(toImmutableList());
        List<ComparedType> types = new ArrayList<>();
        keys.forEach(column -> types.add(column.type()));
        columns.stream().filter(column -> column.type().kind().isHashed()).forEach(column -> types.add(column.type()));
        boolean isNative = random.nextBoolean();
        plan = new FingerprintPlan(
                "orders",
                Optional.empty(),
                Optional.empty(),
                keys,
                columns,
                hash(isNative, types),
                hash(isNative, types.subList(0, keys.size())),
                Map.of(),
                window.map(name -> new WindowColumn(name, ReadOnlyExpression.parse(name))),
                window.map(unused -> range));
    }

    private static RowHash hash(boolean isNative, List<ComparedType> types)
    {
        return isNative ? new PostgresRowHash(types) : new DigestRowHash(HashProfile.MD5, types, StandardCharsets.UTF_8);
    }

    static ComparedColumn column(String name)
    {
        ComparedType type = switch (name) {
            case "id", "line" -> ComparedType.of(Kind.INTEGER);
            case "price" -> new ComparedType(Kind.DECIMAL, 2);
            case "amount" -> ComparedType.of(Kind.DOUBLE);
            case "day" -> ComparedType.of(Kind.DATE);
            case "at" -> new ComparedType(Kind.INSTANT, 6);
            case "local" -> new ComparedType(Kind.TIMESTAMP, 6);
            case "flag" -> ComparedType.of(Kind.BOOLEAN);
            default -> ComparedType.of(Kind.TEXT);
        };
        return new ComparedColumn(name, ReadOnlyExpression.parse(name), LegacyType.of("any"), type, type, Optional.empty(), false);
    }

    FingerprintPlan plan()
    {
        return plan;
    }

    String window(Map<String, Object> row)
    {
        if (plan.window().isEmpty()) {
            return "all";
        }
        Object value = row.get(plan.window().orElseThrow().mesh());
        if (value == null) {
            return "null";
        }
        LocalDate day = value instanceof LocalDate date ? date : value instanceof LocalDateTime time ? time.toLocalDate() : ((Instant) value).atZone(plan.range().orElseThrow().zone()).toLocalDate();
        return day.toString();
    }

    List<Object> values(Map<String, Object> row, List<ComparedColumn> columns)
    {
        List<Object> values = new ArrayList<>();
        columns.forEach(column -> values.add(compared(row.get(column.column()))));
        return values;
    }

    List<Object> key(Map<String, Object> row)
    {
        return values(row, plan.key());
    }

    /**
     * All columns as rows are asked for.
     */
    List<Object> all(Map<String, Object> row)
    {
        return values(row, ImmutableList.<ComparedColumn>builder().addAll(plan.key()).addAll(plan.columns()).build());
    }

    long hash(Map<String, Object> row)
    {
        return plan.hash().hash(values(row, plan.hashed()));
    }

    Cell cell(Map<String, Object> row, Bucketing bucketing)
    {
        List<Object> key = key(row);
        if (bucketing.byKey()) {
            return new Cell(window(row), key.get(0) == null ? Bucketing.NULL_BUCKET : bucketing.bucket((long) key.get(0)));
        }
        return new Cell(window(row), bucketing.bucket(plan.keyHash().hash(key)));
    }

    private static Object compared(Object value)
    {
        if (value instanceof Integer number) {
            return (long) number;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.setScale(2);
        }
        if (value instanceof LocalDate date) {
            return date.toEpochDay();
        }
        if (value instanceof LocalDateTime time) {
            return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant(ZoneOffset.UTC));
        }
        return value instanceof Instant instant ? (Object) ChronoUnit.MICROS.between(Instant.EPOCH, instant) : value;
    }
}
