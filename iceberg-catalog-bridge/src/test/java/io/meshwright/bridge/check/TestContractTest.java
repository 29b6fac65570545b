package io.meshwright.bridge.check;

import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.bridge.registry.ContractRow;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductDraft;
import io.meshwright.bridge.result.CheckRow;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.ProductAddress;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestContractTest
{
    private static final int KILLS = 3;
    private static final int FILES = 2_000;
    private static final String SPEC =
            """
            apiVersion: dataproduct.kloudvin.io/v1
            kind: DataProduct
            metadata:
              name: order-events
              domain: orders
              owner: orders-data@example.com
              owner_team: orders-team
            spec:
              description: Orders
              outputPorts:
                - {name: table, type: iceberg, contract: ./contract.yaml}
              sla:
                freshness: "<= 15m"
                completeness: ">= 99%"
            """;
    private static final String CONTRACT =
            """
            dataContractSpecification: 1.2.1
            id: orders.order-events
            info: {title: Order events, version: 1.0.0, owner: orders-data@example.com}
            models:
              order_events:
                type: table
                fields:
                  id: {type: long, required: true, unique: true, minimum: 0}
                  customer_id: {type: string, required: true}
                  occurred_at: {type: timestamp, required: true}
                quality:
                  - {type: library, metric: rowCount, mustBeGreaterThan: 5}
            """;

    @TempDir
    private Path folder;

    private MeshCatalog catalog;
    private Table table;

    @BeforeEach
    void setUp()
    {
        catalog = TestingCatalogs.openEmbedded(folder);
        catalog.createNamespaceIfAbsent(Namespace.of("orders"), Map.of());
        table = catalog.catalog().createTable(
                TableIdentifier.of("orders", "order_events"),
                new Schema(optional(1, "id", Types.LongType.get()), optional(2, "customer_id", Types.StringType.get()), optional(3, "occurred_at", Types.TimestampType.withZone())),
                PartitionSpec.unpartitioned());
        register(SPEC, 0);
    }

    @AfterEach
    void tearDown()
    {
        catalog.close();
    }

    @Test
    void testManifestsOfManyFilesAreReadOnce()
    {
        append(FILES);
        ConcurrentLinkedQueue<String> opened = new ConcurrentLinkedQueue<>();
        ContractTest first = test("run-1", opened);
        ContractTestReport report = first.fromMetadata().orElseThrow();
        assertThat(report.checks()).extracting(CheckResult::status).containsOnly(CheckStatus.PASSED);
        assertThat(report.checks()).extracting(CheckResult::rung).contains(Optional.of(EvidenceRung.R1), Optional.of(EvidenceRung.R2));
        assertThat(opened).as("manifests").filteredOn(path -> path.endsWith("-m0.avro")).isNotEmpty().doesNotHaveDuplicates();
        assertThat(first.record(report)).isTrue();

        opened.clear();
        ContractTestReport again = test("run-2", opened).fromMetadata().orElseThrow();
        assertThat(again.checks()).extracting(CheckResult::status).containsOnly(CheckStatus.PASSED);
        assertThat(again.checks()).filteredOn(check -> !check.metric().equals("fieldIsPresent") && check.rung().isPresent())
                .extracting(check -> check.rung().orElseThrow()).containsOnly(EvidenceRung.R0, EvidenceRung.R1);
        assertThat(again.completeness()).isEqualTo(report.completeness()).hasSize(3);
        assertThat(opened).as("manifests").filteredOn(path -> path.endsWith("-m0.avro")).doesNotHaveDuplicates();
    }

    /**
     * For example by a schedule and by hand. Each run has its results once, however often it is tried.
     */
    @Test
    void testRunsAtOnce()
            throws Exception
    {
        append(7);
        int runs = 4;
        ExecutorService pool = Executors.newFixedThreadPool(runs * 2);
        try {
            List<Callable<Boolean>> twice = IntStream.range(0, runs * 2)
                    .mapToObj(number -> (Callable<Boolean>) () -> {
                        ContractTest test = test("run-" + number % runs, new ConcurrentLinkedQueue<>());
                        return test.record(test.fromMetadata().orElseThrow());
                    })
                    .toList();
            int recorded = 0;
            for (Future<Boolean> run : pool.invokeAll(twice)) {
                recorded += run.get() ? 1 : 0;
            }
            assertThat(recorded).as("one of two with the same id").isEqualTo(runs);
        }
        finally {
            pool.shutdownNow();
        }
        assertThat(runs()).hasSize(runs);
    }

    /**
     * The driver dies between a check and its result, or while it writes the result.
     */
    @Test
    void testRunsOfKilledProcesses()
            throws Exception
    {
        append(7);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> confirmed = new ArrayList<>();
        List<String> interrupted = new ArrayList<>();
        for (int round = 0; round < KILLS; round++) {
            Path output = folder.resolve("output " + round);
            Process process = start(folder, "killed-" + round, output);
            while (process.isAlive() && Files.size(output) == 0) {
                process.waitFor(5, TimeUnit.MILLISECONDS);
            }
            process.waitFor(random.nextInt(1_000), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            assertThat(process.exitValue()).as("ended by the signal, not by itself; seed %s", seed).isEqualTo(128 + 9);
            // a last line without its end was not confirmed
            String text = Files.readString(output);
            List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
            confirmed.addAll(lines.subList(1, lines.size()));
            interrupted.add("killed-%s-%s".formatted(round, lines.size() - 1));
        }
        assertThat(runs().keySet()).as("seed %s", seed).containsAll(confirmed);
        for (String runId : interrupted) {
            boolean written = runs().containsKey(runId);
            ContractTest again = test(runId, new ConcurrentLinkedQueue<>());
            assertThat(again.record(again.fromMetadata().orElseThrow())).as("seed %s", seed).isEqualTo(!written);
        }
        assertThat(runs().keySet()).as("seed %s", seed).containsAll(interrupted);
    }

    /**
     * The names of recorded checks by run, of which each is whole.
     */
    private Map<String, List<String>> runs()
    {
        List<CheckRow> rows = new RowTable<>(catalog, CheckRow.TABLE, CheckRow.SCHEMA).read().rows();
        Map<String, List<String>> runs = rows.stream().collect(Collectors.groupingBy(CheckRow::runId, Collectors.mapping(CheckRow::checkName, Collectors.toList())));
        for (CheckRow row : rows) {
            assertThat(row.status()).isEqualTo("passed");
            assertThat(runs.get(row.runId())).doesNotHaveDuplicates().hasSize(row.plannedChecks().orElseThrow());
        }
        return runs;
    }

    /**
     * Tests the product again and again in a process of its own.
     *
     * @param output a file, since a killed process takes its pipes with it
     */
    private static Process start(Path folder, String prefix, Path output)
            throws IOException
    {
        return new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Tester.class.getName(),
                folder.toString(),
                prefix))
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static final class Tester
    {
        private Tester() {}

        public static void main(String[] arguments)
        {
            try (MeshCatalog catalog = TestingCatalogs.openEmbedded(Path.of(arguments[0]))) {
                System.out.println("ready");
                for (int number = 0; number < Integer.MAX_VALUE; number++) {
                    String runId = arguments[1] + "-" + number;
                    ContractTest test = new ContractTest(ProductUnderTest.resolve(catalog, "orders.order-events", Optional.empty()), catalog, runId, Clock.systemUTC(), unused -> {});
                    test.record(test.fromMetadata().orElseThrow());
                    System.out.println(runId);
                }
            }
        }
    }

    @Test
    void testWhatRestsOnMetricsIsNotReusedOnceTheyAreDistrusted()
    {
        append(7);
        ContractTest first = test("run-1", new ConcurrentLinkedQueue<>());
        first.record(first.fromMetadata().orElseThrow());
        assertThat(test("run-2", new ConcurrentLinkedQueue<>()).fromMetadata()).as("the same snapshot").isPresent();
        table.updateProperties().set("mesh.quality.trust-metrics", "false").commit();
        assertThat(test("run-3", new ConcurrentLinkedQueue<>()).fromMetadata()).as("rows have to be read").isEmpty();
    }

    @Test
    void testAnotherRegistrationIsTestedAnew()
    {
        append(7);
        ContractTest first = test("run-1", new ConcurrentLinkedQueue<>());
        first.record(first.fromMetadata().orElseThrow());
        assertThat(test("run-2", new ConcurrentLinkedQueue<>()).fromMetadata().orElseThrow().checks())
                .as("the same registration").extracting(CheckResult::rung).contains(Optional.of(EvidenceRung.R0));
        register(SPEC.replace("description: Orders", "description: All orders"), 1);
        assertThat(test("run-3", new ConcurrentLinkedQueue<>()).fromMetadata().orElseThrow().checks())
                .as("the specification has checks of its own").extracting(CheckResult::rung).isNotEmpty().doesNotContain(Optional.of(EvidenceRung.R0));
    }

    @Test
    void testStorageThatIsAwayForAWhile()
            throws IOException
    {
        append(7);
        ContractTest first = test("run-1", new ConcurrentLinkedQueue<>());
        first.record(first.fromMetadata().orElseThrow());
        ContractTest second = test("run-2", new ConcurrentLinkedQueue<>());
        ContractTestReport report = second.fromMetadata().orElseThrow();
        Files.move(folder.resolve("warehouse"), folder.resolve("away"));
        assertThatThrownBy(() -> second.record(report)).isInstanceOf(MeshException.class)
                .extracting(failure -> ((MeshException) failure).kind()).isEqualTo(MeshException.Cause.EXTERNAL);
        assertThatThrownBy(() -> test("run-3", new ConcurrentLinkedQueue<>()).fromMetadata()).isInstanceOf(MeshException.class).hasMessageStartingWith("Cannot load table mesh.product_versions");
        if (Files.exists(folder.resolve("warehouse"))) {
            deleteRecursively(folder.resolve("warehouse"), ALLOW_INSECURE);
        }
        Files.move(folder.resolve("away"), folder.resolve("warehouse"));
        assertThat(second.record(report)).isTrue();
        assertThat(runs()).containsOnlyKeys("run-1", "run-2");
    }

    @Test
    void testWhatIsNotProvenIsNoResult()
    {
        append(2);
        // of a file without counts
        table.newAppend().appendFile(DataFiles.builder(table.spec()).withPath(table.location() + "/data/unknown.parquet").withFileSizeInBytes(10).withRecordCount(3).build()).commit();
        ContractTest test = test("run-1", new ConcurrentLinkedQueue<>());
        assertThat(test.fromMetadata()).isEmpty();
        assertThat(new ResultTables(catalog).lastChecks("orders.order-events")).isEmpty();
    }

    private void register(String spec, int revision)
    {
        new IcebergProductRegistry(catalog).register(
                new ProductDraft(
                        ProductAddress.parse("orders.order-events").orElseThrow(),
                        Optional.empty(),
                        "dataproduct.yaml",
                        spec,
                        Optional.empty(),
                        "tester",
                        List.of(new PortRow("table", "iceberg", Optional.of("orders"), Optional.of("order_events"), Optional.of(table.uuid().toString()), Optional.of(table.location()), Optional.empty())),
                        List.of(new ContractRow("table", "./contract.yaml", "orders.order-events", "1.0.0", ProductDraft.hashOf(CONTRACT), CONTRACT)),
                        List.of()),
                revision);
    }

    private void append(int files)
    {
        AppendFiles append = table.newAppend();
        for (long number = 0; number < files; number++) {
            append.appendFile(DataFiles.builder(table.spec())
                    .withPath(table.location() + "/data/" + number + ".parquet")
                    .withFileSizeInBytes(1_000)
                    .withMetrics(new Metrics(
                            1L,
                            ImmutableMap.of(1, 50L, 2, 50L, 3, 50L),
                            ImmutableMap.of(1, 1L, 2, 1L, 3, 1L),
                            ImmutableMap.of(1, 0L, 2, 0L, 3, 0L),
                            ImmutableMap.of(),
                            ImmutableMap.of(1, bytes(number)),
                            ImmutableMap.of(1, bytes(number))))
                    .build());
        }
        append.commit();
    }

    private static ByteBuffer bytes(long number)
    {
        return Conversions.toByteBuffer(Types.LongType.get(), number);
    }

    /**
     * @param opened takes the files that are read of the table
     */
    private ContractTest test(String runId, Queue<String> opened)
    {
        ProductUnderTest product = ProductUnderTest.resolve(catalog, "orders.order-events", Optional.empty());
        Table counted = new BaseTable(new CountedOperations(((HasTableOperations) product.table()).operations(), opened), product.table().name());
        return new ContractTest(
                new ProductUnderTest(product.product(), product.spec(), product.port(), product.contract(), product.contractHash(), counted),
                catalog,
                runId,
                Clock.systemUTC(),
                unused -> {});
    }
}
