package io.meshwright.spark.job;

import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.spark.job.TestingProduct.Run;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

import static java.util.concurrent.Executors.newSingleThreadExecutor;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

final class TestRowReconciliationJob
        extends BaseReconciliationJobTest
{
    @Test
    void testRowsAreComparedByKeyAndValue()
            throws SQLException
    {
        legacy("CREATE TABLE wh.matched (order_no text, status text, order_date date)",
                "INSERT INTO wh.matched SELECT n::text, 'placed', DATE '2026-11-18' FROM generate_series(1, 50) n",
                "INSERT INTO wh.matched SELECT n::text, 'placed', DATE '2026-11-17' FROM generate_series(101, 150) n");
        apply("matched", migration("matched").replace("compare: counts", "compare: rows\ncolumns: {order_id: order_no}"));
        List<String> rows = new ArrayList<>();
        for (int order = 1; order <= 150; order++) {
            if (order <= 50 && order != 7 || order > 100) {
                rows.add("('%s', '%s', timestamp'2026-11-%s 12:00:00Z')".formatted(order, order == 9 ? "cancelled" : "placed", order > 100 ? 17 : 18));
            }
        }
        rows.add("('1000', 'placed', timestamp'2026-11-18 12:00:00Z')");
        meshRows("matched", rows);

        Run run = reconcile("matched", "--from", "2026-11-17", "--to", "2026-11-18", "--run-id", "matched-1");
        assertThat(run.exitCode()).as(run.messages()).isEqualTo(1);
        ReconciliationReport report = report(run);
        assertThat(report.profile()).isEqualTo("native");
        assertThat(report.windows()).extracting(window -> "%s %s %s %s".formatted(window.window(), window.state().label(), window.missing().orElse(-1), window.changed().orElse(-1)))
                .containsExactly("2026-11-17 ok 0 0", "2026-11-18 confirmed 1 1");
        assertThat(report.totals().matched()).hasValue(98);
        assertThat(report.totals().extra()).hasValue(1);
        assertThat(report.differences()).extracting(ReconciliationReport.Difference::kind).containsExactlyInAnyOrder("missing", "extra", "changed");
        assertThat(report.columns()).singleElement().satisfies(column -> assertThat(column.column()).isEqualTo("status"));
        assertThat(report.notCompared()).extracting(ReconciliationReport.NotCompared::what).contains("column occurred_at");
        assertThat(report.completenessIsUpperBound()).isFalse();
        assertThat(lake.table("recon", "matched").refs()).containsOnlyKeys("main");

        // with the differences gone, only their day is read again
        lake.sql("DELETE FROM mesh.recon.matched WHERE order_id IN ('9', '1000')");
        meshRows("matched", List.of("('7', 'placed', timestamp'2026-11-18 12:00:00Z')", "('9', 'placed', timestamp'2026-11-18 12:00:00Z')"));
        Run again = reconcile("matched", "--from", "2026-11-17", "--to", "2026-11-18");
        assertThat(again.exitCode()).as(again.messages()).isZero();
        assertThat(report(again).completeness().orElseThrow()).isEqualByComparingTo("1");
    }

    @Test
    void testSnapshotIsKeptWhileItIsRead()
            throws Exception
    {
        slowTable("kept");
        apply("kept", migration("kept").replace("compare: counts", "compare: rows\ncolumns: {order_id: order_no}"));
        meshRows("kept", orders("2026-11-18 12:00:00Z", 20));
        String snapshot = String.valueOf(lake.table("recon", "kept").currentSnapshot().snapshotId());
        Run run = whileCounting("kept", () -> replaceAndExpire("kept"));
        assertThat(run.exitCode()).as(run.messages()).isZero();
        assertThat(report(run).snapshotId()).hasValue(snapshot);
        assertThat(report(run).windows()).singleElement().satisfies(window -> assertThat(window.mesh()).isEqualTo(20));
        assertThat(lake.table("recon", "kept").refs()).as("no tag is left").containsOnlyKeys("main");
    }

    @Test
    void testSnapshotThatIsTakenAwayCannotBeToldAndTheNextRunCan()
            throws Exception
    {
        slowTable("lost");
        apply("lost", migration("lost").replace("compare: counts", "compare: rows\ncolumns: {order_id: order_no}"));
        meshRows("lost", orders("2026-11-18 12:00:00Z", 20));
        Run run = whileCounting("lost", () -> {
            Table table = lake.table("recon", "lost");
            table.refs().keySet().stream().filter(name -> name.startsWith("mesh-reconcile-")).forEach(name -> table.manageSnapshots().removeTag(name).commit());
            replaceAndExpire("lost");
        });
        assertThat(run.exitCode()).as(run.messages()).isEqualTo(3);
        assertThat(run.messages()).contains("[MESH-RECON-", "expired").doesNotContain("\tat ");
        assertThat(new ResultTables(lake.catalog()).lastWindows("recon.lost")).as("nothing is recorded").isEmpty();

        Run again = reconcile("lost", "--day", "2026-11-18", "--resume", "lost-1");
        assertThat(again.exitCode()).as(again.messages()).isEqualTo(1);
        assertThat(report(again).windows()).singleElement().satisfies(window -> assertThat(window.missing()).hasValue(19));
    }

    /**
     * A table of 20 orders that nobody reads while a certain lock is held.
     */
    private static void slowTable(String name)
            throws SQLException
    {
        legacy("CREATE OR REPLACE FUNCTION wh.opened() RETURNS boolean LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_lock_shared(4711); PERFORM pg_advisory_unlock_shared(4711); RETURN true; END'",
                "CREATE VIEW wh." + name + " AS SELECT '2026-11-18 12:00:00Z-' || n AS order_no, 'placed'::text AS status, DATE '2026-11-18' AS order_date FROM generate_series(0, 19) n WHERE wh.opened()");
    }

    /**
     * Runs the job, and the action when the product's snapshot is pinned and the legacy side is busy.
     */
    private Run whileCounting(String name, Runnable action)
            throws Exception
    {
        ExecutorService executor = newSingleThreadExecutor();
        try (Connection connection = postgres.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(4711)");
            Future<Run> run = executor.submit(() -> reconcile(name, "--day", "2026-11-18", "--run-id", name + "-1"));
            while (!isWaited(statement)) {
                assertThat(run.isDone()).as("the run waits").isFalse();
            }
            action.run();
            statement.execute("SELECT pg_advisory_unlock(4711)");
            return run.get(2, MINUTES);
        }
        finally {
            executor.shutdownNow();
        }
    }

    private static boolean isWaited(Statement statement)
            throws SQLException
    {
        try (ResultSet waiting = statement.executeQuery("SELECT count(*), pg_sleep(0.05) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")) {
            return waiting.next() && waiting.getInt(1) > 0;
        }
    }

    /**
     * One order is left, and no file of the former ones that no snapshot has.
     */
    private void replaceAndExpire(String name)
    {
        lake.sql("INSERT OVERWRITE mesh.recon." + name + " VALUES ('2026-11-18 12:00:00Z-0', 'placed', timestamp'2026-11-18 12:00:00Z')");
        lake.table("recon", name).expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
    }
}
