package io.meshwright.bridge.evidence;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.NestedField;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * In which time the rows of data files are, by a column of dates or timestamps, as far as manifests tell.
 */
public final class FileTimes
{
    private static final long MICROS_OF_DAY = 86_400_000_000L;
    private static final long MICROS_OF_HOUR = 3_600_000_000L;
    private static final int EPOCH_YEAR = 1970;

    private FileTimes() {}

    /**
     * Microseconds since 1970, of the clock on the wall where the column has no zone; both ends inclusive.
     */
    public record Span(long least, long greatest)
    {
        private Optional<Span> and(Span other)
        {
            long from = Math.max(least, other.least);
            long to = Math.min(greatest, other.greatest);
            // who contradicts himself is not believed
            return from > to ? Optional.empty() : Optional.of(new Span(from, to));
        }
    }

    /**
     * @param rows that are left after deletes; empty where only reading the file tells
     * @param nulls rows without a time, deletes left out of account; empty where that is not known
     * @param span of all times; empty where that is not known, or there is none
     */
    public record FileTime(LiveFile file, OptionalLong rows, OptionalLong nulls, Optional<Span> span)
    {
        public FileTime
        {
            requireNonNull(file, "file is null");
            requireNonNull(rows, "rows is null");
            requireNonNull(nulls, "nulls is null");
            requireNonNull(span, "span is null");
        }

        public boolean isAllNull()
        {
            return nulls.isPresent() && nulls.orElseThrow() == file.task().file().recordCount();
        }
    }

    /**
     * @param column by its current name; empty where no time is asked for
     * @param others whose metrics are kept with the files
     */
    public static List<FileTime> list(Table table, Optional<Snapshot> snapshot, Optional<String> column, Collection<String> others)
    {
        List<String> columns = new ArrayList<>(others);
        column.ifPresent(columns::add);
        MetadataEvidence metadata = new MetadataEvidence(table);
        Optional<NestedField> field = column.map(name -> table.schema().findField(name));
        return LiveFiles.list(table, snapshot, columns).stream()
                .map(file -> field.isEmpty()
                        ? new FileTime(file, file.rows(), OptionalLong.empty(), Optional.empty())
                        : of(table, metadata, file, field.orElseThrow(), column.orElseThrow()))
                .collect(toImmutableList());
    }

    private static FileTime of(Table table, MetadataEvidence metadata, LiveFile file, NestedField field, String column)
    {
        DataFile data = file.task().file();
        Optional<ColumnMetrics> metrics = metadata.metrics(file, column);
        Optional<Span> bounds = metrics.flatMap(FileTimes::bounds);
        OptionalLong nulls = metrics.map(known -> OptionalLong.of(known.nulls())).orElse(OptionalLong.empty());
        PartitionSpec spec = table.specs().get(data.specId());
        for (int position = 0; position < spec.fields().size(); position++) {
            PartitionField partition = spec.fields().get(position);
            if (partition.sourceId() != field.fieldId() || partition.transform().isVoid()) {
                continue;
            }
            Object value = data.partition().get(position, Object.class);
            if (value == null) {
                // every transform keeps NULL, and makes it of nothing else
                return new FileTime(file, file.rows(), OptionalLong.of(data.recordCount()), Optional.empty());
            }
            nulls = OptionalLong.of(0);
            Optional<Span> within = span(field, partition.transform().toString(), value);
            bounds = within.isEmpty() ? bounds : bounds.map(known -> known.and(within.orElseThrow())).orElse(within);
        }
        return new FileTime(file, file.rows(), nulls, bounds);
    }

    private static Optional<Span> bounds(ColumnMetrics metrics)
    {
        Optional<Long> lower = metrics.lower().flatMap(JavaValues::micros);
        Optional<Long> upper = metrics.upper().flatMap(FileTimes::lastMicro);
        return lower.isEmpty() || upper.isEmpty() || lower.orElseThrow() > upper.orElseThrow()
                ? Optional.empty()
                : Optional.of(new Span(lower.orElseThrow(), upper.orElseThrow()));
    }

    private static Optional<Long> lastMicro(Object value)
    {
        return JavaValues.micros(value).map(micros -> value instanceof LocalDate ? micros + MICROS_OF_DAY - 1 : micros);
    }

    private static Optional<Span> span(NestedField field, String transform, Object value)
    {
        try {
            return switch (transform) {
                case "identity" -> identity(field, ((Number) value).longValue());
                case "hour" -> units(((Number) value).longValue(), MICROS_OF_HOUR);
                case "day" -> units(((Number) value).longValue(), MICROS_OF_DAY);
                case "month" -> days(LocalDate.of(EPOCH_YEAR, 1, 1).plusMonths(((Number) value).longValue()), 1);
                case "year" -> days(LocalDate.of(EPOCH_YEAR, 1, 1).plusYears(((Number) value).longValue()), 12);
                default -> Optional.empty();
            };
        }
        catch (ArithmeticException e) {
            // a time beyond what microseconds can tell
            return Optional.empty();
        }
    }

    private static Optional<Span> identity(NestedField field, long value)
    {
        return field.type().typeId() == TypeID.DATE ? units(value, MICROS_OF_DAY) : Optional.of(new Span(value, value));
    }

    private static Optional<Span> units(long unit, long micros)
    {
        long begin = Math.multiplyExact(unit, micros);
        return Optional.of(new Span(begin, Math.addExact(begin, micros - 1)));
    }

    private static Optional<Span> days(LocalDate from, int months)
    {
        long begin = Math.multiplyExact(from.toEpochDay(), MICROS_OF_DAY);
        return Optional.of(new Span(begin, Math.multiplyExact(from.plusMonths(months).toEpochDay(), MICROS_OF_DAY) - 1));
    }
}
