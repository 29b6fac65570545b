package io.meshwright.it;

import io.meshwright.leak.Exhibit;
import io.meshwright.leak.LeakSuite;
import io.meshwright.leak.Outcome;
import io.meshwright.leak.Planting;
import io.meshwright.leak.Probe;
import io.meshwright.leak.Target;
import io.meshwright.leak.TrinoClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.meshwright.leak.Outcome.Verdict.HELD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * The whole leak suite against the packaged plugin: handles, splits and masks cross processes, and class loaders keep the
 * plugin apart from the engine.
 */
@TestInstance(PER_CLASS)
class LeakSuiteIT
{
    private static final String REFER =
            """
            import sys
            from pyiceberg.catalog import load_catalog

            name, uri, warehouse, table, snapshot = sys.argv[1:]
            catalog = load_catalog(name, type="sql", uri=uri.removeprefix("jdbc:").replace("sqlite:", "sqlite:///", 1), warehouse=warehouse)
            table = catalog.load_table("vault." + table)
            table.manage_snapshots().create_branch(int(snapshot), "former").create_tag(int(snapshot), "release").commit()
            """;

    private TrinoCluster cluster;
    private TrinoClient client;
    private Target target;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        Path database = Files.createFile(folder.resolve("catalog.db"));
        Path warehouse = Files.createDirectory(folder.resolve("warehouse"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(folder.resolve("mesh.yaml"),
                """
                catalog:
                  name: mesh
                  type: jdbc
                  uri: jdbc:sqlite:%s
                  warehouse: file://%s
                environment: production
                """.formatted(database, warehouse));
        Map<String, String> storage = Map.of("fs.local.enabled", "true", "local.location", "/");
        Map<String, String> iceberg = Map.of(
                "iceberg.catalog.type", "jdbc",
                "iceberg.jdbc-catalog.catalog-name", "mesh",
                "iceberg.jdbc-catalog.driver-class", "org.sqlite.JDBC",
                "iceberg.jdbc-catalog.connection-url", "jdbc:sqlite:%s?busy_timeout=30000".formatted(database),
                "iceberg.jdbc-catalog.default-warehouse-dir", "file://" + warehouse,
                "iceberg.jdbc-catalog.schema-version", "V1");
        Mesh mesh = new Mesh(folder);
        // makes the catalog's own tables, which Trino needs to start
        mesh.run("catalog", "list").expectExit(0);
        cluster = TrinoCluster.start(
                folder,
                Map.of(
                        "mesh", properties(Map.of("connector.name", "mesh", "mesh.environment", "production", "mesh.registry.refresh-interval", "0s"), storage, iceberg),
                        "lake", properties(Map.of("connector.name", "iceberg"), storage, iceberg),
                        "elsewhere", properties(Map.of("connector.name", "iceberg", "iceberg.catalog.type", "TESTING_FILE_METASTORE", "hive.metastore.catalog.dir", "file://" + elsewhere), storage, Map.of())),
                "marketing:mark\nprivacy:olga\n");
        client = new TrinoClient(cluster.uri(), _ -> "");
        target = new Target(client, "mesh", "lake", "elsewhere.scratch", Target.USERS);
        cluster.await("worker", () -> target.produce("SELECT count(*) FROM system.runtime.nodes WHERE state = 'active'").equals(List.of(List.of(2))));
        target.produce("CREATE SCHEMA elsewhere.scratch");
        Planting.plant(target, new Workshop(target, mesh, database, warehouse));
        Planting.breakFiles(warehouse);
    }

    @AfterAll
    void stop()
            throws Exception
    {
        if (client != null) {
            client.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    static List<Probe> probes()
    {
        return LeakSuite.all();
    }

    @ParameterizedTest
    @MethodSource("probes")
    void testHolds(Probe probe)
    {
        Outcome outcome = probe.run(target);
        assertThat(outcome.verdict()).as(outcome.what()).isEqualTo(HELD);
    }

    private static Map<String, String> properties(Map<String, String> own, Map<String, String> storage, Map<String, String> iceberg)
    {
        Map<String, String> properties = new HashMap<>(own);
        properties.putAll(storage);
        properties.putAll(iceberg);
        return properties;
    }

    private record Workshop(Target target, Mesh mesh, Path database, Path warehouse)
            implements Planting.Workshop
    {
        @Override
        public void register(Exhibit exhibit)
                throws IOException
        {
            Path folder = Files.createDirectories(mesh.directory().resolve("products").resolve(exhibit.name()));
            Files.writeString(folder.resolve("contract.yaml"), exhibit.contract());
            Path specification = Files.writeString(folder.resolve("dataproduct.yaml"), exhibit.specification());
            mesh.run("product", "apply", specification.toString()).expectExit(0);
        }

        @Override
        public void refer(String table, long snapshotId)
        {
            PythonClient.run(mesh.directory(), REFER, "mesh", "jdbc:sqlite:" + database, "file://" + warehouse, table, Long.toString(snapshotId)).expectExit(0);
        }

        @Override
        public void deleteByEmail(String table, String email)
        {
            // nothing that the distribution has writes equality deletes
            target.produce("DELETE FROM {l}.%s WHERE email = '%s'".formatted(table, email));
        }
    }
}
