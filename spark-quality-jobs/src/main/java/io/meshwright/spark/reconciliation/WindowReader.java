package io.meshwright.spark.reconciliation;

import io.meshwright.bridge.reconciliation.LocalDays;
import io.meshwright.model.reconciliation.WindowResult;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import static java.lang.Math.toIntExact;

/**
 * The window of a row, as its place in a list. Goes to executors. Not safe for use by several threads.
 */
final class WindowReader
        implements Serializable
{
    static final int NONE = -1;
    private static final long serialVersionUID = 1;

    private final boolean hasColumn;
    private final boolean isDate;
    private final String zone;
    private final int withoutDay;
    private final int whole;
    private final long firstDay;
    private final int[] places;
    private transient LocalDays calendar;

    /**
     * @param type of the first column of the rows, by which they have a window; empty where the whole table is one
     * @param windows that are wanted
     */
    WindowReader(Optional<DataType> type, ZoneId zone, List<String> windows)
    {
        hasColumn = type.isPresent();
        isDate = type.filter(DateType.class::isInstance).isPresent();
        this.zone = type.filter(TimestampType.class::isInstance).isPresent() ? zone.getId() : ZoneOffset.UTC.getId();
        withoutDay = windows.indexOf(WindowResult.NULL_WINDOW);
        whole = windows.indexOf(WindowResult.WHOLE_TABLE);
        long[] days = IntStream.range(0, windows.size())
                .mapToLong(place -> place == withoutDay || place == whole ? Long.MAX_VALUE : LocalDate.parse(windows.get(place)).toEpochDay())
                .toArray();
        firstDay = Arrays.stream(days).min().orElse(Long.MAX_VALUE);
        long lastDay = Arrays.stream(days).filter(day -> day != Long.MAX_VALUE).max().orElse(firstDay - 1);
        places = new int[firstDay == Long.MAX_VALUE ? 0 : toIntExact(lastDay - firstDay + 1)];
        Arrays.fill(places, NONE);
        for (int place = 0; place < days.length; place++) {
            if (days[place] != Long.MAX_VALUE) {
                places[(int) (days[place] - firstDay)] = place;
            }
        }
    }

    /**
     * How many columns of a row it reads.
     */
    int columns()
    {
        return hasColumn ? 1 : 0;
    }

    /**
     * @return {@link #NONE} where the row is in none of the windows
     */
    int place(InternalRow row)
    {
        if (!hasColumn) {
            return whole;
        }
        if (row.isNullAt(0)) {
            return withoutDay;
        }
        return place(isDate ? row.getInt(0) : calendar().day(row.getLong(0)));
    }

    /**
     * The places of all rows of a batch, {@link #NONE} where a row is in none of the windows.
     *
     * @return whether a row is in one of the windows
     */
    boolean read(ColumnarBatch batch, int[] into)
    {
        int rows = batch.numRows();
        if (!hasColumn) {
            Arrays.fill(into, 0, rows, whole);
            return rows > 0 && whole != NONE;
        }
        ColumnVector vector = batch.column(0);
        boolean hasNull = vector.hasNull();
        boolean any = false;
        for (int row = 0; row < rows; row++) {
            if (hasNull && vector.isNullAt(row)) {
                into[row] = withoutDay;
            }
            else {
                into[row] = place(isDate ? vector.getInt(row) : calendar().day(vector.getLong(row)));
            }
            any |= into[row] != NONE;
        }
        return any;
    }

    private int place(long day)
    {
        return day < firstDay || day - firstDay >= places.length ? NONE : places[(int) (day - firstDay)];
    }

    private LocalDays calendar()
    {
        if (calendar == null) {
            calendar = new LocalDays(ZoneId.of(zone));
        }
        return calendar;
    }
}
