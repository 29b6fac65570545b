package io.meshwright.bridge.check;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.evidence.FileEvidence;
import io.meshwright.bridge.evidence.KeptEvidence;
import io.meshwright.bridge.evidence.PartitionSlice;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckPlan.Unchecked;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.ContractTestReport.ColumnCompleteness;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.check.Measure;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

import static com.google.common.base.Preconditions.checkState;

/**
 * Holds one snapshot of a table against a plan: at construction by what metadata and former runs tell, then by reading what they leave open.
 * A check that cannot run is in error and keeps no other from running. Not thread-safe.
 */
public final class CheckRun
{
    private final RunContext run;
    private final SchemaChecks schema;
    private final FileChecks fileChecks;
    private final List<CheckFamily> families;
    private final FileEvidence files;

    /**
     * @param completeness of the columns for which it is known or was read
     */
    public record Outcome(List<CheckResult> checks, List<ColumnCompleteness> completeness, List<Unchecked> notChecked)
    {
        public Outcome
        {
            checks = ImmutableList.copyOf(checks);
            completeness = ImmutableList.copyOf(completeness);
            notChecked = ImmutableList.copyOf(notChecked);
        }
    }

    /**
     * @param former of the same snapshot and contract
     * @param kept is asked only where metadata leaves something open
     * @param rungs that may be used, for tests; reading is always allowed
     */
    public CheckRun(CheckPlan plan, Table table, Optional<Snapshot> snapshot, FormerResults former, Supplier<KeptEvidence.OfTable> kept, Set<EvidenceRung> rungs, Clock clock, Consumer<String> progress)
    {
        this(plan, table, snapshot, Optional.empty(), former, kept, rungs, Surroundings.NONE, clock, progress);
    }

    /**
     * @param slice the partitions to look at; empty for the whole table
     * @param surroundings for checks that ask of more than the table
     */
    public CheckRun(
            CheckPlan plan,
            Table table,
            Optional<Snapshot> snapshot,
            Optional<PartitionSlice> slice,
            FormerResults former,
            Supplier<KeptEvidence.OfTable> kept,
            Set<EvidenceRung> rungs,
            Surroundings surroundings,
            Clock clock,
            Consumer<String> progress)
    {
        run = new RunContext(plan, table, snapshot, slice, rungs, clock, progress, surroundings, new RunResults(plan), new Random());
        Supplier<KeptEvidence.OfTable> keptOnce = Suppliers.memoize(kept::get);
        schema = new SchemaChecks(run);
        fileChecks = new FileChecks(run);
        families = ImmutableList.of(schema, new SnapshotChecks(run), fileChecks, new KeyChecks(run, keptOnce), new AggregateChecks(run), new ReferenceChecks(run), new StatementChecks(run));
        families.forEach(CheckFamily::answer);
        run.results().open().forEach(check -> run.results().attempt(check, () -> former.find(check).ifPresent(run.results()::put)));
        files = FileEvidence.gather(table, snapshot, slice, measures(), keptOnce, run.rungs());
    }

    private Set<FileMeasure> measures()
    {
        Set<FileMeasure> measures = new LinkedHashSet<>();
        families.forEach(family -> measures.addAll(family.measures()));
        return measures;
    }

    /**
     * Empty for a table without data.
     */
    Optional<Snapshot> snapshot()
    {
        return run.snapshot();
    }

    /**
     * The partitions that are looked at; empty for the whole table.
     */
    Optional<PartitionSlice> slice()
    {
        return run.slice();
    }

    /**
     * Whether rows have to be read for a verdict.
     */
    public boolean needsReader()
    {
        return families.stream().anyMatch(family -> family.needsReader(files));
    }

    /**
     * What was read, to be kept for later runs.
     */
    public FileEvidence files()
    {
        return files;
    }

    /**
     * @throws IllegalStateException when rows have to be read
     */
    public Outcome finish()
    {
        checkState(!needsReader(), "Rows have to be read");
        return conclude();
    }

    public Outcome finish(TableReader reader)
    {
        families.forEach(family -> family.read(files, reader));
        if (files.isMetadataWrong() && run.results().withdraw(EvidenceRung.R0, Measure.class)) {
            // the run that found them may have believed what is wrong
            files.gatherWithoutMetadata(measures());
            families.forEach(family -> family.read(files, reader));
        }
        return conclude();
    }

    private Outcome conclude()
    {
        families.forEach(family -> family.conclude(files));
        List<Unchecked> notChecked = ImmutableList.<Unchecked>builder().addAll(run.plan().notChecked()).addAll(schema.undeclared()).build();
        return new Outcome(run.results().complete(), fileChecks.completeness(files), notChecked);
    }
}
