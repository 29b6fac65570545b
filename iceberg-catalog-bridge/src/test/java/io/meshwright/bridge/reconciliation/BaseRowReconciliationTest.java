package io.meshwright.bridge.reconciliation;

import io.meshwright.bridge.reconciliation.KeyDifferences.Counts;
import io.meshwright.model.product.MigrationSpec.Comparison;
import io.meshwright.model.product.MigrationSpec.Grain;
import io.meshwright.model.product.MigrationSpec.Profile;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.Verdict;
import io.meshwright.model.reconciliation.WindowResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random tables and random edits, held against an oracle that compares row by row.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BaseRowReconciliationTest
{
    private static final int ROUNDS = 12;

    private TestingLegacy legacyServer;

    protected abstract TestingServer server()
            throws IOException;

    /**
     * That the server has.
     */
    protected abstract List<Profile> profiles();

    @BeforeAll
    void start(@TempDir Path folder)
            throws IOException
    {
        legacyServer = new TestingLegacy(folder, server());
    }

    @AfterAll
    void stop()
            throws IOException
    {
        if (legacyServer != null) {
            legacyServer.close();
        }
    }

    protected TestingLegacy legacy()
    {
        return legacyServer;
    }

    protected GeneratedTable generated(Random random)
    {
        return new GeneratedTable(random, legacyServer.server().tables());
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void testEveryEditIsFoundAndNoneIsInvented(Profile profile)
            throws SQLException
    {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = profile.ordinal() * 1_000L + round;
            Random random = new Random(seed);
            GeneratedTable generated = generated(random);
            List<Map<String, Object>> legacy = generated.rows(random.nextInt(5) == 0 ? 3 : 150);
            List<Map<String, Object>> product = new ArrayList<>();
            legacy.forEach(row -> product.add(new HashMap<>(row)));
            List<String> edits = new ArrayList<>();
            int count = round % 5 == 0 ? 0 : 1 + random.nextInt(6);
            for (int edit = 0; edit < count && !product.isEmpty(); edit++) {
                edits.add(edit(random, generated, product));
            }
            String table = legacyServer.create(generated, legacy);
            ReconciliationReport report = reconcile(table, generated, product, profile, Comparison.ROWS, Map.of()).run();
            assertThat(found(report)).as("seed %s, key %s, edits %s", seed, generated.key(), edits).isEqualTo(Oracle.differences(generated.key(), legacy, product));
            assertThat(report.verdict()).as("seed %s, edits %s", seed, edits).isEqualTo(found(report).isEmpty() ? Verdict.OK : Verdict.BREACH);
        }
    }

    private static String edit(Random random, GeneratedTable generated, List<Map<String, Object>> rows)
    {
        int at = random.nextInt(rows.size());
        Map<String, Object> row = rows.get(at);
        String column = generated.columns().get(random.nextInt(generated.columns().size() - 1)).name();
        switch (random.nextInt(11)) {
            case 0 -> rows.remove(at);
            case 1 -> rows.add(new HashMap<>(generated.rows(1).get(0)));
            case 2 -> row.put(column, generated.value(column));
            case 3 -> {
                Map<String, Object> other = rows.get(random.nextInt(rows.size()));
                Object value = row.get(column);
                row.put(column, other.get(column));
                other.put(column, value);
            }
            case 4 -> rows.add(new HashMap<>(row));
            case 5 -> row.computeIfPresent("instant", (name, value) -> (long) value + Duration.ofHours(1).toNanos() / 1000);
            case 6 -> row.computeIfPresent("wall", (name, value) -> Math.floorDiv((long) value, 1000L) * 1000);
            case 7 -> row.put("comment", "".equals(row.get("comment")) ? null : "");
            case 8 -> row.computeIfPresent("code", (name, value) -> value + "     ".substring(value.toString().length()));
            case 9 -> row.computeIfPresent("comment", (name, value) -> Normalizer.normalize((String) value, Normalizer.Form.NFD));
            case 10 -> row.computeIfPresent("amount", (name, value) -> ((BigDecimal) value).setScale(1, RoundingMode.HALF_UP).setScale(2, RoundingMode.UNNECESSARY));
            default -> throw new IllegalStateException();
        }
        return column;
    }

    /**
     * By windows that differ, in the words of the report.
     */
    private static Map<String, Counts> found(ReconciliationReport report)
    {
        Map<String, Counts> found = new TreeMap<>();
        for (WindowResult window : report.windows()) {
            assertThat(window.reason()).as("window %s", window).isEmpty();
            if (window.state() != WindowResult.State.OK) {
                found.put(window.window(), new Counts(
                        window.missing().orElseThrow(), window.extra().orElseThrow(), window.changed().orElseThrow(), window.duplicate().orElseThrow()));
            }
        }
        return found;
    }

    @Test
    void testSignOfZeroAndNotANumber()
            throws SQLException
    {
        GeneratedTable generated = generated(new Random(5));
        List<Map<String, Object>> legacy = generated.rows(20);
        List<Map<String, Object>> product = new ArrayList<>();
        legacy.forEach(row -> {
            row.put("score", 0.0);
            Map<String, Object> copy = new HashMap<>(row);
            copy.put("score", -0.0);
            product.add(copy);
        });
        ReconciliationReport report = reconcile(legacyServer.create(generated, legacy), generated, product, Profile.AUTO, Comparison.ROWS, Map.of()).run();
        assertThat(report.verdict()).as(report.reasons().toString()).isEqualTo(Verdict.OK);
        product.forEach(row -> row.put("score", Double.NaN));
        ReconciliationReport differing = reconcile(legacyServer.create(generated, legacy), generated, product, Profile.AUTO, Comparison.ROWS, Map.of()).run();
        assertThat(differing.verdict()).isEqualTo(Verdict.BREACH);
        assertThat(differing.reasons()).anySatisfy(reason -> assertThat(reason).contains("the sums of score differ by more than their tolerance"));
    }

    @Test
    void testTolerance()
            throws SQLException
    {
        GeneratedTable generated = generated(new Random(6));
        List<Map<String, Object>> legacy = generated.rows(50);
        List<Map<String, Object>> product = new ArrayList<>();
        legacy.forEach(row -> {
            Map<String, Object> copy = new HashMap<>(row);
            copy.computeIfPresent("amount", (name, value) -> ((BigDecimal) value).add(new BigDecimal("0.01")));
            product.add(copy);
        });
        String table = legacyServer.create(generated, legacy);
        assertThat(reconcile(table, generated, product, Profile.AUTO, Comparison.ROWS, Map.of("amount", new BigDecimal("0.02"))).run().verdict()).isEqualTo(Verdict.OK);
        ReconciliationReport exact = reconcile(table, generated, product, Profile.AUTO, Comparison.ROWS, Map.of()).run();
        assertThat(exact.verdict()).isEqualTo(Verdict.BREACH);
        assertThat(exact.columns()).singleElement().satisfies(column -> assertThat(column.column()).isEqualTo("amount"));
        assertThat(exact.differences()).isNotEmpty().allSatisfy(difference -> assertThat(difference.columns()).containsExactly("amount"));
    }

    @Test
    void testAggregatesTellThatRowsDifferAndNotWhich()
            throws SQLException
    {
        GeneratedTable generated = generated(new Random(7));
        List<Map<String, Object>> legacy = generated.rows(50);
        legacy.forEach(row -> row.put("day", GeneratedTable.FIRST.toEpochDay()));
        List<Map<String, Object>> product = new ArrayList<>();
        legacy.forEach(row -> product.add(new HashMap<>(row)));
        product.get(0).put("flag", !Boolean.TRUE.equals(product.get(0).get("flag")));
        ReconciliationReport report = reconcile(legacyServer.create(generated, legacy), generated, product, Profile.AUTO, Comparison.AGGREGATES, Map.of()).run();
        assertThat(report.verdict()).isEqualTo(Verdict.BREACH);
        assertThat(report.reasons()).contains("2026-11-01: rows differ in flag, and keys were not compared");
        assertThat(report.completenessIsUpperBound()).isTrue();
        assertThat(report.totals().changed()).isEmpty();
    }

    @Test
    void testEditsAreClassified()
            throws SQLException
    {
        GeneratedTable generated = new GeneratedTable(new Random(8), legacyServer.server().tables(), List.of("id"));
        List<Map<String, Object>> legacy = plainRows(generated, 30);
        legacy.get(11).put("comment", "");
        legacy.get(12).put("comment", null);
        List<Map<String, Object>> product = new ArrayList<>();
        legacy.forEach(row -> product.add(new HashMap<>(row)));
        product.get(3).put("name", "other");
        product.get(4).put("uid", "00000000-0000-0000-0000-00000000ffff");
        product.get(5).put("small", 1_000L);
        product.get(6).put("amount", new BigDecimal("-12.34"));
        product.get(7).put("amount", new BigDecimal("12.30"));
        product.get(8).put("code", "zz");
        product.get(9).put("code", "ab   ");
        product.get(10).put("comment", "other");
        product.get(11).put("comment", null);
        product.get(12).put("comment", "");
        product.get(13).put("comment", "gru\u0308\u00DFe");
        product.get(14).put("comment", "gr\u00FC\u00DFe ");
        product.get(15).put("comment", "GR\u00FC\u00DFe");
        product.get(16).computeIfPresent("wall", (name, value) -> (long) value / 1_000 * 1_000);
        product.get(17).computeIfPresent("wall", (name, value) -> (long) value + 1_000_000);
        product.get(18).computeIfPresent("instant", (name, value) -> (long) value + Duration.ofHours(1).toNanos() / 1_000);
        product.get(19).put("flag", false);
        product.get(20).put("bytes", new byte[] {2});
        product.get(21).put("small", 22L);
        product.get(22).put("small", 21L);
        product.get(23).put("score", -0.0);
        product.get(25).computeIfPresent("day", (name, value) -> (long) value + 1);
        product.get(26).put("small", null);
        product.get(27).put("day", null);
        product.add(new HashMap<>(product.get(2)));
        Map<String, Object> added = new HashMap<>(product.get(24));
        added.put("id", 1_000L);
        product.add(added);
        product.remove(1);
        String table = legacyServer.create(generated, legacy);
        for (Profile profile : profiles()) {
            ReconciliationReport report = reconcile(table, generated, product, profile, Comparison.ROWS, Map.of()).run();
            assertThat(report.differences()).extracting(difference -> "%s %s %s".formatted(difference.kind(), difference.key(), difference.columns())).containsExactlyInAnyOrder(
                    "missing 1 []",
                    "duplicate 2 []",
                    "changed 3 [name]",
                    "changed 4 [uid]",
                    "changed 5 [small]",
                    "changed 6 [amount]",
                    "format-only 7 [amount]",
                    "changed 8 [code]",
                    "changed 10 [comment]",
                    "changed 11 [comment]",
                    "changed 12 [comment]",
                    "changed 13 [comment]",
                    "format-only 14 [comment]",
                    "changed 15 [comment]",
                    "format-only 16 [wall]",
                    "changed 17 [wall]",
                    "changed 18 [instant]",
                    "changed 19 [flag]",
                    "changed 20 [bytes]",
                    "changed 21 [small]",
                    "changed 22 [small]",
                    "missing 25 []",
                    "extra 25 []",
                    "changed 26 [small]",
                    "missing 27 []",
                    "extra 27 []",
                    "extra 1000 []");
            assertThat(report.totals().formatOnly()).hasValue(3);
            assertThat(report.cost().statements()).isGreaterThan(5);
            assertThat(report.cost().bytes().orElseThrow()).isGreaterThan(500);
        }
    }

    @Test
    void testWholeDayThatIsMissing()
            throws SQLException
    {
        GeneratedTable generated = new GeneratedTable(new Random(12), legacyServer.server().tables(), List.of("id"));
        List<Map<String, Object>> legacy = plainRows(generated, 250);
        String table = legacyServer.create(generated, legacy);
        ReconciliationReport report = reconcile(table, generated, List.of(), Profile.AUTO, Comparison.ROWS, Map.of()).run();
        assertThat(report.totals().missing()).hasValue(250);
        assertThat(report.differences()).hasSize(RowReconciliation.SAMPLE).allSatisfy(difference -> assertThat(difference.kind()).isEqualTo("missing"));
        assertThat(report.differences()).extracting(difference -> Long.parseLong(difference.key())).doesNotHaveDuplicates().allSatisfy(key -> assertThat(key).isBetween(0L, 249L));
    }

    /**
     * All of one day, and alike but for the key, the name, the UUID and one number.
     */
    private static List<Map<String, Object>> plainRows(GeneratedTable generated, int count)
    {
        List<Map<String, Object>> rows = generated.rows(count);
        long day = GeneratedTable.FIRST.toEpochDay();
        for (int index = 0; index < count; index++) {
            Map<String, Object> row = rows.get(index);
            row.put("id", (long) index);
            row.put("name", "n" + index);
            row.put("uid", "00000000-0000-0000-0000-000000000%03d".formatted(index));
            row.put("day", day);
            row.put("small", (long) index);
            row.put("amount", new BigDecimal("12.34"));
            row.put("code", "ab");
            row.put("comment", "gr\u00FC\u00DFe");
            row.put("wall", day * 86_400_000_000L + 123_456);
            row.put("instant", day * 86_400_000_000L + 654_321);
            row.put("flag", true);
            row.put("bytes", new byte[] {1});
            row.put("score", 0.0);
        }
        return rows;
    }

    /**
     * A cause, and no matter of format: whoever counts NULLs counts other rows.
     */
    @Test
    void testNullAndTheEmptyTextAreTwoValues()
            throws SQLException
    {
        GeneratedTable generated = new GeneratedTable(new Random(9), legacyServer.server().tables(), List.of("id"));
        List<Map<String, Object>> legacy = plainRows(generated, 10);
        List<Map<String, Object>> product = new ArrayList<>();
        legacy.forEach(row -> {
            row.put("comment", "");
            Map<String, Object> copy = new HashMap<>(row);
            copy.put("comment", null);
            product.add(copy);
        });
        ReconciliationReport report = reconcile(legacyServer.create(generated, legacy), generated, product, Profile.AUTO, Comparison.ROWS, Map.of()).run();
        assertThat(report.verdict()).isEqualTo(Verdict.BREACH);
        assertThat(report.totals().changed()).hasValue(10);
        assertThat(report.totals().formatOnly()).hasValue(0);
        assertThat(report.columns()).singleElement().satisfies(column -> assertThat(column.cause()).hasValue("NULL on one side is the empty text on the other"));
    }

    @Test
    void testCounts()
            throws SQLException
    {
        GeneratedTable generated = new GeneratedTable(new Random(10), legacyServer.server().tables(), List.of("name"));
        // collations hold some of them for equal
        List<String> names = Arrays.asList("a", "A", "a ", "\u00E9", "e\u0301", "e", null, "a", "\uD83D\uDE00", "\uD83D\uDE01");
        List<Map<String, Object>> legacy = plainRows(generated, 3 * names.size());
        for (int index = 0; index < legacy.size(); index++) {
            legacy.get(index).put("name", names.get(index % names.size()));
            legacy.get(index).put("day", index < 10 ? Long.valueOf(GeneratedTable.FIRST.toEpochDay() + 1) : index < 20 ? null : Long.valueOf(GeneratedTable.FIRST.toEpochDay() - 1));
        }
        List<Map<String, Object>> product = new ArrayList<>();
        legacy.subList(0, 20).forEach(row -> product.add(new HashMap<>(row)));
        String table = legacyServer.create(generated, legacy);
        ReconciliationReport keys = reconcile(table, generated, product, Profile.AUTO, Comparison.COUNTS, Map.of(), Grain.DISTINCT_KEY).run();
        assertThat(keys.windows()).extracting(window -> window.window() + " " + window.legacy() + " " + window.mesh())
                .containsExactly("2026-11-01 0 0", "2026-11-02 8 8", "2026-11-03 0 0", "2026-11-04 0 0", "null 8 8");
        assertThat(keys.verdict()).isEqualTo(Verdict.OK);
        product.remove(1);
        ReconciliationReport missing = reconcile(table, generated, product, Profile.AUTO, Comparison.COUNTS, Map.of(), Grain.DISTINCT_KEY).run();
        assertThat(missing.reasons()).anySatisfy(reason -> assertThat(reason).startsWith("2026-11-02: legacy 8, mesh 7 (-1)"));
        ReconciliationReport rows = reconcile(table, generated, product, Profile.AUTO, Comparison.COUNTS, Map.of(), Grain.ROW).run();
        assertThat(rows.windows()).extracting(window -> window.window() + " " + window.legacy() + " " + window.mesh())
                .containsExactly("2026-11-01 0 0", "2026-11-02 10 9", "2026-11-03 0 0", "2026-11-04 0 0", "null 10 10");
    }

    private Reconciliation reconcile(
            String table,
            GeneratedTable generated,
            List<Map<String, Object>> product,
            Profile profile,
            Comparison level,
            Map<String, BigDecimal> tolerances)
    {
        return reconcile(table, generated, product, profile, level, tolerances, Grain.ROW);
    }

    private Reconciliation reconcile(
            String table,
            GeneratedTable generated,
            List<Map<String, Object>> product,
            Profile profile,
            Comparison level,
            Map<String, BigDecimal> tolerances,
            Grain grain)
    {
        return legacyServer.reconciliation(generated, table)
                .profile(profile)
                .level(level)
                .tolerances(tolerances)
                .grain(grain)
                .over(() -> new ListedProduct(generated.schema(), GeneratedTable.listed(product)));
    }

    /**
     * Holds each row of a key against each other one.
     */
    private static final class Oracle
    {
        private record Place(String window, List<Object> key) {}

        static Map<String, Counts> differences(List<String> key, List<Map<String, Object>> legacy, List<Map<String, Object>> product)
        {
            Map<Place, List<Map<String, Object>>> left = byPlace(key, legacy);
            Map<Place, List<Map<String, Object>>> right = byPlace(key, product);
            Map<Place, Boolean> places = new HashMap<>();
            left.keySet().forEach(place -> places.put(place, true));
            right.keySet().forEach(place -> places.put(place, true));
            Map<String, Counts> counts = new TreeMap<>();
            for (Place place : places.keySet()) {
                List<Map<String, Object>> one = new ArrayList<>(left.getOrDefault(place, List.of()));
                List<Map<String, Object>> other = new ArrayList<>(right.getOrDefault(place, List.of()));
                boolean bothHave = !one.isEmpty() && !other.isEmpty();
                for (Map<String, Object> row : List.copyOf(one)) {
                    Optional<Map<String, Object>> equal = other.stream().filter(candidate -> isEqual(row, candidate)).findFirst();
                    if (equal.isPresent()) {
                        remove(one, row);
                        remove(other, equal.orElseThrow());
                    }
                }
                Counts found = bothHave
                        ? new Counts(0, 0, Math.min(one.size(), other.size()), Math.abs(one.size() - other.size()))
                        : new Counts(one.size(), other.size(), 0, 0);
                if (!one.isEmpty() || !other.isEmpty()) {
                    counts.merge(place.window(), found, RowComparison::plus);
                }
            }
            return counts;
        }

        private static Map<Place, List<Map<String, Object>>> byPlace(List<String> key, List<Map<String, Object>> rows)
        {
            Map<Place, List<Map<String, Object>>> places = new HashMap<>();
            for (Map<String, Object> row : rows) {
                List<Object> values = new ArrayList<>();
                key.forEach(column -> values.add(row.get(column)));
                places.computeIfAbsent(new Place(GeneratedTable.window(row), values), place -> new ArrayList<>()).add(row);
            }
            return places;
        }

        private static void remove(List<Map<String, Object>> rows, Map<String, Object> row)
        {
            for (int index = 0; index < rows.size(); index++) {
                if (rows.get(index) == row) {
                    rows.remove(index);
                    return;
                }
            }
        }

        /**
         * Floating point numbers are compared by their sums, and padding of char(5) is no value.
         */
        private static boolean isEqual(Map<String, Object> left, Map<String, Object> right)
        {
            return left.keySet().stream().filter(column -> !column.equals("score")).allMatch(column -> isEqual(column, left.get(column), right.get(column)));
        }

        private static boolean isEqual(String column, Object left, Object right)
        {
            if (left == null || right == null) {
                return left == right;
            }
            if (column.equals("code")) {
                return left.toString().stripTrailing().equals(right.toString().stripTrailing());
            }
            return left instanceof byte[] ? Arrays.equals((byte[]) left, (byte[]) right) : left.equals(right);
        }
    }
}
