package io.meshwright.spark.check;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.spark.session.ParquetReading;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.StagedFiles;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.spark.check.ValueViolations.column;
import static java.util.Objects.requireNonNull;

/**
 * Some rows that break a rule. Spark stops reading when there are enough.
 */
final class ViolatingRows
{
    private final PinnedTable table;
    private final FileMeasure.Violations rule;
    private final List<String> columns;

    ViolatingRows(PinnedTable table, FileMeasure.Violations rule, List<String> columns)
    {
        this.table = requireNonNull(table, "table is null");
        this.rule = requireNonNull(rule, "rule is null");
        this.columns = ImmutableList.copyOf(columns);
    }

    List<List<Optional<String>>> find(List<LiveFile> files, int limit)
    {
        List<List<Optional<String>>> found = new ArrayList<>();
        if (files.isEmpty()) {
            return found;
        }
        DataType type = table.rows().select(column(rule.column())).schema().fields()[0].dataType();
        Column broken = ValueViolations.of(rule.column(), rule.rule(), type);
        Column counted = rule.filter().map(filter -> RowFilters.of(table, filter).and(broken)).orElse(broken);
        Column[] texts = columns.stream().map(path -> column(path).cast(DataTypes.StringType)).toArray(Column[]::new);
        try (StagedFiles staged = table.stage(files.stream().map(LiveFile::task).collect(toImmutableList()), ParquetReading.ROWS)) {
            // bounded by the limit
            for (Row row : staged.rows().where(counted).limit(limit).select(texts).collectAsList()) {
                ImmutableList.Builder<Optional<String>> values = ImmutableList.builder();
                for (int index = 0; index < columns.size(); index++) {
                    values.add(Optional.ofNullable(row.getString(index)));
                }
                found.add(values.build());
            }
        }
        return found;
    }
}
