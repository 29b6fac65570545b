package io.meshwright.bridge.check;

import io.meshwright.bridge.check.Surroundings.Parent;
import io.meshwright.bridge.check.TableReader.OrphanFigure;
import io.meshwright.bridge.evidence.FileEvidence;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.Measure;
import org.apache.iceberg.Snapshot;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Checks that what rows refer to is in the table of another product, which is read at the snapshot that it has when the check begins.
 */
final class ReferenceChecks
        implements CheckFamily
{
    private final RunContext run;

    ReferenceChecks(RunContext run)
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
        open().forEach(check -> run.results().attempt(check, () -> compare(check, (Measure.Orphans) check.measure(), files, reader), reader::explain));
    }

    private void compare(CheckSpec check, Measure.Orphans measure, FileEvidence files, TableReader reader)
    {
        Parent parent = run.surroundings().parent(measure.product());
        Optional<String> missing = measure.parentColumns().stream().filter(column -> parent.table().schema().findField(column) == null).findFirst();
        if (missing.isPresent()) {
            run.results().put(CheckResults.error(check, "Product %s has no column %s".formatted(parent.product(), missing.orElseThrow())));
            return;
        }
        run.progress().accept("looking for %s in %s".formatted(String.join(", ", measure.columns()), parent.product()));
        OrphanFigure figure = reader.orphans(measure, parent, files.files());
        String message = "%s rows refer to nothing; snapshot %s against snapshot %s of %s".formatted(
                figure.rows(), run.snapshot().map(Snapshot::snapshotId).map(String::valueOf).orElse("none"), figure.parentSnapshotId().orElse("none"), parent.product());
        run.results().put(CheckResults.of(check, BigDecimal.valueOf(figure.rows()), Optional.of(EvidenceRung.R6), figure.bytesRead(), Optional.of(message)));
    }

    private List<CheckSpec> open()
    {
        return run.results().open(Measure.Orphans.class);
    }
}
