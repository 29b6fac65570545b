package io.meshwright.spark.benchmark;

import com.google.common.collect.ImmutableMap;
import io.meshwright.spark.benchmark.ReconciliationRuns.Measured;

import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * What PostgreSQL needs for work that no comparison can do without, or that a simple one does.
 */
final class ReconciliationFloors
{
    private final LegacyServer server;
    private final LegacyTables tables;

    ReconciliationFloors(LegacyServer server, LegacyTables tables)
    {
        this.server = requireNonNull(server, "server is null");
        this.tables = requireNonNull(tables, "tables is null");
    }

    Map<String, Runnable> statements(String table)
    {
        return ImmutableMap.of(
                "PostgreSQL: count(*)", () -> server.value("SELECT count(*) FROM " + table),
                "PostgreSQL: count(*) by day", () -> server.value("SELECT count(*) FROM (SELECT ordered_on, count(*) FROM " + table + " GROUP BY 1) AS days"),
                "PostgreSQL: COPY of key and row hash", () -> tables.copyOut("SELECT order_id, hash_record_extended(" + table + ".*, 0) FROM " + table));
    }

    Measured measure(ReconciliationLeg leg, String name, Runnable work)
    {
        double before = MeasuredProcess.serverSeconds(server.pid());
        long start = System.nanoTime();
        work.run();
        double wall = (System.nanoTime() - start) / 1e9;
        return new Measured(leg, name, false, wall, 0, MeasuredProcess.serverSeconds(server.pid()) - before, Double.NaN, new ReconciliationOutcome("", 0, 0, 0, ""));
    }
}
