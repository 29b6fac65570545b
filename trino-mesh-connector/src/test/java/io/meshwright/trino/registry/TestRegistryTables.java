package io.meshwright.trino.registry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.slice.Slices;
import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.config.EngineProperties;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.ProductDraft;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.bridge.table.RegistryMaintenance;
import io.meshwright.bridge.table.Row;
import io.meshwright.model.product.ProductAddress;
import io.meshwright.model.sla.SlaReport;
import io.meshwright.model.sla.SloResult;
import io.meshwright.model.sla.SloStatus;
import io.trino.plugin.iceberg.IcebergConnectorFactory;
import io.trino.spi.connector.Connector;
import io.trino.spi.predicate.Domain;
import io.trino.testing.TestingConnectorContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

@TestInstance(PER_CLASS)
class TestRegistryTables
{
    private static final Instant CHECKED_AT = Instant.parse("2026-03-01T12:00:00.123456Z");

    private Path folder;
    private MeshCatalog catalog;
    private Connector iceberg;
    private RegistryTables tables;

    @BeforeAll
    void setUp(@TempDir Path folder)
            throws IOException
    {
        this.folder = folder;
        Files.createDirectories(folder.resolve("warehouse"));
        CatalogSettings settings = new CatalogSettings(
                "mesh",
                "jdbc",
                Optional.of("jdbc:sqlite:" + folder.resolve("catalog.db")),
                Optional.of(folder.resolve("warehouse").toUri().toString()),
                ImmutableMap.of(),
                true);
        catalog = IcebergCatalogs.open(settings);
        iceberg = connector(settings);
        tables = new RegistryTables(iceberg, MeshCatalog.REGISTRY_NAMESPACE.toString());
    }

    @AfterAll
    void tearDown()
    {
        if (iceberg != null) {
            iceberg.shutdown();
        }
        if (catalog != null) {
            catalog.close();
        }
    }

    @Test
    void testATableThatNobodyHasWrittenIsEmpty()
            throws IOException
    {
        try (RegistryScan scan = tables.open("never_written")) {
            assertThat(scan.snapshotId()).isEmpty();
            assertThat(rows(scan, ImmutableList.of("product"))).isEmpty();
        }
    }

    @Test
    void testReadsWhatWasWritten()
            throws IOException
    {
        SlaReport report = report("run-1", "orders.order-events");
        new ResultTables(catalog).record(report);
        new ResultTables(catalog).record(report("run-2", "orders.order-events"));

        try (RegistryScan scan = tables.open(SlaRow.TABLE)) {
            assertThat(scan.snapshotId()).isPresent();
            List<Row> rows = rows(scan, SlaRow.SCHEMA.columnNames());
            assertThat(rows.stream().map(SlaRow.SCHEMA::decode).filter(row -> row.runId().equals("run-1")))
                    .containsExactlyInAnyOrder(
                            new SlaRow(
                                    "run-1",
                                    "orders.order-events",
                                    Optional.of("17"),
                                    "freshness",
                                    "missed",
                                    Optional.of(new BigDecimal("1800.500000000")),
                                    Optional.of(new BigDecimal("900.000000000")),
                                    Optional.of(CHECKED_AT.minusSeconds(5)),
                                    Optional.of("last data commit"),
                                    Optional.of("late by 15 min"),
                                    CHECKED_AT),
                            new SlaRow(
                                    "run-1",
                                    "orders.order-events",
                                    Optional.of("17"),
                                    "completeness",
                                    "unknown",
                                    Optional.empty(),
                                    Optional.of(new BigDecimal("0.995000000")),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of("never reconciled"),
                                    CHECKED_AT));

            assertThat(rows(scan, ImmutableList.of("slo", "added_by_a_later_version")))
                    .contains(Row.of(ImmutableMap.of("slo", "freshness")))
                    .allSatisfy(row -> assertThat(row.values()).containsOnlyKeys("slo"));
        }
    }

