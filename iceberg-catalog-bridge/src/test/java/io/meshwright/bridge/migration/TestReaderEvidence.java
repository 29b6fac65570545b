package io.meshwright.bridge.migration;

import io.meshwright.bridge.reconciliation.LegacyAddress;
import io.meshwright.bridge.reconciliation.LegacyGuard;
import io.meshwright.bridge.reconciliation.LegacyMeter;
import io.meshwright.bridge.reconciliation.LegacySession;
import io.meshwright.model.product.MigrationSpec.Protection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Evidence by the statistics of a real PostgreSQL, read by a user that may only read. The embedded server has no pg_stat_statements, whose samples are made up here.
 */
final class TestReaderEvidence
{
    private static final LegacyName ORDERS = new LegacyName("warehouse", "sales.fct_orders");
    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

    private static EmbeddedPostgres postgres;

    private final List<LegacySampleRow> samples = new ArrayList<>();
    private boolean ownReads;

    @BeforeAll
    static void start()
            throws IOException, SQLException
    {
        postgres = EmbeddedPostgres.start();
        as("postgres",
                "CREATE SCHEMA sales",
                "CREATE ROLE recon LOGIN",
                "CREATE ROLE dashboard LOGIN",
                "GRANT USAGE ON SCHEMA sales TO recon, dashboard",
                "ALTER DEFAULT PRIVILEGES IN SCHEMA sales GRANT SELECT ON TABLES TO recon, dashboard");
    }

    @AfterAll
    static void stop()
            throws IOException
    {
        postgres.close();
    }

    @BeforeEach
    void setUp()
            throws SQLException
    {
        as("postgres",
                "DROP TABLE IF EXISTS sales.fct_orders CASCADE",
                "CREATE TABLE sales.fct_orders (order_id bigint PRIMARY KEY, amount numeric)",
                "INSERT INTO sales.fct_orders SELECT n, n FROM generate_series(1, 100) n");
    }

    @Test
    void testNobodyReads()
            throws SQLException
    {
        sample();
        as("postgres", "INSERT INTO sales.fct_orders VALUES (1000, 1)");
        sample();
        ReaderEvidence evidence = evidence();
        assertThat(evidence.faults()).isEmpty();
        assertThat(evidence.readers()).isEmpty();
        assertThat(evidence.gates()).allMatch(Gate::isPassed);
    }

    @Test
    void testCountersNameNobody()
            throws SQLException
    {
        sample();
        as("dashboard", "SELECT sum(amount) FROM sales.fct_orders");
        sample();
        assertThat(evidence().readers()).extracting(Reader::name).containsExactly("somebody whom the counters do not name");
        assertThat(evidence().gates().get(0).status()).isEqualTo(Gate.Status.FAILED);

        ownReads = true;
        assertThat(evidence().readers()).isEmpty();
        assertThat(evidence().faults()).singleElement().asString().contains("1 scans between ").contains("that may be our own or not, since the extension pg_stat_statements is not installed in this database");
        assertThat(evidence().gates().get(0).status()).isEqualTo(Gate.Status.UNKNOWN);
    }

    @Test
    void testAResetVoidsTheProof()
            throws SQLException
    {
        sample();
        as("dashboard", "SELECT sum(amount) FROM sales.fct_orders");
        as("postgres", "SELECT pg_stat_reset_single_table_counters('sales.fct_orders'::regclass)");
        sample();
        assertThat(evidence().faults()).singleElement().asString().contains("the statistics of the database were reset between");
        assertThat(evidence().gates()).extracting(Gate::status).containsExactly(Gate.Status.UNKNOWN, Gate.Status.PASSED);
    }

    @Test
    void testATableThatWasMadeAnew()
            throws SQLException
    {
        sample();
        setUp();
        sample();
        assertThat(evidence().faults()).singleElement().asString().contains("the table was made anew between");
    }

