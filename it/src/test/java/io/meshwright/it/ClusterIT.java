package io.meshwright.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged job jar on a cluster of Spark as its project publishes it: the same verdicts and figures as on one machine,
 * also where executors or the driver are killed. Every run is of a product of its own with the same rows, so that none is
 * answered by what another one read.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT
{
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PRODUCTS = List.of("on-one-machine", "on-a-cluster", "on-executors-that-die", "on-a-local-cluster");

    // the keys of each file lie between those of the others, every ninth mail address is none, and every file repeats ten keys of the first
    private static final String LOAD_ROWS =
            """
            import pyarrow, sys
            from pyiceberg.catalog import load_catalog

            catalog = load_catalog("mesh", type="sql", uri="sqlite:///" + sys.argv[1], warehouse=sys.argv[2])
            for name in sys.argv[3:]:
                table = catalog.load_table("shop." + name)
                for file in range(4):
                    ids = [row * 4 + file for row in range(40000)]
                    keys = ids[:-10] + [row * 4 for row in range(10)] if file else ids
                    table.append(pyarrow.table([
                        keys, [f"C-{id % 1000}" for id in ids],
                        ["none" if id % 9 == 0 else f"a{id}@example.org" for id in ids], [id % 100 for id in ids],
                    ], schema=table.schema().as_arrow()))
                # otherwise one task would read all files
                with table.transaction() as change:
                    change.set_properties({"read.split.open-file-cost": str(128 * 1024 * 1024)})
                print(len(table.inspect.files()), table.scan().count())
            """;

    private static final String RECORDED =
            """
            import sys
            from pyiceberg.catalog import load_catalog

            results = load_catalog("mesh", type="sql", uri="sqlite:///" + sys.argv[1], warehouse=sys.argv[2]).load_table("mesh.check_results")
            print(len(results.snapshots()), results.current_snapshot().summary["total-records"])
            """;

    private static final String SPECIFICATION =
            """
            apiVersion: dataproduct.kloudvin.io/v1
            kind: DataProduct
            metadata: {name: %s, domain: shop, owner: shop-data@retailer.example}
            spec:
              description: Cards and what is on them.
              outputPorts:
                - {name: table, type: iceberg, contract: ./%s.contract.yaml}
              sla: {freshness: "<= 24h"}
            """;

    private static final String CONTRACT =
            """
            dataContractSpecification: 1.2.1
            id: shop.%s
            info: {title: Cards, version: 1.0.0, owner: shop-data@retailer.example}
            models:
              card:
                type: table
                fields:
                  card_id: {type: long, required: true, primaryKey: true}
                  holder: {type: string, required: true}
                  reply_to: {type: string, pattern: '^[^@]+@[^@]+$'}
                  points: {type: int, minimum: 0, maximum: 99}
                quality:
                  - {type: library, metric: rowCount, mustBe: 160000}
                  - {type: sql, query: "SELECT COUNT(*) FROM card WHERE points + 1 > 95", mustBe: 0}
                  - {type: sql, query: "SELECT COUNT(DISTINCT holder) FROM card", mustBe: 1000}
            """;

    // the driver tells which executor gets which task; the job itself silences Spark's root logger only
    private static final String LOGGING =
            """
            rootLogger.level = error
            rootLogger.appenderRef.console.ref = console
            appender.console.type = Console
            appender.console.name = console
            appender.console.target = SYSTEM_ERR
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %p %c{1}: %m%n
            logger.scheduler.name = org.apache.spark.scheduler
            logger.scheduler.level = info
            """;

    private Path folder;
    private Mesh mesh;
    private StockSpark spark;
    private SparkCluster cluster;
    private Leftovers leftovers;
    private JsonNode expected;

    @BeforeAll
    void testOnThisMachineAndStartCluster(@TempDir Path folder)
            throws Exception
    {
        spark = StockSpark.find();
        System.out.printf("Spark of %s on Java of %s%n", spark.home(), spark.java());
        this.folder = folder;
        leftovers = new Leftovers(folder);
        mesh = new Mesh(folder);
        Files.writeString(folder.resolve("mesh.yaml"), "catalog: {name: mesh, type: jdbc, uri: 'jdbc:sqlite:%1$s/catalog.db', warehouse: 'file:%1$s/warehouse'}%n".formatted(folder));
        Files.createFile(folder.resolve("catalog.db"));
        Files.writeString(folder.resolve("log4j2.properties"), LOGGING);
        for (String product : PRODUCTS) {
            Path specification = Files.writeString(folder.resolve(product + ".yaml"), SPECIFICATION.formatted(product, product));
            Files.writeString(folder.resolve(product + ".contract.yaml"), CONTRACT.formatted(product));
            mesh.run("product", "apply", specification.toString()).expectExit(0);
        }
        String[] tables = PRODUCTS.stream().map(product -> product.replace('-', '_')).toArray(String[]::new);
        assertThat(python(LOAD_ROWS, tables).lines()).hasSize(PRODUCTS.size()).containsOnly("4 160000");

        expected = JSON.readTree(mesh.run("contract", "test", "shop.on-one-machine", "-o", "json").expectExit(1).output());
        assertThat(expected.get("status").asText()).isEqualTo("failed");
        assertThat(outcomes(expected)).contains(
                Map.entry("reply_to.pattern", "failed 17778 R5"),
                Map.entry("card_id.primaryKey", "failed 10 R6"));
        cluster = SparkCluster.start(spark, folder.resolve("cluster"));
    }

    @AfterAll
    void stop()
    {
        if (cluster != null) {
            cluster.close();
            assertThat(leftovers.running()).isEmpty();
        }
    }

    @Test
    void testKilledDriverRecordsNothingAndItsRepetitionOnce()
            throws Exception
    {
        Recorded before = recorded();
        try (SparkProcess driver = submit("killed", cluster.master(), "on-a-cluster", "r1")) {
            ProcessHandle frozen = freezeWhileReading(driver);
            driver.process().destroyForcibly();
            assertThat(driver.awaitEnd()).isEqualTo(137);
            frozen.destroyForcibly();
        }
        assertThat(folder.resolve("r1.json")).doesNotExist();
        assertThat(recorded()).isEqualTo(before);
        cluster.awaitIdle();

        try (SparkProcess driver = submit("repeated", cluster.master(), "on-a-cluster", "r1")) {
            assertThat(driver.awaitEnd()).describedAs(driver.log()).isEqualTo(1);
            assertThat(driver.log()).contains("executor 0,", "executor 1,").doesNotContain("recorded before");
        }
        assertSameAsOnThisMachine("r1");
        assertThat(recorded()).isEqualTo(before.withRun(expected));

        try (SparkProcess driver = submit("third", cluster.master(), "on-a-cluster", "r1")) {
            assertThat(driver.awaitEnd()).describedAs(driver.log()).isEqualTo(1);
            assertThat(driver.log()).contains("run r1 had been recorded before");
        }
        assertThat(recorded()).isEqualTo(before.withRun(expected));
        cluster.awaitIdle();
    }

    @Test
    void testKilledExecutorChangesNothing()
            throws Exception
    {
        Recorded before = recorded();
        try (SparkProcess driver = submit("lost", cluster.master(), "on-executors-that-die", "r2")) {
            freezeWhileReading(driver).destroyForcibly();
            assertThat(driver.awaitEnd()).describedAs(driver.log()).isEqualTo(1);
            assertThat(driver.log()).contains("Lost executor 0").containsPattern("Starting task \\d+\\.1 in stage");
        }
        assertSameAsOnThisMachine("r2");
        assertThat(recorded()).isEqualTo(before.withRun(expected));
        cluster.awaitIdle();
    }

    @Test
    void testLocalCluster()
            throws Exception
    {
        try (SparkProcess driver = submit("local-cluster", "local-cluster[2,1,1024]", "on-a-local-cluster", "r3")) {
            assertThat(driver.awaitEnd()).describedAs(driver.log()).isEqualTo(1);
            assertThat(driver.log()).contains("executor 0,", "executor 1,");
        }
        assertSameAsOnThisMachine("r3");
    }

    /**
     * An executor that was given a part of the rows to read and cannot come to its end.
     */
    private ProcessHandle freezeWhileReading(SparkProcess driver)
            throws IOException, InterruptedException
    {
        driver.await("reading \\d+ figures from 4 of 4 data files");
        ProcessHandle executor = cluster.freeze("0");
        // started, and not finished
        driver.await("(?s)Starting task [^\\n]*TID (\\d+)\\) [^\\n]*executor 0,(?!.*Finished task [^\\n]*TID \\1\\))");
        return executor;
    }

    private SparkProcess submit(String name, String master, String product, String runId)
            throws IOException
    {
        Path jars = Mesh.HOME.resolve("spark/lib");
        List<String> command = new ArrayList<>(List.of(
                "spark-submit",
                "--master",
                master,
                "--executor-memory",
                "512m",
                "--driver-memory",
                "512m",
                "--driver-java-options",
                "-Dlog4j2.configurationFile=" + folder.resolve("log4j2.properties").toUri(),
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false",
                // both executors are there before the first task is given to either
                "--conf",
                "spark.scheduler.minRegisteredResourcesRatio=1.0",
                "--jars",
                only(jars, "iceberg-spark-runtime-").toString(),
                "--class",
                "io.meshwright.spark.job.ContractTestJob",
                only(jars, "spark-quality-jobs-").toString(),
                "--config",
                folder.resolve("mesh.yaml").toString(),
                "--product",
                "shop." + product,
                "--run-id",
                runId,
                "--result-file",
                folder.resolve(runId + ".json").toString()));
        SparkProcess driver = SparkProcess.start(spark, folder, name, command);
        leftovers.watch(driver.process());
        return driver;
    }

    private void assertSameAsOnThisMachine(String runId)
            throws IOException
    {
        JsonNode report = JSON.readTree(folder.resolve(runId + ".json").toFile());
        assertThat(report.get("runId").asText()).isEqualTo(runId);
        assertThat(report.get("jobId").asText()).startsWith("app-");
        assertThat(report.get("status")).isEqualTo(expected.get("status"));
        // the same rungs as well: nothing was answered by what was kept of another run
        assertThat(outcomes(report)).isEqualTo(outcomes(expected)).noneSatisfy((_, outcome) -> assertThat(outcome).endsWith(" R0"));
    }

    private Recorded recorded()
    {
        String[] figures = python(RECORDED).trim().split(" ");
        return new Recorded(Integer.parseInt(figures[0]), Integer.parseInt(figures[1]));
    }

    /**
     * How often was committed to the table of results, and how many rows it has.
     */
    private record Recorded(int commits, int rows)
    {
        private Recorded withRun(JsonNode report)
        {
            return new Recorded(commits + 1, rows + report.get("checks").size());
        }
    }

    private String python(String program, String... arguments)
    {
        List<String> all = new ArrayList<>(List.of(folder.resolve("catalog.db").toString(), folder.resolve("warehouse").toUri().toString()));
        all.addAll(List.of(arguments));
        return PythonClient.run(folder, program, all.toArray(String[]::new)).expectExit(0).output();
    }

    private static Map<String, String> outcomes(JsonNode report)
    {
        Map<String, String> outcomes = new TreeMap<>();
        for (JsonNode check : report.get("checks")) {
            outcomes.put(check.get("name").asText(), "%s %s %s".formatted(check.get("status").asText(), check.get("actual").asText(), check.get("rung").asText()));
        }
        assertThat(outcomes).hasSize(report.get("checks").size());
        return outcomes;
    }

    private static Path only(Path directory, String prefix)
            throws IOException
    {
        try (var files = Files.newDirectoryStream(directory, prefix + "*.jar")) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }
}
