package io.meshwright.model.check;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Some of the rows that break the rule of a check, shown as a reader without clearance sees them.
 *
 * @param check its name
 * @param columns the key of the table, then the column that the rule is about
 * @param rows values as text, in the order of the columns; empty for NULL
 * @param withheld why there are no rows; empty where there are
 */
public record FailingRows(String check, List<String> columns, List<List<Optional<String>>> rows, Optional<String> withheld)
{
    public FailingRows
    {
        requireNonNull(check, "check is null");
        columns = ImmutableList.copyOf(columns);
        rows = rows.stream().map(ImmutableList::copyOf).collect(toImmutableList());
        requireNonNull(withheld, "withheld is null");
    }

    public static FailingRows withheld(String check, String reason)
    {
        return new FailingRows(check, ImmutableList.of(), ImmutableList.of(), Optional.of(reason));
    }
}
