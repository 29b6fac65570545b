package io.meshwright.bridge.check;

import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.check.SnapshotEvidence.Newest;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.bridge.sla.Availability;
import io.meshwright.bridge.sla.ProbeTable;
import io.meshwright.bridge.sla.TestedFigures;
import io.meshwright.bridge.usage.UsageCoverage;
import io.meshwright.bridge.usage.UsageTables;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.sla.FreshnessSource;
import io.meshwright.model.sla.FreshnessSources;
import io.meshwright.model.sla.ServiceLevels;
import io.meshwright.model.sla.ServiceLevels.Freshness;
import io.meshwright.model.sla.SlaEvaluator;
import io.meshwright.model.sla.SlaMeasurement;
import io.meshwright.model.sla.SlaReport;
import io.meshwright.model.yaml.DidYouMean;
import org.apache.iceberg.Snapshot;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * Checks service levels by metadata and former results. Where the newest timestamp can be told only by reading data,
 * {@link #fromMetadata} gives nothing and a Spark job must look.
 */
public final class SlaCheck
{
    private final ProductUnderTest product;
    private final ServiceLevels levels;
    private final MeshCatalog catalog;
    private final Clock clock;

    /**
     * Finds the time of the newest data in a column by reading it; empty where no row has a value.
     */
    public interface NewestReader
    {
        Optional<Instant> newest(String column);
    }

    /**
     * @param slos the names of the objectives to check; all where empty
     * @throws MeshException where one of the names is no declared objective
     */
    public SlaCheck(ProductUnderTest product, Set<String> slos, MeshCatalog catalog, Clock clock)
    {
        this.product = requireNonNull(product, "product is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.levels = chosen(product.serviceLevels(), slos);
    }

    /**
     * The report, where no data has to be read for it.
     */
    public Optional<SlaReport> fromMetadata(String runId)
    {
        Optional<SlaMeasurement> freshness = levels.freshness().isPresent() ? freshnessFromMetadata(levels.freshness().orElseThrow()) : Optional.empty();
        if (levels.freshness().isPresent() && freshness.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(report(runId, freshness));
    }

    /**
     * The report, reading data where metadata does not suffice.
     */
    public SlaReport run(String runId, NewestReader reader)
    {
        return fromMetadata(runId).orElseGet(() -> {
            FreshnessSource source = source(levels.freshness().orElseThrow()).orElseThrow();
            Instant now = clock.instant();
            SlaMeasurement measurement = reader.newest(source.field().orElseThrow())
                    .map(time -> SlaMeasurement.freshness(time, now, source.description()))
                    .orElseGet(() -> SlaMeasurement.missing("no row has a value in " + source.field().orElseThrow()));
            return report(runId, Optional.of(measurement));
        });
    }

    private SlaReport report(String runId, Optional<SlaMeasurement> freshness)
    {
        ImmutableMap.Builder<String, SlaMeasurement> measurements = ImmutableMap.builder();
        freshness.ifPresent(measurement -> measurements.put(SlaEvaluator.FRESHNESS, measurement));
        if (levels.completeness().isPresent()) {
            measurements.put(SlaEvaluator.COMPLETENESS, completeness());
        }
        if (levels.availability().isPresent()) {
            measurements.put(SlaEvaluator.AVAILABILITY, availability());
        }
        if (levels.accuracy().isPresent()) {
            measurements.put(SlaEvaluator.ACCURACY, tested().accuracy(levels.accuracyCheck()));
        }
        if (levels.latency().isPresent()) {
            measurements.put(SlaEvaluator.LATENCY, tested().latency());
        }
        Map<String, SlaMeasurement> built = measurements.buildOrThrow();
        Instant now = clock.instant();
        return new SlaReport(
                product.address().toString(),
                Optional.ofNullable(product.table().currentSnapshot()).map(Snapshot::snapshotId).map(String::valueOf),
                SlaEvaluator.evaluate(levels, built, now),
                runId,
                now);
    }

    private Optional<SlaMeasurement> freshnessFromMetadata(Freshness objective)
    {
        Instant now = clock.instant();
        Optional<FreshnessSource> source = source(objective);
        if (source.isEmpty()) {
            return Optional.of(SlaMeasurement.missing("the declared timestamp field %s is no date or timestamp of the contract".formatted(objective.timestampField().orElse(""))));
        }
        SnapshotEvidence evidence = new SnapshotEvidence(product.table());
        if (source.orElseThrow().field().isEmpty()) {
            return Optional.of(evidence.lastDataCommit()
                    .map(time -> SlaMeasurement.freshness(time, now, source.orElseThrow().description()))
                    .orElseGet(() -> SlaMeasurement.missing("no data was ever committed, or its commit is not kept any more")));
        }
        String column = source.orElseThrow().field().orElseThrow();
        if (product.table().schema().findField(column) == null) {
            return Optional.of(SlaMeasurement.missing("column %s is not in the table".formatted(column)));
        }
        Newest newest = evidence.newest(column);
        if (!newest.exact()) {
            return Optional.empty();
        }
        return Optional.of(newest.time()
                .map(time -> SlaMeasurement.freshness(time, now, source.orElseThrow().description()))
                .orElseGet(() -> SlaMeasurement.missing("no row has a value in " + column)));
    }

    private Optional<FreshnessSource> source(Freshness objective)
    {
        return product.contract().isPresent() ? FreshnessSources.choose(objective, product.model()) : Optional.of(FreshnessSource.LAST_DATA_COMMIT);
    }

    private SlaMeasurement completeness()
    {
        SlaMeasurement reconciled = ReconciledCompleteness.of(new ResultTables(catalog).lastWindows(product.address().toString()));
        return reconciled.figure().isPresent() ? reconciled : testedCompleteness();
    }

    /**
     * A product that replaces nothing is never reconciled. Its rows are all there are, so what its contract requires of them tells. Of one that
     * replaces a table only the comparison does.
     */
    private SlaMeasurement testedCompleteness()
    {
        if (product.spec().migration().isPresent()) {
            return SlaMeasurement.missing("no measurement: the product was never reconciled");
        }
        SlaMeasurement measurement = tested().completeness();
        return measurement.figure().isPresent() ? measurement : SlaMeasurement.missing("no measurement: the product was never reconciled, and " + measurement.reason().orElseThrow());
    }

    private SlaMeasurement availability()
    {
        String address = product.address().toString();
        Instant now = clock.instant();
        Instant from = now.minus(Availability.WINDOW);
        UsageTables usage = new UsageTables(catalog);
        // heartbeats first: what they cover is there by then
        UsageCoverage coverage = UsageCoverage.of(usage.heartbeats(row -> true), from, now);
        Availability availability = new Availability();
        usage.forEachRead(row -> {
            if (row.product().equals(address) && !row.endedAt().isBefore(from)) {
                availability.add(row);
            }
        });
        new ProbeTable(catalog).forEach(row -> {
            if (row.product().equals(address) && !row.endedAt().isBefore(from)) {
                availability.add(row);
            }
        });
        return availability.measurement(coverage, now);
    }

    private TestedFigures tested()
    {
        return TestedFigures.of(new ResultTables(catalog).checks(
                product.address().toString(),
                row -> row.port().equals(product.port().name()) && product.contractHash().isPresent() && row.contractHash().equals(product.contractHash())));
    }

    private ServiceLevels chosen(ServiceLevels declared, Set<String> slos)
    {
        List<String> known = SlaEvaluator.declared(declared);
        for (String slo : slos) {
            if (!known.contains(slo)) {
                String meant = DidYouMean.suggest(slo, known).map(", did you mean %s?"::formatted).orElse("");
                throw new MeshException(
                        CheckRule.JOB_ARGUMENT,
                        USER,
                        "%s declares no objective %s%s".formatted(product.address(), slo, meant),
                        known.isEmpty() ? "declare spec.sla in the specification" : "use one of: " + String.join(", ", known));
            }
        }
        if (slos.isEmpty()) {
            return declared;
        }
        return declared.only(slos);
    }
}
