package io.meshwright.bridge.reconciliation;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.MigrationSpec.Profile;
import io.meshwright.model.product.MigrationSpec.Protection;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.NotCompared;
import io.meshwright.model.reconciliation.ReconciliationReport.Verdict;
import io.meshwright.model.reconciliation.WindowResult;
import io.meshwright.model.reconciliation.WindowResult.State;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * On MariaDB.
 */
final class TestMariaDbReconciliation
        extends BaseRowReconciliationTest
{
    @Override
    protected TestingServer server()
            throws IOException
    {
        return TestingMariaDb.start();
    }

    @Override
    protected List<Profile> profiles()
    {
        return List.of(Profile.MD5, Profile.SHA256);
    }

    /**
     * Four days of 25 rows.
     */
    private static List<Map<String, Object>> rows(GeneratedTable generated)
    {
        List<Map<String, Object>> rows = generated.rows(100);
        for (int index = 0; index < rows.size(); index++) {
            rows.get(index).put("id", index + 1L);
            rows.get(index).put("name", "n" + index);
            rows.get(index).put("uid", "00000000-0000-0000-0000-0000000000%02d".formatted(index));
            rows.get(index).put("day", GeneratedTable.FIRST.toEpochDay() + index / 25);
        }
        return rows;
    }

    private static ListedProduct listed(GeneratedTable generated, List<Map<String, Object>> rows)
    {
        return new ListedProduct(generated.schema(), GeneratedTable.listed(rows));
    }

    private void reader(String name, String right)
    {
        for (String host : List.of("localhost", "127.0.0.1")) {
            legacy().execute("CREATE USER " + name + "@'" + host + "'");
            legacy().execute("GRANT " + right + " TO " + name + "@'" + host + "'");
        }
    }

    @Test
    void testThereIsNoHashOfItsOwn()
            throws SQLException
    {
        GeneratedTable generated = generated(new Random(20));
        List<Map<String, Object>> rows = rows(generated);
        String table = legacy().create(generated, rows);
        ReconciliationReport report = legacy().reconciliation(generated, table).over(() -> listed(generated, rows)).run();
        assertThat(report.profile()).isEqualTo("md5");
        assertThat(report.rules().get(0)).matches("profile: md5, because MariaDB \\d+ has no hash of rows that is reproduced here");
        assertThat(report.verdict()).isEqualTo(Verdict.OK);
        assertThatThrownBy(() -> legacy().reconciliation(generated, table).profile(Profile.NATIVE).over(() -> listed(generated, rows)).run())
                .isInstanceOf(MeshException.class)
                .hasMessageMatching("Rows cannot be compared by native: MariaDB \\d+ has no hash of rows that is reproduced here");
    }

    @Test
    void testColumnWithoutRightIsNotCompared()
            throws SQLException
    {
        GeneratedTable generated = generated(new Random(21));
        List<Map<String, Object>> rows = rows(generated);
        String table = legacy().create(generated, rows);
        String readable = generated.columns().stream().map(GeneratedTable.Column::name).filter(column -> !column.equals("comment")).collect(joining(", "));
        reader("partial_reader", "SELECT (" + readable + ") ON legacy." + table);
        List<Map<String, Object>> product = new ArrayList<>();
        rows.forEach(row -> product.add(new HashMap<>(row)));
        product.get(3).put("comment", "only here");
        ReconciliationReport report = legacy().reconciliation(generated, table).user("partial_reader").over(() -> listed(generated, product)).run();
        assertThat(report.verdict()).as(report.reasons().toString()).isEqualTo(Verdict.OK);
        assertThat(report.notCompared()).contains(new NotCompared("column comment", "the user has no right to read its legacy column"));
        assertThat(legacy().reconciliation(generated, table).over(() -> listed(generated, product)).run().verdict()).isEqualTo(Verdict.BREACH);
        assertThatThrownBy(() -> legacy().reconciliation(generated, "of_others").user("partial_reader").over(() -> listed(generated, product)).run())
                .isInstanceOf(LegacyException.class)
                .hasMessageContaining("refused a statement: SELECT command denied to user ");
        assertThatThrownBy(() -> legacy().reconciliation(generated, table).user("nobody").open())
                .isInstanceOf(MeshException.class)
                .hasMessageContaining("does not answer: Access denied for user 'nobody'@");
    }

    @Test
    void testWindowThatTakesTooLongIsSkipped()
            throws SQLException
    {
        GeneratedTable generated = generated(new Random(22));
        List<Map<String, Object>> rows = rows(generated);
        String table = legacy().create(generated, rows);
        String columns = generated.columns().stream().map(GeneratedTable.Column::name).map(column -> column.equals("comment")
                ? "CASE WHEN day = '2026-11-02' AND sleep(0.2) = 1 THEN 'x' ELSE comment END AS comment"
                : column).collect(joining(", "));
        legacy().execute("CREATE VIEW slow_" + table + " AS SELECT " + columns + " FROM " + table);
        ReconciliationReport report = legacy().reconciliation(generated, "slow_" + table).statementTimeout(Duration.ofSeconds(1)).over(() -> listed(generated, rows)).run();
        assertThat(report.windows()).extracting(WindowResult::state).containsExactly(State.OK, State.SKIPPED, State.OK, State.OK);
        assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(report.reasons()).anySatisfy(reason -> assertThat(reason).contains("2026-11-02: not compared").contains("did not finish a statement within 1 s"));
    }

    @Test
    void testConnectionKilledThenResumed()
            throws SQLException
    {
        GeneratedTable generated = generated(new Random(23));
        List<Map<String, Object>> rows = rows(generated);
        String table = legacy().create(generated, rows);
        reader("killed_reader", "SELECT ON legacy.*");
        ReconciliationReport cut = legacy().reconciliation(generated, table).runId("killed").user("killed_reader").over(() -> new InterruptedProduct(listed(generated, rows), this::killAll)).run();
        assertThat(cut.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(cut.windows()).extracting(WindowResult::state).containsOnly(State.SKIPPED);
        assertThat(cut.reasons()).allSatisfy(reason -> assertThat(reason).contains("broke the connection off"));
        assertThat(legacy().reconciliation(generated, table).resumed("killed").over(() -> listed(generated, rows)).run().verdict()).isEqualTo(Verdict.OK);
    }

    private void killAll()
    {
        legacy().execute("KILL USER killed_reader");
    }

    @Test
    void testSessionSeesOneStateAndWritesNothing()
            throws SQLException
    {
        GeneratedTable generated = generated(new Random(24));
        String table = "legacy." + legacy().create(generated, rows(generated));
        LegacyMeter meter = new LegacyMeter();
        LegacyGuard guard = new LegacyGuard(Optional.empty(), ZoneOffset.UTC, Optional.empty(), Clock.systemUTC());
        // the driver is MariaDB's in any case, and the server tells which of the two it is
        String url = legacy().server().url("root").replace("jdbc:mariadb:", "jdbc:mysql:");
        try (LegacySession session = LegacySession.open(LegacyAddress.ofUrl(url), Protection.DEFAULT, guard, meter)) {
            assertThat(session.dialect().name()).isEqualTo("MariaDB");
            assertThat(Duration.between(session.asOf(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
            assertThat(text(session, "SELECT COUNT(*) FROM " + table)).isEqualTo("100");
            legacy().execute("DELETE FROM " + table + " WHERE id < 50");
            assertThat(text(session, "SELECT COUNT(*) FROM " + table)).isEqualTo("100");
            assertThat(text(session, "SELECT @@session.time_zone")).isEqualTo("+00:00");
            assertThat(text(session, "SELECT @@session.sql_mode")).contains("ANSI_QUOTES").contains("NO_BACKSLASH_ESCAPES");
            assertThat(text(session, "SELECT @@session.max_statement_time")).startsWith("60");
            assertThatThrownBy(() -> text(session, "DELETE FROM " + table + " WHERE id = 60 RETURNING id"))
                    .isInstanceOf(LegacyException.class)
                    .hasMessageContaining("refused a statement: SQL state 25006");
            assertThat(text(session, "SELECT COUNT(*) FROM " + table)).isEqualTo("100");
            assertThat(meter.cost().statements()).isEqualTo(7);
        }
    }

    private static String text(LegacySession session, String sql)
    {
        return session.query(sql, rows -> rows.next() ? rows.text(1) : null);
    }
}
