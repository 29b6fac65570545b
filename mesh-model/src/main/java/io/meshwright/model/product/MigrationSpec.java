package io.meshwright.model.product;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The legacy table that the product replaces, and how the two are compared.
 *
 * @param legacyReference the name below {@code legacy:} in {@code mesh.yaml}
 * @param legacyTable the table there, with its schema when it has one
 * @param key the key columns of the product; may be empty where only counts are compared
 * @param columns product column to legacy column or expression; equal names need no entry
 * @param window by which rows are counted and compared; empty when the whole table is one window
 * @param settle how long a window may still differ before it is confirmed
 * @param lookback how far back a run without dates looks
 */
public record MigrationSpec(
        String legacyReference,
        String legacyTable,
        List<String> key,
        Map<String, String> columns,
        Optional<String> legacyFilter,
        Optional<String> meshFilter,
        Grain grain,
        Optional<Window> window,
        Comparison compare,
        Profile profile,
        Duration settle,
        Duration lookback,
        Map<String, BigDecimal> tolerances,
        Protection protect,
        Cutover cutover)
{
    public enum Grain
    {
        ROW,
        DISTINCT_KEY,
    }

    public enum Comparison
    {
        COUNTS,
        AGGREGATES,
        ROWS,
    }

    public enum Profile
    {
        AUTO,
        NATIVE,
        MD5,
        SHA256,
    }

    /**
     * @param column the product's column
     * @param legacy the legacy column or expression
     * @param size {@code day} is the only size there is today
     * @param zone the time zone whose days are meant, for both sides
     */
    public record Window(String column, String legacy, String size, ZoneId zone) {}

    /**
     * @param connections how many a run opens at once; 1 is the only number there is today
     * @param blackout local hours such as {@code 08:00-18:00} in which the legacy side is left alone
     */
    public record Protection(int connections, Duration statementTimeout, int chunkSeconds, Optional<String> blackout)
    {
        public static final Protection DEFAULT = new Protection(1, Duration.ofSeconds(60), 5, Optional.empty());
    }

    public record Cutover(int greenDays, int zeroConsumersDays)
    {
        public static final Cutover DEFAULT = new Cutover(14, 30);
    }

    public MigrationSpec
    {
        requireNonNull(legacyReference, "legacyReference is null");
        requireNonNull(legacyTable, "legacyTable is null");
        key = ImmutableList.copyOf(key);
        columns = ImmutableMap.copyOf(columns);
        requireNonNull(legacyFilter, "legacyFilter is null");
        requireNonNull(meshFilter, "meshFilter is null");
        requireNonNull(grain, "grain is null");
        requireNonNull(window, "window is null");
        requireNonNull(compare, "compare is null");
        requireNonNull(profile, "profile is null");
        requireNonNull(settle, "settle is null");
        requireNonNull(lookback, "lookback is null");
        tolerances = ImmutableMap.copyOf(tolerances);
        requireNonNull(protect, "protect is null");
        requireNonNull(cutover, "cutover is null");
    }

    /**
     * The same by another hash of rows, as one run may ask for.
     */
    public MigrationSpec withProfile(Profile other)
    {
        return new MigrationSpec(
                legacyReference, legacyTable, key, columns, legacyFilter, meshFilter, grain, window, compare, other, settle, lookback, tolerances, protect, cutover);
    }
}