    @Test
    void testALaterReadingPaysForNewRowsOnly()
            throws IOException
    {
        ResultTables results = new ResultTables(catalog);
        results.record(report("incremental-1", "orders.incremental"));
        Set<String> parts;
        try (RegistryScan scan = tables.open(SlaRow.TABLE); RegistryRows rows = scan.rows(ImmutableList.of("run_id"))) {
            runs(rows);
            parts = rows.parts();
        }
        results.record(report("incremental-2", "orders.incremental"));
        try (RegistryScan scan = tables.open(SlaRow.TABLE); RegistryRows rows = scan.rowsExcept(ImmutableList.of("run_id"), parts)) {
            assertThat(runs(rows)).containsExactly("incremental-2", "incremental-2");
            assertThat(rows.parts()).containsAll(parts).hasSize(parts.size() + 1);
        }
    }

    @Test
    void testFilesOfOtherProductsAreNotOpened()
            throws IOException
    {
        ResultTables results = new ResultTables(catalog);
        for (int number = 1; number <= 5; number++) {
            results.record(report("bounds-" + number, "zone.bounds-" + number));
        }
        List<String> columns = ImmutableList.of("run_id");
        try (RegistryScan scan = tables.open(SlaRow.TABLE); RegistryRows rows = scan.rows(columns)) {
            assertThat(runs(rows)).contains("bounds-1", "bounds-5");
            assertThat(rows.parts()).hasSizeGreaterThanOrEqualTo(5);
        }
        try (RegistryScan scan = tables.open(SlaRow.TABLE); RegistryRows rows = scan.rowsWhere(columns, "product", domain("zone.bounds-3"))) {
            assertThat(runs(rows)).containsExactly("bounds-3", "bounds-3");
            assertThat(rows.parts()).hasSize(1);
        }
        try (RegistryScan scan = tables.open(SlaRow.TABLE); RegistryRows rows = scan.rowsWhere(columns, "product", domain("zone.bounds-2").union(domain("zone.bounds-5")))) {
            assertThat(runs(rows)).containsOnly("bounds-2", "bounds-5");
            assertThat(rows.parts()).hasSize(2);
        }
        try (RegistryScan scan = tables.open(SlaRow.TABLE); RegistryRows rows = scan.rowsWhere(columns, "product", Domain.none(VARCHAR))) {
            assertThat(runs(rows)).isEmpty();
        }
    }

    private static Domain domain(String address)
    {
        return Domain.singleValue(VARCHAR, Slices.utf8Slice(address));
    }

    @Test
    void testRegistrationsAreReadOnce()
            throws IOException
    {
        RegistryReader reader = new RegistryReader(tables);
        IcebergProductRegistry registry = new IcebergProductRegistry(catalog);
        RegistryReader.Change empty = reader.read(Optional.empty()).orElseThrow();
        assertThat(empty.rows()).isEmpty();
        assertThat(reader.read(Optional.of(empty.seen()))).isEmpty();

        for (int number = 1; number <= 6; number++) {
            register(registry, "orders.product-" + number);
        }
        RegistryReader.Change first = reader.read(Optional.of(empty.seen())).orElseThrow();
        assertThat(first.rows()).hasSize(6);
        register(registry, "orders.product-7");
        RegistryReader.Change added = reader.read(Optional.of(first.seen())).orElseThrow();
        assertThat(added.rows()).extracting(row -> row.string("address")).containsExactly("orders.product-7");
        assertThat(added.complete()).isFalse();
        assertThat(reader.read(Optional.of(added.seen()))).isEmpty();

        // the same rows in other files
        new RegistryMaintenance(catalog).run(Duration.ZERO);
        RegistryReader.Change compacted = reader.read(Optional.of(added.seen())).orElseThrow();
        assertThat(compacted.complete()).isTrue();
        assertThat(compacted.rows()).extracting(row -> row.string("address")).containsExactlyInAnyOrder(
                IntStream.rangeClosed(1, 7).mapToObj(number -> "orders.product-" + number).toArray(String[]::new));
    }