    @Test
    void testWhatDependsOnTheTable()
            throws SQLException
    {
        as("postgres",
                "CREATE VIEW sales.orders_of_today AS SELECT * FROM sales.fct_orders",
                "CREATE MATERIALIZED VIEW sales.totals AS SELECT sum(amount) FROM sales.fct_orders",
                "CREATE TABLE sales.lines (order_id bigint REFERENCES sales.fct_orders)",
                "CREATE FUNCTION sales.total() RETURNS numeric LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT sum(amount) FROM sales.fct_orders); END'");
        sample();
        sample();
        assertThat(samples.get(1).dependents()).containsExactlyInAnyOrder("sales.orders_of_today (view)", "sales.totals (materialized view)", "sales.lines (foreign key)", "sales.total() (function)");
        assertThat(evidence().gates().get(1).status()).isEqualTo(Gate.Status.FAILED);
        as("postgres", "DROP TABLE sales.lines", "DROP FUNCTION sales.total");
    }

    @Test
    void testATableWithChildren()
            throws SQLException
    {
        as("postgres", "CREATE TABLE sales.fct_orders_old () INHERITS (sales.fct_orders)");
        sample();
        sample();
        assertThat(evidence().faults()).anyMatch(fault -> fault.startsWith("fct_orders is no ordinary table, or has partitions"));
    }

    @Test
    void testNoSuchTable()
    {
        assertThatThrownBy(() -> sample(new LegacyName("warehouse", "sales.fct_none")))
                .hasMessage("There is no table sales.fct_none in warehouse that its user can see");
    }

    @Test
    void testGapsAndMissingSamples()
    {
        assertThat(evidence().faults()).containsExactly("there is no evidence source: the statistics of the database were never sampled");
        add(Duration.ofDays(3), "e", OptionalLong.of(7), Optional.empty(), List.of());
        add(Duration.ofDays(1), "e", OptionalLong.of(7), Optional.empty(), List.of());
        assertThat(evidence(Duration.ofDays(3)).faults()).containsExactly("no sample between 2026-11-18T06:00:00Z and 2026-11-20T06:00:00Z");
        assertThat(evidence(Duration.ofDays(30)).faults()).anyMatch(fault -> fault.startsWith("the first sample is of 2026-11-18T06:00:00Z, after the begin"));
        samples.remove(1);
        assertThat(evidence(Duration.ofDays(2)).faults()).containsExactly("no sample since 2026-11-18T06:00:00Z");
    }

    @Test
    void testStatementsTellUsersApart()
    {
        add(Duration.ofDays(1), "e", OptionalLong.of(7), Optional.of("s"), List.of(statement("recon", 1, 5, false)));
        add(Duration.ZERO, "e", OptionalLong.of(9), Optional.of("s"), List.of(statement("recon", 1, 6, false), statement("etl", 2, 4, true)));
        assertThat(evidence(Duration.ofHours(20)).isUnbroken()).isTrue();
        assertThat(evidence(Duration.ofHours(20)).readers()).as("our own reads and what feeds the table are left out").isEmpty();

        replace(Optional.of("s"), List.of(statement("recon", 1, 6, false), statement("dashboard", 3, 2, false)));
        assertThat(evidence(Duration.ofHours(20)).readers()).containsExactly(new Reader("dashboard", "postgresql", NOW, 2));
        // who reads by ctid or a sample of the table is not counted as a scan
        samples.set(1, sample(Duration.ZERO, "e", OptionalLong.of(7), Optional.of("s"), List.of(statement("recon", 1, 5, false), statement("dashboard", 3, 2, false))));
        assertThat(evidence(Duration.ofHours(20)).readers()).hasSize(1);
    }

    @Test
    void testStatementsThatWereForgotten()
    {
        add(Duration.ofDays(1), "e", OptionalLong.of(7), Optional.of("s"), List.of(statement("recon", 1, 5, false)));
        add(Duration.ZERO, "e", OptionalLong.of(9), Optional.of("evicted"), List.of(statement("recon", 1, 6, false)));
        assertThat(evidence(Duration.ofHours(20)).faults()).singleElement().asString().startsWith("pg_stat_statements was reset, or evicted statements, between");
        replace(Optional.of("s"), List.of());
        assertThat(evidence(Duration.ofHours(20)).faults()).hasSize(2).anyMatch(fault -> fault.startsWith("pg_stat_statements forgot statements")).anyMatch(fault -> fault.contains("2 scans between") && fault.endsWith("that no statement explains"));
    }

