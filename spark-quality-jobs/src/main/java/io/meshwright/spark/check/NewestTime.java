package io.meshwright.spark.check;

import io.meshwright.spark.session.PinnedTable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import static io.meshwright.spark.check.ValueViolations.column;

/**
 * The time of the newest data by a scan of one column.
 */
public final class NewestTime
{
    private NewestTime() {}

    /**
     * Empty where no row has a value. A date counts from its first instant, a timestamp without a zone as UTC.
     */
    public static Optional<Instant> of(PinnedTable table, String name)
    {
        Row row = table.rows().agg(functions.unix_micros(functions.max(column(name)).cast("timestamp"))).head();
        return row.isNullAt(0) ? Optional.empty() : Optional.of(Instant.EPOCH.plus(row.getLong(0), ChronoUnit.MICROS));
    }
}
