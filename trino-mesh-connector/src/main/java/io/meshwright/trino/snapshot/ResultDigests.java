package io.meshwright.trino.snapshot;

import com.google.common.base.Ticker;
import io.airlift.log.Logger;
import io.airlift.units.Duration;
import io.meshwright.bridge.migration.MigrationRow;
import io.meshwright.bridge.result.CheckRow;
import io.meshwright.bridge.result.ContractVerdicts;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.bridge.table.Row;
import io.meshwright.model.sla.SlaEvaluator;
import io.meshwright.trino.registry.RegistryDigest;
import io.meshwright.trino.registry.RegistryTables;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static io.meshwright.trino.MeshErrorCode.MESH_REGISTRY_UNAVAILABLE;
import static java.util.Objects.requireNonNull;

/**
 * What tests and measurements found, kept up to date. While the tables of results do not answer, the last known state is
 * used up to the same age as that of the registry, and after that nothing is.
 */
public final class ResultDigests
{
    private static final Logger log = Logger.get(ResultDigests.class);

    private final Dated<ContractVerdicts.Subject, ContractVerdicts.RecentRuns> tests;
    private final Dated<String, SlaRow> ages;
    private final Dated<String, MigrationRow> dials;

    public ResultDigests(RegistryTables tables, Duration refreshInterval, Duration maxAge, Ticker ticker)
    {
        tests = new Dated<>(
                new RegistryDigest<>(tables, CheckRow.TABLE, CheckRow.SCHEMA.columnNames(), (digest, row, _) -> ContractVerdicts.fold(digest, CheckRow.SCHEMA.decode(row)), refreshInterval, ticker),
                maxAge,
                ticker);
        ages = new Dated<>(
                new RegistryDigest<>(tables, SlaRow.TABLE, SlaRow.SCHEMA.columnNames(), (digest, row, _) -> addFreshness(digest, row), refreshInterval, ticker),
                maxAge,
                ticker);
        dials = new Dated<>(
                new RegistryDigest<>(tables, MigrationRow.TABLE, MigrationRow.SCHEMA.columnNames(), (digest, row, _) -> addTurn(digest, row), refreshInterval, ticker),
                maxAge,
                ticker);
    }

    /**
     * The last turn of the dial of each legacy table.
     */
    public Map<String, MigrationRow> dials()
    {
        return dials.current();
    }

    public ContractVerdicts verdicts()
    {
        return ContractVerdicts.of(tests.current());
    }

    /**
     * The last measurements of freshness, by product.
     */
    public Map<String, SlaRow> freshness()
    {
        return ages.current();
    }

    private static void addTurn(Map<String, MigrationRow> digest, Row row)
    {
        MigrationRow turn = MigrationRow.SCHEMA.decode(row);
        digest.merge(turn.legacy(), turn, (last, next) -> next.number() > last.number() ? next : last);
    }

    private static void addFreshness(Map<String, SlaRow> digest, Row row)
    {
        SlaRow measurement = SlaRow.SCHEMA.decode(row);
        if (measurement.slo().equals(SlaEvaluator.FRESHNESS)) {
            digest.merge(measurement.product(), measurement, (last, next) -> next.checkedAt().isAfter(last.checkedAt()) ? next : last);
        }
    }

    private static final class Dated<K, V>
    {
        private final RegistryDigest<K, V> digest;
        private final long maxAgeNanos;
        private final Ticker ticker;
        private volatile long lastAnswer;

        private Dated(RegistryDigest<K, V> digest, Duration maxAge, Ticker ticker)
        {
            this.digest = requireNonNull(digest, "digest is null");
            this.maxAgeNanos = maxAge.roundTo(TimeUnit.NANOSECONDS);
            this.ticker = requireNonNull(ticker, "ticker is null");
        }

        private Map<K, V> current()
        {
            try {
                Map<K, V> current = digest.current();
                lastAnswer = ticker.read();
                return current;
            }
            catch (IOException e) {
                log.warn(e, "The tables of results did not answer");
                return digest.lastKnown()
                        .filter(_ -> ticker.read() - lastAnswer <= maxAgeNanos)
                        .orElseThrow(() -> MESH_REGISTRY_UNAVAILABLE.exception("What contract tests and measurements found cannot be read, so nobody can tell which data is verified or fresh. The server's log has the details."));
            }
        }
    }
}
