package io.meshwright.spark.job;

import io.meshwright.bridge.result.Reconciliations;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.bridge.result.WindowRow;
import io.meshwright.model.json.RecordJson;
import io.meshwright.model.reconciliation.Acceptance;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.Verdict;
import io.meshwright.model.reconciliation.WindowResult;
import io.meshwright.model.sla.SlaReport;
import io.meshwright.spark.job.TestingProduct.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

final class TestReconciliationJob
        extends BaseReconciliationJobTest
{
    @Test
    void testDayByDayWithLateSurplusAndWindowlessRows()
            throws SQLException
    {
        legacy("CREATE TABLE wh.days (order_no text, status text, order_date date)",
                "INSERT INTO wh.days SELECT n::text, 'placed', DATE '2026-11-16' FROM generate_series(1, 3) n",
                "INSERT INTO wh.days SELECT n::text, 'placed', DATE '2026-11-17' FROM generate_series(1, 4) n",
                "INSERT INTO wh.days SELECT n::text, 'placed', DATE '2026-11-18' FROM generate_series(1, 2) n",
                "INSERT INTO wh.days VALUES ('x', 'placed', NULL), ('old', 'placed', '2020-01-01')");
        apply("days", migration("days"));
        List<String> rows = new ArrayList<>(orders("2026-11-16 23:59:59.999999Z", 3));
        rows.addAll(orders("2026-11-17 00:00:00Z", 3));
        rows.addAll(orders("2026-11-18 12:00:00Z", 3));
        rows.addAll(orders("2019-01-01 12:00:00Z", 3));
        meshRows("days", rows);

        Run run = reconcile("days", "--from", "2026-11-15", "--to", "2026-11-18", "--run-id", "days-1");
        assertThat(run.exitCode()).as(run.messages()).isEqualTo(1);
        ReconciliationReport report = report(run);
        assertThat(report.windows()).extracting(window -> "%s %s %s %s %s".formatted(window.window(), window.legacy(), window.mesh(), window.net(), window.state().label()))
                .containsExactly(
                        "2026-11-15 0 0 0 ok",
                        "2026-11-16 3 3 0 ok",
                        "2026-11-17 4 3 -1 confirmed",
                        "2026-11-18 2 3 1 confirmed",
                        "null 1 0 -1 confirmed");
        assertThat(report.verdict()).isEqualTo(Verdict.BREACH);
        assertThat(report.completeness().orElseThrow()).isEqualByComparingTo("0.7");
        assertThat(report.completenessIsUpperBound()).isTrue();
        assertThat(report.threshold()).isEqualByComparingTo("0.999");
        assertThat(report.zone()).isEqualTo("UTC");
        assertThat(report.legacy()).isEqualTo("warehouse.wh.days");
        assertThat(report.snapshotId()).contains(String.valueOf(lake.table("recon", "days").currentSnapshot().snapshotId()));
        assertThat(report.cost().statements()).isEqualTo(2);
        assertThat(report.totals().missing()).isEmpty();
        assertThat(report.notCompared()).isNotEmpty();
        assertThat(run.result() + run.messages()).doesNotContain(PASSWORD);

        assertThat(new ResultTables(lake.catalog()).lastWindows("recon.days")).extracting(WindowRow::runId).containsOnly("days-1").hasSize(5);
        Run again = reconcile("days", "--from", "2026-11-15", "--to", "2026-11-18", "--run-id", "days-1");
        assertThat(again.messages()).contains("run days-1 had been recorded before");
        assertThat(new ResultTables(lake.catalog()).lastWindows("recon.days")).hasSize(5);

        Run sla = product.run(Set.of("slo"), SlaCheckJob::run, "--product", "recon.days", "--slo", "completeness");
        assertThat(sla.exitCode()).as(sla.messages()).isEqualTo(1);
        assertThat(RecordJson.read(sla.result(), SlaReport.class).slos().get(0).actual().orElseThrow()).isZero();
    }

    @Test
    void testCompleteDayIsFine()
            throws SQLException
    {
        legacy("CREATE TABLE wh.complete (order_no text, order_date date)", "INSERT INTO wh.complete VALUES ('1', '2026-11-18')");
        apply("complete", migration("complete"));
        meshRows("complete", orders("2026-11-18 12:00:00Z", 1));
        Run run = reconcile("complete", "--day", "2026-11-18");
        assertThat(run.exitCode()).as(run.messages()).isZero();
        assertThat(report(run).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void testAcceptedDayDecidesNothingUntilItGrows()
            throws SQLException
    {
        legacy("CREATE TABLE wh.accepted (order_no text, order_date date)", "INSERT INTO wh.accepted SELECT n::text, DATE '2026-11-18' FROM generate_series(1, 3) n");
        apply("accepted", migration("accepted"));
        meshRows("accepted", orders("2026-11-18 12:00:00Z", 2));
        assertThat(reconcile("accepted", "--day", "2026-11-18").exitCode()).isEqualTo(1);
        new Reconciliations(lake.catalog()).accept("recon.accepted", "2026-11-18", new Acceptance(LocalDate.parse("2026-12-31"), "lead@retailer.example", "a test order"), CLOCK);

        Run accepted = reconcile("accepted", "--day", "2026-11-18");
        assertThat(accepted.exitCode()).as(accepted.messages()).isZero();
        assertThat(report(accepted).windows().get(0)).satisfies(window -> {
            assertThat(window.state()).isEqualTo(WindowResult.State.ACCEPTED);
            assertThat(window.net()).isEqualTo(-1);
            assertThat(window.acceptance().orElseThrow().by()).isEqualTo("lead@retailer.example");
        });
        assertThat(new ResultTables(lake.catalog()).windows("recon.accepted")).extracting(WindowRow::state).containsExactlyInAnyOrder("confirmed", "accepted");

        legacy("INSERT INTO wh.accepted VALUES ('4', '2026-11-18')");
        Run grown = reconcile("accepted", "--day", "2026-11-18");
        assertThat(grown.exitCode()).as(grown.messages()).isEqualTo(1);
        assertThat(report(grown).windows().get(0).state()).isEqualTo(WindowResult.State.CONFIRMED);
    }

    @Test
    void testDayThatStillSettlesCannotBeTold()
            throws SQLException
    {
        legacy("CREATE TABLE wh.settling (order_no text, order_date date)", "INSERT INTO wh.settling VALUES ('1', '2026-11-19')");
        apply("settling", migration("settling"));
        // at 01:30 the day before has ended, but not yet for two hours
        Run run = reconcile("settling", "--day", "2026-11-19");
        assertThat(run.exitCode()).as(run.messages()).isEqualTo(3);
        assertThat(report(run).windows().get(0).state()).isEqualTo(WindowResult.State.SETTLING);
        assertThat(report(run).completeness()).isEmpty();
        // without dates only settled days are compared
        Run settled = reconcile("settling");
        assertThat(settled.exitCode()).as(settled.messages()).isZero();
        assertThat(report(settled).windows()).extracting(WindowResult::window).contains("2026-11-18").doesNotContain("2026-11-19");
    }

    @ParameterizedTest
    @CsvSource({
            // type of the legacy column, its value, day in Berlin
            "date, 2026-10-25, 2026-10-25",
            "timestamp, 2026-10-25 23:59:59.999999, 2026-10-25",
            "timestamptz, 2026-10-25T22:59:59.999999Z, 2026-10-25",
            "timestamptz, 2026-10-25T23:00:00Z, 2026-10-26",
            "timestamptz, 2026-10-24T22:00:00Z, 2026-10-25",
            "timestamptz, 2026-10-24T21:59:59Z, 2026-10-24",
    })
    void testDaysOfTheZoneOnBothSides(String type, String value, String day)
            throws SQLException
    {
        String name = "zone" + Math.abs((type + value).hashCode());
        legacy("CREATE TABLE wh." + name + " (order_no text, order_date " + type + ")", "INSERT INTO wh." + name + " VALUES ('1', '" + value + "')");
        apply(name, migration(name).replace("zone: UTC", "zone: Europe/Berlin"));
        String instant = value.endsWith("Z") ? value : "2026-10-25 22:59:59.999999Z";
        meshRows(name, orders(instant.replace('T', ' '), 1));
        Run run = reconcile(name, "--from", "2026-10-23", "--to", "2026-10-27");
        assertThat(run.exitCode()).as(run.messages() + run.result()).isZero();
        assertThat(report(run).windows()).filteredOn(window -> window.legacy() == 1).singleElement()
                .satisfies(window -> assertThat(window.window()).isEqualTo(day))
                .satisfies(window -> assertThat(window.mesh()).isEqualTo(1));
        assertThat(report(run).zone()).isEqualTo("Europe/Berlin");
    }

    @Test
    void testFiltersAndDistinctKeys()
            throws SQLException
    {
        legacy("CREATE TABLE wh.facts (order_no text, test boolean, order_date date)",
                "INSERT INTO wh.facts VALUES ('1', false, '2026-11-18'), ('2', false, '2026-11-18'), (NULL, false, '2026-11-18'), ('9', true, '2026-11-18')");
        apply("facts", migration("facts").replace("key: [order_id]",
                """
                key: [order_id]
                columns: {order_id: order_no}
                grain: distinct key
                where: {legacy: "test = false", mesh: "status <> 'cancelled'"}"""));
        meshRows("facts", List.of(
                "('1', 'placed', timestamp'2026-11-18 12:00:00Z')",
                "('1', 'fulfilled', timestamp'2026-11-18 13:00:00Z')",
                "('2', 'placed', timestamp'2026-11-18 12:00:00Z')",
                "('3', 'cancelled', timestamp'2026-11-18 12:00:00Z')",
                "(NULL, 'placed', timestamp'2026-11-18 12:00:00Z')"));
        Run run = reconcile("facts", "--day", "2026-11-18");
        assertThat(run.exitCode()).as(run.messages()).isZero();
        assertThat(report(run).windows().get(0)).extracting(WindowResult::legacy, WindowResult::mesh).containsExactly(2L, 2L);
    }

    @Test
    void testUnreachableWarehouseCannotBeTold()
            throws IOException
    {
        apply("unreachable", migration("none"));
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        configure(free);
        Run run = reconcile("unreachable", "--day", "2026-11-18");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.messages()).contains("[MESH-RECON-003]").contains("localhost:" + free).doesNotContain(PASSWORD).doesNotContain("\tat ");
        assertThat(new ResultTables(lake.catalog()).lastWindows("recon.unreachable")).isEmpty();

        Run byUrl = reconcile("unreachable", "--legacy", "jdbc:postgresql://localhost:" + free + "/db?user=u&password=" + PASSWORD);
        assertThat(byUrl.exitCode()).isEqualTo(3);
        assertThat(byUrl.messages()).contains("localhost:" + free + "/db").doesNotContain(PASSWORD);
        assertUsage("unreachable", "The URL of the legacy warehouse jdbc:postgresql://localhost/db has a user in it", "--legacy", "jdbc:postgresql://u:hidden@localhost/db");
    }

    @Test
    void testWrongPasswordAndMissingTableCannotBeTold()
    {
        apply("refused", migration("no_such_table"));
        Run missing = reconcile("refused", "--day", "2026-11-18");
        assertThat(missing.exitCode()).isEqualTo(3);
        assertThat(missing.messages()).contains("[MESH-RECON-004]").contains("relation \"wh.no_such_table\" does not exist");
    }

    @Test
    void testStatementTimeout()
            throws SQLException
    {
        legacy("CREATE TABLE wh.locked (order_no text, order_date date)");
        apply("locked", migration("locked") + "protect: {connections: 1, statement_timeout: 1s}\n");
        try (Connection connection = postgres.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE wh.locked IN ACCESS EXCLUSIVE MODE");
            Run run = reconcile("locked", "--day", "2026-11-18");
            assertThat(run.exitCode()).as(run.messages()).isEqualTo(3);
            assertThat(run.messages()).contains("did not finish a statement within 1 s");
            connection.rollback();
        }
    }

    @Test
    void testWrongUsage()
    {
        apply("usage", migration("usage"));
        assertUsage("usage", "--level cells is not known", "--level", "cells");
        assertUsage("usage", "--profile crc is not known", "--profile", "crc");
        assertUsage("usage", "The first day 2026-11-02 is after the last day 2026-11-01", "--from", "2026-11-02", "--to", "2026-11-01");
        assertUsage("usage", "--day goes with neither --from nor --to", "--day", "2026-11-02", "--to", "2026-11-01");
        assertUsage("usage", "--day is no date: yesterday", "--day", "yesterday");
        assertUsage("usage", "--zone is no time zone: Mars", "--zone", "Mars");
        assertUsage("usage", "The time zone +02:00 is an offset", "--zone", "+02:00");
        assertUsage("usage", "The time zone UTC+02:00 is an offset", "--zone", "UTC+2");
        assertUsage("usage", "There is no legacy warehouse warehous in the configuration, did you mean warehouse?", "--legacy", "warehous");
        assertUsage("usage", "is of Oracle, which is not read", "--legacy", "jdbc:oracle:thin:@host");
    }

    private void assertUsage(String name, String message, String... arguments)
    {
        Run run = reconcile(name, arguments);
        assertThat(run.messages()).contains(message).contains("fix: ").doesNotContain("hidden");
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
