package io.meshwright.bridge.check;

import com.google.common.base.Stopwatch;
import io.meshwright.bridge.check.TableReader.StatementFigure;
import io.meshwright.bridge.evidence.FileEvidence;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.Measure;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Checks that are a statement of the contract: a query of its own for each.
 */
final class StatementChecks
        implements CheckFamily
{
    private final RunContext run;

    StatementChecks(RunContext run)
    {
        this.run = requireNonNull(run, "run is null");
    }

    @Override
    public boolean needsReader(FileEvidence files)
    {
        return !run.results().open(Measure.Statement.class).isEmpty();
    }

    @Override
    public void read(FileEvidence files, TableReader reader)
    {
        run.results().open(Measure.Statement.class).forEach(check -> run.results().attempt(check, () -> query(check, (Measure.Statement) check.measure(), files, reader), reader::explain));
    }

    private void query(CheckSpec check, Measure.Statement statement, FileEvidence files, TableReader reader)
    {
        run.progress().accept("running " + check.name());
        Stopwatch stopwatch = Stopwatch.createStarted();
        StatementFigure figure = run.slice().isPresent() ? reader.run(statement.sql(), files.files()) : reader.run(statement.sql());
        Optional<String> message = check.verdict(figure.value()) == CheckStatus.PASSED ? Optional.empty() : Optional.of(statement.text());
        run.results().put(CheckResults.of(check, figure.value(), Optional.of(EvidenceRung.R6), figure.bytesRead(), message).lasting(stopwatch.elapsed()));
    }
}
