package io.meshwright.spark.check;

import io.meshwright.bridge.check.Surroundings.Parent;
import io.meshwright.bridge.check.TableReader.OrphanFigure;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.check.Measure;
import io.meshwright.spark.session.ParquetReading;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.StagedFiles;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

import java.util.List;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.spark.check.ValueViolations.column;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

/**
 * Counts rows whose key is in no row of another table: rows, not different keys.
 */
final class OrphanRows
{
    private OrphanRows() {}

    static OrphanFigure count(PinnedTable table, Measure.Orphans measure, Parent parent, List<LiveFile> files)
    {
        try (PinnedTable pinned = PinnedTable.open(table.session(), parent.table())) {
            if (files.isEmpty()) {
                return new OrphanFigure(0, pinned.snapshotId(), OptionalLong.of(0));
            }
            OptionalLong before = table.bytesRead();
            try (StagedFiles staged = table.stage(files.stream().map(LiveFile::task).collect(toImmutableList()), ParquetReading.ROWS)) {
                Dataset<Row> children = measure.filter().map(filter -> staged.rows().where(RowFilters.of(table, filter))).orElseGet(staged::rows);
                Dataset<Row> keys = keys(children, measure.columns(), "c");
                Dataset<Row> parents = keys(pinned.rows(), measure.parentColumns(), "p");
                Column same = lit(true);
                for (int index = 0; index < measure.columns().size(); index++) {
                    same = same.and(col("c" + index).equalTo(col("p" + index)));
                }
                long rows = keys.join(parents, same, "left_anti").count();
                OptionalLong ofTable = SparkTableReader.bytesSince(table, before);
                OptionalLong ofParent = pinned.bytesRead();
                OptionalLong bytesRead = ofTable.isPresent() && ofParent.isPresent() ? OptionalLong.of(ofTable.orElseThrow() + ofParent.orElseThrow()) : OptionalLong.empty();
                return new OrphanFigure(rows, pinned.snapshotId(), bytesRead);
            }
        }
    }

    /**
     * Without keys that have a NULL part: they refer to nothing, and nothing refers to them.
     */
    private static Dataset<Row> keys(Dataset<Row> rows, List<String> columns, String prefix)
    {
        Column[] selected = new Column[columns.size()];
        Column complete = lit(true);
        for (int index = 0; index < selected.length; index++) {
            selected[index] = column(columns.get(index)).as(prefix + index);
            complete = complete.and(col(prefix + index).isNotNull());
        }
        return rows.select(selected).where(complete);
    }
}
