package io.meshwright.bridge.check;

import io.meshwright.bridge.check.TableReader.AggregateFigure;
import io.meshwright.bridge.evidence.FileEvidence;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.Measure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Checks of one number over a column: least, greatest, mean, percentile. They share one query.
 */
final class AggregateChecks
        implements CheckFamily
{
    private final RunContext run;

    AggregateChecks(RunContext run)
    {
        this.run = requireNonNull(run, "run is null");
    }

    @Override
    public boolean needsReader(FileEvidence files)
    {
        return !open().isEmpty();
    }

    @Override
    public void read(FileEvidence files, TableReader reader)
    {
        List<CheckSpec> checks = open();
        if (checks.isEmpty()) {
            return;
        }
        Set<Measure.Aggregate> measures = new LinkedHashSet<>();
        checks.forEach(check -> measures.add((Measure.Aggregate) check.measure()));
        run.progress().accept("computing %s figures over columns".formatted(measures.size()));
        try {
            Map<Measure.Aggregate, AggregateFigure> figures = reader.aggregates(measures, files.files());
            checks.forEach(check -> run.results().put(result(check, figures.get((Measure.Aggregate) check.measure()))));
        }
        catch (Exception e) {
            // an engine's exceptions may be checked, though no signature says so
            checks.forEach(check -> run.results().put(CheckResults.error(check, "The table cannot be read: " + reader.explain(e))));
        }
    }

    private static CheckResult result(CheckSpec check, AggregateFigure figure)
    {
        if (figure.failure().isPresent()) {
            return CheckResults.error(check, figure.failure().orElseThrow());
        }
        Measure.Aggregate measure = (Measure.Aggregate) check.measure();
        Optional<EvidenceRung> rung = Optional.of(EvidenceRung.R6);
        if (figure.value().isEmpty()) {
            // of no value there is no figure, so nothing can be said of it
            return CheckResults.of(check, CheckStatus.SKIPPED, Optional.empty(), check.thresholdText(), rung, figure.bytesRead(), Optional.of("no row has a value"));
        }
        return CheckResults.of(check, figure.value().orElseThrow(), rung, figure.bytesRead(), measure.approximate() ? Optional.of("approximate") : Optional.empty());
    }

    private List<CheckSpec> open()
    {
        return run.results().open(Measure.Aggregate.class);
    }
}
