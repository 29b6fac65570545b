package io.meshwright.spark.job;

import io.meshwright.model.json.RecordJson;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.spark.job.TestingProduct.Run;
import io.meshwright.spark.session.TestingLake;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A legacy warehouse in PostgreSQL, products of orders, and the job run in this process.
 */
abstract class BaseReconciliationJobTest
{
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T01:30:00Z"), ZoneOffset.UTC);
    static final String PASSWORD = "s3cret-of-recon";

    static EmbeddedPostgres postgres;

    final TestingLake lake = TestingLake.get();

    @TempDir
    private Path folder;

    TestingProduct product;

    @BeforeAll
    static void startLegacy()
            throws IOException, SQLException
    {
        postgres = EmbeddedPostgres.builder().start();
        legacy("CREATE SCHEMA wh",
                "CREATE ROLE recon LOGIN PASSWORD '" + PASSWORD + "'",
                "GRANT USAGE ON SCHEMA wh TO recon",
                "ALTER DEFAULT PRIVILEGES IN SCHEMA wh GRANT SELECT ON TABLES TO recon");
    }

    @AfterAll
    static void stopLegacy()
            throws IOException
    {
        postgres.close();
    }

    static void legacy(String... statements)
            throws SQLException
    {
        try (Connection connection = postgres.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @BeforeEach
    void setUp()
    {
        product = new TestingProduct(folder);
        configure(postgres.getPort());
    }

    void configure(int port)
    {
        product.write("password", PASSWORD + "\n");
        product.config(
                """
                legacy:
                  warehouse:
                    url: jdbc:postgresql://localhost:%s/postgres
                    user: recon
                    password-file: password
                """.formatted(port));
    }

    void apply(String name, String migration)
    {
        product.apply(
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata:
                  name: %s
                  domain: recon
                  owner: recon@retailer.example
                spec:
                  description: "Orders of the shop."
                  outputPorts:
                    - name: curated
                      type: iceberg
                      contract: ./contract.yaml
                  sla:
                    freshness: "<= 365d"
                    completeness: ">= 99.9%%"
                  migration:
                %s""".formatted(name, migration.indent(4)),
                """
                dataContractSpecification: 1.2.1
                id: recon.orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields:
                      order_id: {type: string}
                      status: {type: string}
                      occurred_at: {type: timestamp}
                """);
    }

    static String migration(String table)
    {
        return """
               replaces: warehouse.wh.%s
               key: [order_id]
               window: {column: occurred_at, legacy: order_date, size: day, zone: UTC}
               compare: counts
               settle: 2h
               """.formatted(table);
    }

    void meshRows(String table, List<String> rows)
    {
        lake.sql("INSERT INTO mesh.recon." + table + " VALUES " + String.join(", ", rows));
    }

    static List<String> orders(String instant, int count)
    {
        List<String> rows = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            rows.add("('%s-%s', 'placed', timestamp'%s')".formatted(instant, index, instant));
        }
        return rows;
    }

    Run reconcile(String name, String... arguments)
    {
        List<String> all = new ArrayList<>(List.of("--product", "recon." + name));
        all.addAll(List.of(arguments));
        return product.run(CLOCK, ReconciliationJob.ARGUMENTS, ReconciliationJob::run, all.toArray(new String[0]));
    }

    static ReconciliationReport report(Run run)
    {
        return RecordJson.read(run.result(), ReconciliationReport.class);
    }
}
