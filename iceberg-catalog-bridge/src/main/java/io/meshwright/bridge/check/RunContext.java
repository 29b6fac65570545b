package io.meshwright.bridge.check;

import com.google.common.collect.ImmutableSet;
import io.meshwright.bridge.evidence.PartitionSlice;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.Measure;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * What the parts of a run share.
 *
 * @param snapshot that is held against the plan; empty for a table without data
 * @param slice the partitions to look at; empty for the whole table
 * @param rungs that may be used; reading is always allowed
 * @param progress takes a line for people
 * @param random draws what is audited
 */
record RunContext(
        CheckPlan plan,
        Table table,
        Optional<Snapshot> snapshot,
        Optional<PartitionSlice> slice,
        Set<EvidenceRung> rungs,
        Clock clock,
        Consumer<String> progress,
        Surroundings surroundings,
        RunResults results,
        Random random)
{
    RunContext
    {
        requireNonNull(plan, "plan is null");
        requireNonNull(table, "table is null");
        requireNonNull(snapshot, "snapshot is null");
        requireNonNull(slice, "slice is null");
        rungs = ImmutableSet.copyOf(rungs);
        requireNonNull(clock, "clock is null");
        requireNonNull(progress, "progress is null");
        requireNonNull(surroundings, "surroundings is null");
        requireNonNull(results, "results is null");
        requireNonNull(random, "random is null");
    }

    boolean allows(EvidenceRung rung)
    {
        return rungs.contains(rung);
    }

    /**
     * Some of what metadata told is wrong, so nothing that it told counts.
     *
     * @param differences where, in words
     */
    void distrustMetadata(String differences)
    {
        results.withdraw(EvidenceRung.R1, Measure.RowCount.class);
        results.note("metadata of the table is wrong about %s, so it was not used".formatted(differences));
    }

    boolean hasColumn(String column)
    {
        return table.schema().findField(column) != null;
    }
}
