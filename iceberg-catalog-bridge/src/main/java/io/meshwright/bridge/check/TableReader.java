package io.meshwright.bridge.check;

import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.evidence.FileFigure;
import io.meshwright.bridge.evidence.KeyLayout;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.check.Measure;
import io.meshwright.model.check.ReadOnlySql;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Reads the rows of a table at the snapshot of a run, for what metadata leaves open. An engine implements it.
 */
public interface TableReader
{
    /**
     * Finds files in which no value breaks a rule, by less than reading their rows.
     *
     * @param open for each measure the files to look at
     * @return by measure the files that are proven to have no violation, whatever rows are deleted from them
     */
    Map<FileMeasure, Set<LiveFile>> proveNoViolation(Map<FileMeasure, List<LiveFile>> open);

    /**
     * Figures of measures over files.
     *
     * @param open for each measure the files to read
     * @return for each measure its figures, or why it has none; one that cannot be computed keeps no other from being so
     */
    Map<FileMeasure, Reading> read(Map<FileMeasure, List<LiveFile>> open);

    /**
     * Keys over columns that occur more than once; a key with a NULL part is none.
     *
     * @param files to read
     * @param layout of the keys
     */
    RecurringKeys recurringKeys(FileMeasure.RecurringKeys measure, List<LiveFile> files, KeyLayout layout);

    /**
     * Reads the keys of files as numbers, writes them as sets, and compares them with each other and with the sets of other files; a key with a NULL part
     * is none.
     */
    KeyComparison compareKeys(KeyComparison.Request request);

    /**
     * Some rows that break a rule. They are clear values, to be masked before anybody sees them.
     *
     * @param columns to return, as text; empty is NULL
     * @param files to look into, until there are enough rows
     */
    default List<List<Optional<String>>> violatingRows(FileMeasure.Violations rule, List<String> columns, List<LiveFile> files, int limit)
    {
        throw new UnsupportedOperationException("This engine does not return rows");
    }

    /**
     * The single number that a statement returns.
     */
    StatementFigure run(ReadOnlySql statement);

    /**
     * The same, where the table has the rows of some files only.
     */
    StatementFigure run(ReadOnlySql statement, List<LiveFile> files);

    /**
     * The engine's own name of the work, by which its logs are found.
     */
    default Optional<String> jobId()
    {
        return Optional.empty();
    }

    /**
     * Figures over columns.
     *
     * @param files to read
     */
    Map<Measure.Aggregate, AggregateFigure> aggregates(Set<Measure.Aggregate> measures, List<LiveFile> files);

    /**
     * Rows that refer to nothing.
     *
     * @param files to read
     */
    OrphanFigure orphans(Measure.Orphans measure, Surroundings.Parent parent, List<LiveFile> files);

    /**
     * Why something could not be done, in one line and without values of the data.
     */
    String explain(Throwable failure);

    /**
     * @param bytesRead of data files by the query, which other measures may share; empty where nobody counted
     * @param failure why there are no figures, without values of the data
     */
    record Reading(Map<LiveFile, FileFigure> figures, OptionalLong bytesRead, Optional<String> failure)
    {
        public Reading
        {
            figures = ImmutableMap.copyOf(figures);
            requireNonNull(bytesRead, "bytesRead is null");
            requireNonNull(failure, "failure is null");
        }

        public static Reading failed(String failure)
        {
            return new Reading(ImmutableMap.of(), OptionalLong.empty(), Optional.of(failure));
        }
    }

    /**
     * @param keys that recur
     * @param rows that have such a key
     */
    record RecurringKeys(long keys, long rows, OptionalLong bytesRead)
    {
        public RecurringKeys
        {
            requireNonNull(bytesRead, "bytesRead is null");
        }

        /**
         * What would have to go.
         */
        public long surplus()
        {
            return rows - keys;
        }
    }

    /**
     * @param value empty where no row has one
     * @param failure why there is no figure, without values of the data
     */
    record AggregateFigure(Optional<BigDecimal> value, OptionalLong bytesRead, Optional<String> failure)
    {
        public AggregateFigure
        {
            requireNonNull(value, "value is null");
            requireNonNull(bytesRead, "bytesRead is null");
            requireNonNull(failure, "failure is null");
        }
    }

    /**
     * @param parentSnapshotId of the table that is referred to; empty where it has no data
     */
    record OrphanFigure(long rows, Optional<String> parentSnapshotId, OptionalLong bytesRead)
    {
        public OrphanFigure
        {
            requireNonNull(parentSnapshotId, "parentSnapshotId is null");
            requireNonNull(bytesRead, "bytesRead is null");
        }
    }

    record StatementFigure(BigDecimal value, OptionalLong bytesRead)
    {
        public StatementFigure
        {
            requireNonNull(value, "value is null");
            requireNonNull(bytesRead, "bytesRead is null");
        }
    }
}
