package io.meshwright.spark.reconciliation;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.reconciliation.Cell;
import io.meshwright.bridge.reconciliation.KeyDifferences;
import io.meshwright.bridge.reconciliation.KeyDifferences.Counts;
import io.meshwright.bridge.reconciliation.KeyDifferences.DifferingKey;
import io.meshwright.bridge.reconciliation.KeyDifferences.Kind;
import io.meshwright.bridge.reconciliation.KeyedHash;
import io.meshwright.bridge.reconciliation.ProductRow;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.ComparedType;
import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.fingerprint.LegacyType;
import io.meshwright.model.fingerprint.PostgresRowHash;
import io.meshwright.model.reconciliation.CountPlan;
import io.meshwright.model.reconciliation.CountPlan.WindowColumn;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.spark.session.TestingLake;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestSparkProductSide
{
    private static final Bucketing ONE = new Bucketing(false, 0);
    private static final DayRange RANGE = new DayRange(LocalDate.of(2026, 11, 19), LocalDate.of(2026, 11, 21), ZoneId.of("UTC"));

    private final TestingLake lake = TestingLake.get();

    @BeforeEach
    void setUp()
    {
        lake.sql("CREATE NAMESPACE IF NOT EXISTS mesh.recon");
    }

    @Test
    void testManifestsAreCountedWithoutSpark()
    {
        Table table = orders("counted");
        lake.sql("INSERT INTO mesh.recon.counted VALUES (1, 'a', timestamp'2026-11-20 10:00:00Z'), (2, 'b', NULL)");
        table.refresh();
        try (SparkProductSide product = new SparkProductSide(table, TestSparkProductSide::noSpark, unused -> {})) {
            lake.sql("INSERT INTO mesh.recon.counted VALUES (3, 'c', timestamp'2026-11-20 11:00:00Z')");
            table.refresh();
            assertThat(product.counts(counts(Optional.of("true")), Set.of("2026-11-20", "null"))).as("at the snapshot of the beginning").isEqualTo(Map.of("2026-11-20", 1L, "null", 1L));
            assertThatThrownBy(() -> product.counts(counts(Optional.of("id > 1")), Set.of("2026-11-20"))).isInstanceOf(IllegalStateException.class).hasMessage("Spark was asked for");
        }
    }

    private static org.apache.spark.sql.SparkSession noSpark()
    {
        throw new IllegalStateException("Spark was asked for");
    }

    @Test
    void testRowsThatMovedToAnotherWindow()
    {
        Table table = orders("moved");
        lake.sql("INSERT INTO mesh.recon.moved VALUES (1, 'a', timestamp'2026-11-20 10:00:00Z'), (2, 'b', timestamp'2026-11-21 10:00:00Z'), (NULL, 'n', NULL), (NULL, 'm', NULL)");
        table.refresh();
        FingerprintPlan plan = plan(table, List.of("id"), List.of("status"), Map.of());
        long same = plan.hash().hash(Arrays.asList(null, "n"));
        List<KeyedHash> legacy = List.of(
                legacy("2026-11-20", 1L, plan.hash().hash(List.of(1L, "a"))),
                legacy("2026-11-20", 2L, plan.hash().hash(List.of(2L, "b"))),
                legacy("null", null, same));
        Set<Cell> cells = Set.of(new Cell("2026-11-20", 0), new Cell("2026-11-21", 0), new Cell("null", 0));
        try (SparkProductSide product = new SparkProductSide(table, lake::session, unused -> {})) {
            KeyDifferences found = product.differences(plan, cells, ONE, legacy.iterator(), 10);
            assertThat(found.byWindow()).isEqualTo(Map.of(
                    "2026-11-20", new Counts(1, 0, 0, 0),
                    "2026-11-21", new Counts(0, 1, 0, 0),
                    "null", new Counts(0, 0, 0, 1)));
            assertThat(found.sample()).containsExactlyInAnyOrder(
                    new DifferingKey("2026-11-20", Kind.MISSING, List.of(2L)),
                    new DifferingKey("2026-11-21", Kind.EXTRA, List.of(2L)),
                    new DifferingKey("null", Kind.DUPLICATE, Arrays.asList((Object) null)));
            assertThat(product.rows(plan, Set.of("2026-11-21", "null"), List.of(List.of(2L), Arrays.asList((Object) null)))).containsExactlyInAnyOrder(
                    new ProductRow("2026-11-21", List.of(2L, "b")),
                    new ProductRow("null", Arrays.asList(null, "n")),
                    new ProductRow("null", Arrays.asList(null, "m")));
            assertThatThrownBy(() -> product.differences(plan, Set.of(new Cell("2026-11-21", 0)), ONE, legacy.iterator(), 10))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A row came of a window that was not asked for: 2026-11-20");
        }
    }

    @Test
    void testFilteredRowsAreReadInAnyThread()
    {
        Table table = orders("filtered");
        lake.sql("INSERT INTO mesh.recon.filtered VALUES (1, 'a', timestamp'2026-11-20 10:00:00Z'), (2, 'b', timestamp'2026-11-20 11:00:00Z'), (3, NULL, timestamp'2026-11-20 12:00:00Z')");
        table.refresh();
        FingerprintPlan all = plan(table, List.of("id"), List.of("status"), Map.of());
        FingerprintPlan plan = new FingerprintPlan(
                "orders", Optional.empty(), Optional.of(ReadOnlyExpression.parse("status <> 'b'")), all.key(), all.columns(), all.hash(), all.keyHash(), Map.of(), window(), Optional.of(RANGE));
        // a thread other than the one that made the session has none that is active
        SparkSession.clearActiveSession();
        try (SparkProductSide product = new SparkProductSide(table, lake::session, unused -> {})) {
            assertThat(product.windowSums(plan, Set.of("2026-11-20"), Set.of()).get("2026-11-20").fingerprint().rows()).isEqualTo(1);
        }
    }

    private static KeyedHash legacy(String window, Long key, long hash)
    {
        return new KeyedHash(new Cell(window, 0), Arrays.asList((Object) key), hash);
    }

    @Test
    void testValuesComeInTheClassesOfTheirKinds()
    {
        Table table = lake.catalog().catalog().createTable(
                TableIdentifier.of("recon", "types"),
                new Schema(
                        optional(1, "id", Types.IntegerType.get()),
                        optional(2, "code", Types.UUIDType.get()),
                        optional(3, "digest", Types.FixedType.ofLength(3)),
                        optional(4, "payload", Types.BinaryType.get()),
                        optional(5, "ratio", Types.FloatType.get()),
                        optional(6, "large", Types.DecimalType.of(38, 6)),
                        optional(7, "small", Types.DecimalType.of(9, 3)),
                        optional(8, "padded", Types.StringType.get()),
                        optional(9, "local", Types.TimestampType.withoutZone()),
                        optional(10, "at", Types.TimestampType.withZone())));
        lake.sql(
                """
                INSERT INTO mesh.recon.types VALUES
                (7, '123E4567-e89b-12d3-a456-426614174000', X'00FF10', X'80', 0.5, -12345678901234567890123456789012.345678, 1.235, 'ab  ',
                 timestamp_ntz'1969-12-31 23:59:59.999999', timestamp'2026-11-20 10:00:00.123456Z'),
                (8, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, timestamp'2026-11-20 10:00:00Z')
                """);
        table.refresh();
        Map<String, ComparedType> compared = Map.of(
                "small", new ComparedType(ComparedType.Kind.DECIMAL, 2),
                "padded", ComparedType.of(ComparedType.Kind.CHAR),
                "local", new ComparedType(ComparedType.Kind.TIMESTAMP, 3));
        FingerprintPlan plan = plan(table, List.of("id"), List.of("code", "digest", "payload", "ratio", "large", "small", "padded", "local", "at"), compared);
        try (SparkProductSide product = new SparkProductSide(table, lake::session, unused -> {})) {
            List<ProductRow> rows = product.rows(plan, Set.of("2026-11-20"), List.of(List.of(7L), List.of(8L)));
            assertThat(rows).hasSize(2);
            List<Object> values = rows.stream().map(ProductRow::values).filter(row -> row.get(0).equals(7L)).findFirst().orElseThrow();
            assertThat(values.get(1)).isEqualTo("123e4567-e89b-12d3-a456-426614174000");
            assertThat((byte[]) values.get(2)).containsExactly(0, 0xFF, 0x10);
            assertThat((byte[]) values.get(3)).containsExactly(0x80);
            assertThat(values.subList(4, 10)).containsExactly(
                    0.5,
                    new BigDecimal("-12345678901234567890123456789012.345678"),
                    new BigDecimal("1.24"),
                    "ab",
                    -1_000L,
                    1_795_168_800_123_456L);
            List<Object> hashed = new ArrayList<>(values);
            hashed.remove(4);
            assertThat(product.windowSums(plan, Set.of("2026-11-20"), Set.of()).get("2026-11-20").fingerprint().hashes().longValue())
                    .isEqualTo(plan.hash().hash(hashed) + plan.hash().hash(Arrays.asList(8L, null, null, null, null, null, null, null, 1_795_168_800_000_000L)));
        }
    }

    @Test
    void testColumnsThatTheTableHasNot()
    {
        Table table = orders("lacking");
        lake.sql("INSERT INTO mesh.recon.lacking VALUES (1, 'a', timestamp'2026-11-20 10:00:00Z')");
        table.refresh();
        try (SparkProductSide product = new SparkProductSide(table, lake::session, unused -> {})) {
            CountPlan plan = new CountPlan(
                    "orders", Optional.empty(), Optional.empty(), List.of(new CountPlan.KeyColumn("order_no", ReadOnlyExpression.parse("order_no"))), window(), Optional.of(RANGE));
            assertThatThrownBy(() -> product.counts(plan, Set.of("2026-11-20")))
                    .isInstanceOf(MeshException.class)
                    .hasMessageContaining("migration: does not fit the table")
                    .hasMessageContaining("order_no");
        }
    }

    private Table orders(String name)
    {
        lake.sql("CREATE TABLE mesh.recon.%s (id bigint, status string, at timestamp) USING iceberg PARTITIONED BY (days(at))".formatted(name));
        return lake.table("recon", name);
    }

    private static CountPlan counts(Optional<String> filter)
    {
        return new CountPlan("orders", Optional.empty(), filter.map(ReadOnlyExpression::parse), List.of(), window(), Optional.of(RANGE));
    }

    private static Optional<WindowColumn> window()
    {
        return Optional.of(new WindowColumn("at", ReadOnlyExpression.parse("at")));
    }

    /**
     * @param compared types of columns that are not compared as what they are
     */
    private static FingerprintPlan plan(Table table, List<String> key, List<String> columns, Map<String, ComparedType> compared)
    {
        List<ComparedColumn> keys = key.stream().map(name -> column(table, name, compared)).collect(toImmutableList());
        List<ComparedColumn> others = columns.stream().map(name -> column(table, name, compared)).collect(toImmutableList());
        List<ComparedType> types = ImmutableList.<ComparedColumn>builder().addAll(keys).addAll(others).build().stream()
                .map(ComparedColumn::type)
                .filter(type -> type.kind().isHashed())
                .collect(toImmutableList());
        return new FingerprintPlan(
                "orders", Optional.empty(), Optional.empty(), keys, others, new PostgresRowHash(types), new PostgresRowHash(types.subList(0, keys.size())), Map.of(), window(), Optional.of(RANGE));
    }

    private static ComparedColumn column(Table table, String name, Map<String, ComparedType> compared)
    {
        ComparedType type = ComparedType.ofIceberg(table.schema().findType(name).toString()).orElseThrow();
        return new ComparedColumn(name, ReadOnlyExpression.parse(name), LegacyType.of("any"), type, compared.getOrDefault(name, type), Optional.empty(), false);
    }
}
