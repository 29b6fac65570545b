package io.meshwright.spark.job;

import io.meshwright.model.json.RecordJson;
import io.meshwright.model.reconciliation.ColumnResult;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.spark.job.TestingProduct.Run;
import io.meshwright.spark.session.TestingLake;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * People whose values are recognisable, on both sides and different in every way that a reconciliation tells apart: whatever it leaves behind shows none of them.
 */
final class TestReconciliationShowsNoValues
{
    private static final Set<String> OWN = Set.of("day", "from", "to", "zone", "legacy", "level", "profile", "full", "resume");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    /**
     * Of all personal columns: addresses, names, numbers and days of birth.
     */
    private static final Pattern PLANTED = Pattern.compile("(?i:planted|pl\u00e4nted)|DE7710000000|\\b7700[0-4][0-9](?:\\.?00)?\\b|\\b19[0-9]{2}-07-17");

    private static EmbeddedPostgres postgres;

    private final TestingLake lake = TestingLake.get();

    @TempDir
    private Path folder;

    private TestingProduct product;

    @BeforeAll
    static void startLegacy()
            throws IOException, SQLException
    {
        postgres = EmbeddedPostgres.builder().start();
        legacy(
                """
                CREATE TABLE people (email text, full_name text, iban char(24), salary numeric(12, 2), born date, signed_up date);
                INSERT INTO people
                SELECT 'planted' || n || '@mail.example', 'Planted Person ' || n, 'DE77' || (1000000000 + n), 770000 + n, date '1940-07-17' + n * interval '1 year', date '2026-11-18'
                FROM generate_series(1, 40) n;
                INSERT INTO people SELECT * FROM people WHERE email = 'planted30@mail.example';
                """);
    }

    @AfterAll
    static void stopLegacy()
            throws IOException
    {
        postgres.close();
    }

    private static void legacy(String script)
            throws SQLException
    {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    @BeforeEach
    void setUp()
    {
        product = new TestingProduct(folder);
        product.config(
                """
                legacy:
                  warehouse:
                    url: jdbc:postgresql://localhost:%s/postgres?currentSchema=public
                    user: postgres
                """.formatted(postgres.getPort()));
    }

    private void apply(String name, String more)
    {
        product.apply(
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata:
                  name: %s
                  domain: people
                  owner: people@retailer.example
                spec:
                  description: "People who buy."
                  outputPorts:
                    - {name: curated, type: iceberg, contract: ./contract.yaml}
                  sla:
                    freshness: "<= 365d"
                    completeness: ">= 99.9%%"
                  classification:
                    contains_pii: true
                    pii_fields: [email, full_name, iban, salary, born]
                  migration:
                    replaces: warehouse.people
                    key: [email]
                    window: {column: signed_up, legacy: signed_up, size: day, zone: UTC}
                    compare: rows
                    settle: 2h
                %s""".formatted(name, more.indent(4)),
                """
                dataContractSpecification: 1.2.1
                id: people.%s
                info: {title: People, version: 1.0.0}
                models:
                  %s:
                    type: table
                    fields:
                      email: {type: string}
                      full_name: {type: string}
                      iban: {type: string}
                      salary: {type: decimal, precision: 12, scale: 2}
                      born: {type: date}
                      signed_up: {type: timestamp}
                """.formatted(name, name));
        lake.sql(
                """
                INSERT INTO mesh.people.%s
                SELECT
                    concat('planted', id, '@mail.example'),
                    CASE WHEN id = 3 THEN 'Plänted Other' WHEN id = 4 THEN 'Planted Person 4 ' WHEN id = 5 THEN NULL ELSE concat('Planted Person ', id) END,
                    concat('DE77', 1000000000 + id),
                    CAST(770000 + id + CASE WHEN id = 6 THEN 1 ELSE 0 END AS DECIMAL(12, 2)),
                    CASE WHEN id = 7 THEN DATE '1999-07-17' ELSE add_months(DATE '1940-07-17', CAST(id * 12 AS INT)) END,
                    timestamp'2026-11-18 12:00:00Z'
                FROM range(2, 42)
                """.formatted(name));
    }

    private record Told(Run run, String streams) {}

    private Told reconcile(String name, String... arguments)
    {
        List<String> all = new ArrayList<>(List.of("--product", "people." + name, "--day", "2026-11-18"));
        all.addAll(List.of(arguments));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream streams = new ByteArrayOutputStream();
        PrintStream recorded = new PrintStream(streams, true, UTF_8);
        System.setOut(recorded);
        System.setErr(recorded);
        try {
            return new Told(product.run(CLOCK, OWN, ReconciliationJob::run, all.toArray(new String[0])), streams.toString(UTF_8));
        }
        finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @Test
    void testNeitherReportsNorTablesNorMessages()
            throws IOException
    {
        apply("buyers", "");
        for (String profile : List.of("native", "sha256")) {
            Told told = reconcile("buyers", "--full", "--profile", profile, "--run-id", "clear-" + profile);
            Run run = told.run();
            assertThat(run.exitCode()).as(run.messages()).isEqualTo(1);
            ReconciliationReport report = RecordJson.read(run.result(), ReconciliationReport.class);
            // otherwise the test could not see what it looks for
            assertThat(report.profile()).isEqualTo(profile);
            assertThat(report.differences()).extracting(ReconciliationReport.Difference::kind).contains("missing", "extra", "changed", "duplicate");
            assertThat(report.columns()).extracting(ColumnResult::column).contains("full_name", "salary", "born");
            assertClear("result", run.result());
            assertClear("messages", run.messages());
            assertClear("streams", told.streams());
        }
        assertThat(PLANTED.matcher(rows("people", "buyers")).find()).as("the pattern finds the values where they are").isTrue();
        List<String> tables = lake.tables("mesh");
        assertThat(tables).contains("reconciliation_windows");
        for (String table : tables) {
            assertClear(table, rows("mesh", table).replaceAll("people\\.[a-z]+", ""));
        }
        try (Stream<Path> files = Files.walk(lake.folder().resolve("warehouse/mesh"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertClear(file.toString(), Files.readString(file, ISO_8859_1));
            }
        }
    }

    @Test
    void testNorWhatFailsOnAValue()
    {
        apply("numbered", "where: {mesh: \"CAST(full_name AS INT) > 0\"}");
        Told mesh = reconcile("numbered");
        assertThat(mesh.run().exitCode()).as(mesh.run().messages()).isEqualTo(3);
        assertClear("the product's side", mesh.run().messages() + mesh.streams());

        apply("counted", "where: {legacy: \"CAST(full_name AS integer) > 0\"}");
        Told legacy = reconcile("counted");
        assertThat(legacy.run().exitCode()).as(legacy.run().messages()).isEqualTo(3);
        assertThat(legacy.run().messages()).contains("SQL state 22P02");
        assertClear("the legacy side", legacy.run().messages() + legacy.streams());
    }

    private String rows(String namespace, String table)
    {
        return lake.session().sql("SELECT to_json(struct(*)) FROM mesh." + namespace + "." + table).collectAsList().stream().map(row -> row.getString(0)).collect(Collectors.joining("\n"));
    }

    private static void assertClear(String what, String text)
    {
        List<String> found = PLANTED.matcher(text).results().limit(5).map(match -> text.substring(Math.max(0, match.start() - 60), Math.min(text.length(), match.end() + 20))).toList();
        assertThat(found).as(what).isEmpty();
    }
}
