package io.meshwright.bridge.usage;

import io.meshwright.bridge.table.RowSchema;

import static java.util.Objects.requireNonNull;

/**
 * A column of the target that is made from a column of the source.
 *
 * @param masked whether the source column was masked for whoever ran the query
 */
public record LineageColumn(String source, String target, boolean masked)
{
    public static final RowSchema<LineageColumn> SCHEMA = RowSchema.<LineageColumn>builder()
            .string("source_column", "Column of the source", LineageColumn::source)
            .string("target_column", "Column of the target", LineageColumn::target)
            .bool("masked", "Whether the source column was masked for whoever ran the query", LineageColumn::masked)
            .build(row -> new LineageColumn(row.string("source_column"), row.string("target_column"), row.bool("masked")));

    public LineageColumn
    {
        requireNonNull(source, "source is null");
        requireNonNull(target, "target is null");
    }
}