    @Test
    void testWhatOnlyWrites()
    {
        assertThat(List.of(
                "INSERT INTO sales.fct_orders VALUES ($1)",
                "insert into \"fct_orders\" (a) select a from staging",
                "COPY sales.fct_orders (a, b) FROM STDIN",
                "TRUNCATE TABLE fct_orders",
                "VACUUM (ANALYZE) sales.fct_orders")).allMatch(sql -> LegacyStatement.onlyWrites(sql, "fct_orders"));
        assertThat(List.of(
                "SELECT * FROM fct_orders",
                "INSERT INTO archive SELECT * FROM fct_orders",
                "INSERT INTO fct_orders SELECT * FROM fct_orders",
                "INSERT INTO fct_orders_copy SELECT 1",
                "INSERT INTO fct_orders VALUES ($1) RETURNING *",
                "COPY fct_orders TO STDOUT",
                "COPY (SELECT * FROM fct_orders) TO STDOUT",
                "UPDATE fct_orders SET a = 1",
                "WITH x AS (SELECT * FROM fct_orders) INSERT INTO y SELECT * FROM x",
                "SELECT U&\"\\0066ct_orders\"")).noneMatch(sql -> LegacyStatement.onlyWrites(sql, "fct_orders"));
    }

    private void sample()
    {
        samples.add(sample(ORDERS));
    }

    private static LegacySampleRow sample(LegacyName legacy)
    {
        LegacyAddress address = new LegacyAddress("warehouse", "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres", Optional.of("recon"), Optional.empty());
        LegacyGuard guard = new LegacyGuard(Optional.empty(), ZoneOffset.UTC, Optional.empty(), Clock.systemUTC());
        try (LegacySession session = LegacySession.open(address, Protection.DEFAULT, guard, new LegacyMeter())) {
            return new PostgresStatistics(session, legacy).sample();
        }
    }

    /**
     * Of the time between the first sample and now.
     */
    private ReaderEvidence evidence()
    {
        if (samples.isEmpty()) {
            return evidence(Duration.ofDays(1));
        }
        return ReaderEvidence.ofStatistics(samples, samples.get(0).observedAt(), Instant.now().plusSeconds(60), (from, to) -> ownReads);
    }

    private ReaderEvidence evidence(Duration time)
    {
        return ReaderEvidence.ofStatistics(samples, NOW.minus(time), NOW, (from, to) -> ownReads);
    }

    private static LegacyStatement statement(String user, long id, long calls, boolean writes)
    {
        return new LegacyStatement(user, String.valueOf(id), calls, writes);
    }

    private void add(Duration age, String epoch, OptionalLong scans, Optional<String> statementsEpoch, List<LegacyStatement> statements)
    {
        samples.add(sample(age, epoch, scans, statementsEpoch, statements));
    }

    private void replace(Optional<String> statementsEpoch, List<LegacyStatement> statements)
    {
        samples.set(1, sample(Duration.ZERO, "e", OptionalLong.of(9), statementsEpoch, statements));
    }

    private static LegacySampleRow sample(Duration age, String epoch, OptionalLong scans, Optional<String> statementsEpoch, List<LegacyStatement> statements)
    {
        return new LegacySampleRow("id", ORDERS.toString(), NOW.minus(age), "recon", "sales", "1/2", epoch, scans, Optional.empty(), List.of(), statementsEpoch, statements, List.of(), List.of());
    }

    /**
     * In a session of its own.
     */
    private static void as(String user, String... statements)
            throws SQLException
    {
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres", user, "");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            // else counters are handed over after the end of the session, by which the client does not wait
            statement.execute("SELECT pg_stat_force_next_flush()");
        }
    }
}
