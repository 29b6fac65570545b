package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.meshwright.bridge.evidence.FileTimes;
import io.meshwright.bridge.evidence.FileTimes.FileTime;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.bridge.reconciliation.LocalDays.Days;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.reconciliation.CountPlan.WindowColumn;
import io.meshwright.model.reconciliation.ReconciliationRule;
import io.meshwright.model.reconciliation.WindowResult;
import io.meshwright.model.yaml.DidYouMean;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.TimestampType;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Which data files of a snapshot have rows of which windows, as far as manifests tell. Reads no data.
 */
public final class WindowFiles
{
    private static final Days EVER = new Days(Long.MIN_VALUE, Long.MAX_VALUE);

    private final Table table;
    private final Optional<NestedField> column;
    private final List<Place> places;

    /**
     * Where the rows of a file are.
     *
     * @param days that it may have rows of; empty where no row has a day
     */
    private record Place(FileTime time, Optional<Days> days)
    {
        private boolean mayHaveNull()
        {
            return time.nulls().isEmpty() || time.nulls().orElseThrow() > 0;
        }

        private boolean isOneDay()
        {
            return days.filter(found -> found.least() == found.greatest()).isPresent();
        }
    }

    /**
     * @param counts rows by window, of the files that manifests tell all about
     * @param open files whose rows have to be counted, each on top of {@code counts}
     */
    public record Counts(Map<String, Long> counts, List<LiveFile> open)
    {
        public Counts
        {
            counts = ImmutableMap.copyOf(counts);
            open = ImmutableList.copyOf(open);
        }
    }

    private WindowFiles(Table table, Optional<NestedField> column, List<Place> places)
    {
        this.table = requireNonNull(table, "table is null");
        this.column = requireNonNull(column, "column is null");
        this.places = ImmutableList.copyOf(places);
    }

    /**
     * @param window empty where the whole table is one window
     * @param zone whose days the windows are, of a column of instants
     * @param others columns whose metrics are kept with the files
     * @throws MeshException where the column is not in the table, or has no day
     */
    public static WindowFiles of(Table table, Optional<Snapshot> snapshot, Optional<WindowColumn> window, ZoneId zone, Collection<String> others)
    {
        Optional<NestedField> field = window.map(column -> field(table, column.mesh()));
        boolean isInstant = field.filter(found -> found.type() instanceof TimestampType type && type.shouldAdjustToUTC()).isPresent();
        LocalDays calendar = new LocalDays(isInstant ? zone : ZoneOffset.UTC);
        List<Place> places = FileTimes.list(table, snapshot, window.map(WindowColumn::mesh), others).stream()
                .map(time -> new Place(time, days(time, calendar)))
                .collect(toImmutableList());
        return new WindowFiles(table, field, places);
    }

    private static NestedField field(Table table, String name)
    {
        NestedField field = table.schema().findField(name);
        if (field == null) {
            String meant = DidYouMean.suggest(name, table.schema().columns().stream().map(NestedField::name).collect(toImmutableList())).map(", did you mean %s?"::formatted).orElse("");
            throw new MeshException(ReconciliationRule.WINDOW, USER, "migration.window.column %s is not in the table%s".formatted(name, meant), "name a column of the product");
        }
        return switch (field.type().typeId()) {
            case DATE, TIMESTAMP -> field;
            default -> throw new MeshException(ReconciliationRule.WINDOW, USER, "migration.window.column is of type %s, which has no day".formatted(field.type()), "use a date or timestamp column");
        };
    }

    private static Optional<Days> days(FileTime time, LocalDays calendar)
    {
        if (time.isAllNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(time.span().map(span -> calendar.days(span.least(), span.greatest())).orElse(EVER));
        }
        catch (DateTimeException | ArithmeticException e) {
            return Optional.of(EVER);
        }
    }

