package io.meshwright.trino.control;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableMap;
import io.airlift.units.Duration;
import io.meshwright.bridge.result.CheckRow;
import io.meshwright.bridge.result.ContractVerdicts;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.bridge.result.WindowRow;
import io.meshwright.bridge.table.Row;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.trino.registry.RegistryDigest;
import io.meshwright.trino.registry.RegistryTables;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static java.util.Comparator.comparing;

/**
 * What was measured last of each product, in memory: one entry for each objective and each tested port, whatever the
 * number of results.
 */
final class LatestResults
{
    /**
     * A contract test.
     *
     * @param worst the worst of its checks
     * @param checks how many results there are
     * @param planned how many there should be; empty in results of earlier versions
     * @param part where its rows are
     */
    record TestRun(String product, String port, String runId, CheckStatus worst, int checks, OptionalInt planned, Instant finishedAt, String part)
    {
        /**
         * A test that did not come to its end is in error, unless what it came to has failed.
         */
        CheckStatus status()
        {
            return ContractVerdicts.statusOf(worst, checks, planned);
        }

        TestRun and(TestRun other)
        {
            return new TestRun(product, port, runId, worst.compareTo(other.worst()) >= 0 ? worst : other.worst(), checks + other.checks(), planned, finishedAt, part);
        }
    }

    /**
     * A reconciliation.
     *
     * @param verdict ok, breach or unknown
     */
    record Reconciliation(String product, String runId, String verdict, Instant finishedAt) {}

    private final RegistryDigest<String, Map<String, SlaRow>> sla;
    private final RegistryDigest<String, Map<String, TestRun>> tests;
    private final RegistryDigest<String, Reconciliation> reconciliations;

    LatestResults(RegistryTables tables, Duration refreshInterval, Ticker ticker)
    {
        sla = new RegistryDigest<>(tables, SlaRow.TABLE, SlaRow.SCHEMA.columnNames(), LatestResults::addObjective, refreshInterval, ticker);
        tests = new RegistryDigest<>(
                tables,
                CheckRow.TABLE,
                List.of("run_id", "product", "port", "status", "branch", "planned_checks", "finished_at"),
                LatestResults::addCheck,
                refreshInterval,
                ticker);
        reconciliations = new RegistryDigest<>(
                tables,
                WindowRow.TABLE,
                List.of("run_id", "product", "verdict", "finished_at"),
                LatestResults::addWindow,
                refreshInterval,
                ticker);
    }

    /**
     * The last measurements of each product, by objective.
     */
    Map<String, Map<String, SlaRow>> sla()
            throws IOException
    {
        return sla.current();
    }

    /**
     * The same as it was read last, without asking; empty before the first reading.
     */
    Optional<Map<String, Map<String, SlaRow>>> lastKnownSla()
    {
        return sla.lastKnown();
    }

    /**
     * The last contract test of each product's ports, by port.
     */
    Map<String, Map<String, TestRun>> tests()
            throws IOException
    {
        return tests.current();
    }

    Map<String, Reconciliation> reconciliations()
            throws IOException
    {
        return reconciliations.current();
    }

    /**
     * The worst of the last tests of a product's ports; empty where none was tested.
     */
    static Optional<CheckStatus> worst(Collection<TestRun> runs)
    {
        return runs.stream().map(TestRun::status).max(comparing(CheckStatus::ordinal));
    }

    private static void addObjective(Map<String, Map<String, SlaRow>> digest, Row row, String part)
    {
        SlaRow measurement = SlaRow.SCHEMA.decode(row);
        Map<String, SlaRow> before = digest.getOrDefault(measurement.product(), ImmutableMap.of());
        SlaRow last = before.get(measurement.slo());
        if (last == null || measurement.checkedAt().isAfter(last.checkedAt())) {
            digest.put(measurement.product(), with(before, measurement.slo(), measurement));
        }
    }

    private static void addCheck(Map<String, Map<String, TestRun>> digest, Row row, String part)
    {
        // what is on a branch is not what the product serves
        if (row.optionalString("branch").isPresent()) {
            return;
        }
        TestRun run = new TestRun(
                row.string("product"),
                row.string("port"),
                row.string("run_id"),
                CheckStatus.valueOf(row.string("status").toUpperCase(Locale.ROOT)),
                1,
                row.optionalInteger("planned_checks"),
                row.timestamp("finished_at"),
                part);
        Map<String, TestRun> before = digest.getOrDefault(run.product(), ImmutableMap.of());
        TestRun last = before.get(run.port());
        if (last != null && last.runId().equals(run.runId())) {
            digest.put(run.product(), with(before, run.port(), last.and(run)));
        }
        else if (last == null || run.finishedAt().isAfter(last.finishedAt())) {
            digest.put(run.product(), with(before, run.port(), run));
        }
    }

    private static void addWindow(Map<String, Reconciliation> digest, Row row, String part)
    {
        Reconciliation run = new Reconciliation(row.string("product"), row.string("run_id"), row.string("verdict"), row.timestamp("finished_at"));
        digest.merge(run.product(), run, (last, next) -> next.finishedAt().isAfter(last.finishedAt()) ? next : last);
    }

    private static <V> Map<String, V> with(Map<String, V> before, String key, V value)
    {
        Map<String, V> after = new HashMap<>(before);
        after.put(key, value);
        return ImmutableMap.copyOf(after);
    }
}
