package io.meshwright.cli.sql;

import com.google.common.collect.ImmutableList;
import io.meshwright.cli.output.TextTable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What a statement gave.
 *
 * @param rows values are numbers, booleans, texts, lists, maps or null
 * @param updated the number of rows that a writing statement changed
 * @param complete false when reading stopped at the limit that was asked for
 */
public record SqlResult(List<SqlColumn> columns, List<List<Object>> rows, OptionalLong updated, boolean complete)
{
    public SqlResult
    {
        columns = ImmutableList.copyOf(columns);
        rows = rows.stream().map(row -> Collections.unmodifiableList(new ArrayList<>(row))).toList();
        requireNonNull(updated, "updated is null");
    }

    public TextTable table()
    {
        TextTable table = TextTable.result(columns.stream().map(SqlColumn::name).toList());
        for (int index = 0; index < columns.size(); index++) {
            if (columns.get(index).isNumeric()) {
                table.alignRight(index);
            }
        }
        rows.forEach(row -> table.row(row.stream().map(SqlValues::display).toList()));
        return table;
    }
}