    /**
     * The numbers of rows of these windows. Windows without rows are absent.
     */
    public Counts count(Set<String> windows)
    {
        Windows wanted = new Windows(windows);
        Map<String, Long> counts = new HashMap<>();
        ImmutableList.Builder<LiveFile> open = ImmutableList.builder();
        for (Place place : places) {
            if (!mayHave(place, wanted)) {
                continue;
            }
            Optional<Map<String, Long>> told = told(place, wanted);
            told.ifPresent(rows -> rows.forEach((window, count) -> {
                if (count > 0 && windows.contains(window)) {
                    counts.merge(window, count, Math::addExact);
                }
            }));
            if (told.isEmpty()) {
                open.add(place.time().file());
            }
        }
        return new Counts(counts, open.build());
    }

    /**
     * The files that may have rows of these windows.
     */
    public List<LiveFile> filesOf(Set<String> windows)
    {
        Windows wanted = new Windows(windows);
        return places.stream().filter(place -> mayHave(place, wanted)).map(place -> place.time().file()).collect(toImmutableList());
    }

    /**
     * A name for each window of the files that may have rows of it, with their deletes, and of what the table's columns are.
     */
    public Map<String, String> names(Set<String> windows)
    {
        List<Place> sorted = places.stream()
                .sorted(Comparator.comparing((Place place) -> place.time().file().path()).thenComparing(place -> place.time().file().deletes()))
                .collect(toImmutableList());
        ImmutableMap.Builder<String, String> names = ImmutableMap.builder();
        for (String window : windows) {
            Windows wanted = new Windows(Set.of(window));
            Hasher hasher = Hashing.sha256().newHasher();
            put(hasher, String.valueOf(table.uuid()));
            // a column that is dropped and added again is another one, in the same files
            put(hasher, String.valueOf(table.schema().schemaId()));
            sorted.stream().filter(place -> mayHave(place, wanted)).forEach(place -> {
                put(hasher, place.time().file().path());
                put(hasher, place.time().file().deletes());
            });
            names.put(window, hasher.hash().toString());
        }
        return names.buildOrThrow();
    }

    private static void put(Hasher hasher, String text)
    {
        hasher.putInt(text.length()).putString(text, UTF_8);
    }

    private boolean mayHave(Place place, Windows wanted)
    {
        if (column.isEmpty()) {
            return wanted.whole;
        }
        return (wanted.withoutDay && place.mayHaveNull()) || place.days().filter(wanted::meets).isPresent();
    }

    /**
     * The rows of a file by window; empty where only reading the file tells.
     */
    private Optional<Map<String, Long>> told(Place place, Windows wanted)
    {
        OptionalLong left = place.time().rows();
        if (left.isEmpty()) {
            return Optional.empty();
        }
        if (column.isEmpty()) {
            return Optional.of(Map.of(WindowResult.WHOLE_TABLE, left.orElseThrow()));
        }
        if (place.days().isEmpty()) {
            return Optional.of(Map.of(WindowResult.NULL_WINDOW, left.orElseThrow()));
        }
        Days days = place.days().orElseThrow();
        if (place.time().nulls().isEmpty() || (!place.isOneDay() && wanted.meets(days))) {
            return Optional.empty();
        }
        long nulls = place.time().nulls().orElseThrow();
        if (nulls > 0 && place.time().file().hasDeletes()) {
            // nobody tells which of them are deleted
            return Optional.empty();
        }
        if (!place.isOneDay()) {
            return Optional.of(Map.of(WindowResult.NULL_WINDOW, nulls));
        }
        return Optional.of(Map.of(LocalDate.ofEpochDay(days.least()).toString(), left.orElseThrow() - nulls, WindowResult.NULL_WINDOW, nulls));
    }

    private static final class Windows
    {
        private final NavigableSet<Long> days = new TreeSet<>();
        private final boolean withoutDay;
        private final boolean whole;

        private Windows(Set<String> windows)
        {
            withoutDay = windows.contains(WindowResult.NULL_WINDOW);
            whole = windows.contains(WindowResult.WHOLE_TABLE);
            windows.stream()
                    .filter(window -> !window.equals(WindowResult.NULL_WINDOW) && !window.equals(WindowResult.WHOLE_TABLE))
                    .forEach(window -> days.add(LocalDate.parse(window).toEpochDay()));
        }

        private boolean meets(Days other)
        {
            Long next = days.ceiling(other.least());
            return next != null && next <= other.greatest();
        }
    }
}
