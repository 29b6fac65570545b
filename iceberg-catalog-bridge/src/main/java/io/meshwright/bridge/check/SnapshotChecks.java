package io.meshwright.bridge.check;

import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.Measure;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What the manifest list and the history of snapshots tell: how many rows there are, and when data was last committed.
 */
final class SnapshotChecks
        implements CheckFamily
{
    private final RunContext run;
    private final SnapshotEvidence evidence;

    SnapshotChecks(RunContext run)
    {
        this.run = requireNonNull(run, "run is null");
        this.evidence = new SnapshotEvidence(run.table(), run.snapshot());
    }

    @Override
    public void answer()
    {
        run.results().open().forEach(check -> run.results().attempt(check, () -> answer(check)));
    }

    private void answer(CheckSpec check)
    {
        if (check.measure() instanceof Measure.RowCount count && count.filter().isEmpty() && run.slice().isEmpty() && run.allows(EvidenceRung.R1)) {
            evidence.rowCount().ifPresent(rows -> run.results().put(
                    CheckResults.of(check, BigDecimal.valueOf(rows), Optional.of(EvidenceRung.R1), OptionalLong.of(0), Optional.empty())));
        }
        else if (check.measure() instanceof Measure.SourceRows) {
            run.results().put(run.slice().isPresent() ? CheckResults.notOfSlice(check) : CheckResults.sourceRows(check, run.surroundings().completeness()));
        }
        else if (check.measure() instanceof Measure.UsualRowCount && run.slice().isPresent()) {
            run.results().put(CheckResults.notOfSlice(check));
        }
        else if (check.measure() instanceof Measure.Age age && age.source().field().isEmpty()) {
            run.results().put(CheckResults.freshness(check, age, evidence.lastDataCommit(), EvidenceRung.R1, OptionalLong.of(0), run.clock().instant()));
        }
    }
}