    private static void register(IcebergProductRegistry registry, String address)
    {
        registry.register(
                new ProductDraft(
                        ProductAddress.parse(address).orElseThrow(),
                        Optional.empty(),
                        "dataproduct.yaml",
                        "",
                        Optional.empty(),
                        "test",
                        ImmutableList.of(),
                        ImmutableList.of(),
                        ImmutableList.of()),
                0);
    }

    @Test
    void testADamagedTableIsAnErrorAndNeverEmpty()
            throws IOException
    {
        Path damagedFolder = Files.createDirectories(folder.resolve("damaged"));
        CatalogSettings settings = new CatalogSettings(
                "mesh",
                "jdbc",
                Optional.of("jdbc:sqlite:" + damagedFolder.resolve("catalog.db")),
                Optional.of(damagedFolder.toUri().toString()),
                ImmutableMap.of(),
                true);
        try (MeshCatalog damagedCatalog = IcebergCatalogs.open(settings)) {
            new ResultTables(damagedCatalog).record(report("run-1", "orders.order-events"));
            deleteFiles(damagedFolder, "/data/");
            withTables(settings, damaged -> {
                try (RegistryScan scan = damaged.open(SlaRow.TABLE); RegistryRows rows = scan.rows(SlaRow.SCHEMA.columnNames())) {
                    assertThatThrownBy(rows::next)
                            .isInstanceOf(IOException.class)
                            .hasMessage("The registry's table sla_measurements cannot be read");
                }
            });
            deleteFiles(damagedFolder, "/metadata/");
            // the former connector remembers the metadata files, which never change
            withTables(settings, damaged -> assertThatThrownBy(() -> damaged.open(SlaRow.TABLE))
                    .isInstanceOf(IOException.class)
                    .hasMessage("The registry's table sla_measurements cannot be opened"));
        }
    }

    private interface Check
    {
        void of(RegistryTables tables)
                throws IOException;
    }

    private static void withTables(CatalogSettings settings, Check check)
            throws IOException
    {
        Connector connector = connector(settings);
        try {
            check.of(new RegistryTables(connector, MeshCatalog.REGISTRY_NAMESPACE.toString()));
        }
        finally {
            connector.shutdown();
        }
    }

    private static Connector connector(CatalogSettings settings)
    {
        return new IcebergConnectorFactory().create(
                "lake",
                EngineProperties.trinoIcebergProperties(settings),
                new RegistryAwareContext(new TestingConnectorContext()));
    }

    private static List<Row> rows(RegistryScan scan, List<String> columns)
            throws IOException
    {
        List<Row> all = new ArrayList<>();
        try (RegistryRows rows = scan.rows(columns)) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                all.add(row.orElseThrow());
            }
            assertThat(rows.next()).as("after the last row").isEmpty();
        }
        return all;
    }

    private static List<String> runs(RegistryRows rows)
            throws IOException
    {
        List<String> runs = new ArrayList<>();
        for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
            runs.add(row.orElseThrow().string("run_id"));
        }
        return runs;
    }

    private static void deleteFiles(Path folder, String part)
            throws IOException
    {
        List<Path> files;
        try (Stream<Path> paths = Files.walk(folder)) {
            files = paths.filter(Files::isRegularFile).filter(path -> path.toString().contains(part)).collect(toImmutableList());
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private static SlaReport report(String run, String product)
    {
        return new SlaReport(
                product,
                Optional.of("17"),
                ImmutableList.of(
                        new SloResult(
                                "freshness",
                                SloStatus.MISSED,
                                Optional.of(new BigDecimal("1800.5")),
                                Optional.of(new BigDecimal("900")),
                                Optional.of(CHECKED_AT.minusSeconds(5)),
                                Optional.of("last data commit"),
                                Optional.of("late by 15 min")),
                        new SloResult(
                                "completeness",
                                SloStatus.UNKNOWN,
                                Optional.empty(),
                                Optional.of(new BigDecimal("0.995")),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("never reconciled"))),
                run,
                CHECKED_AT);
    }
}
