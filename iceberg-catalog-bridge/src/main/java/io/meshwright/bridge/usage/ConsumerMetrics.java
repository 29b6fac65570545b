package io.meshwright.bridge.usage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * Who uses a product, and what of it.
 *
 * @param queries all of them, whatever became of them
 * @param users the busiest first
 * @param columns the most used first, of finished queries
 * @param sources the programs that sent queries, as they call themselves, the busiest first
 */
public record ConsumerMetrics(long queries, Map<String, Long> outcomes, List<User> users, List<Column> columns, List<Source> sources)
{
    /**
     * @param clear queries that showed personal columns in clear
     */
    public record User(String name, Set<String> groups, long queries, long finished, long clear, Instant lastRead) {}

    public record Column(String name, long queries, long users, Instant lastRead) {}

    public record Source(String name, long queries) {}

    public ConsumerMetrics
    {
        requireNonNull(outcomes, "outcomes is null");
        users = ImmutableList.copyOf(users);
        columns = ImmutableList.copyOf(columns);
        sources = ImmutableList.copyOf(sources);
    }

    /**
     * @param reads of one product
     */
    public static ConsumerMetrics of(List<ReadRow> reads)
    {
        Map<String, Long> outcomes = new TreeMap<>();
        group(reads, row -> ImmutableList.of(row.outcome())).forEach((outcome, rows) -> outcomes.put(outcome, queries(rows)));
        List<ReadRow> finished = reads.stream().filter(row -> row.outcome().equals("finished")).collect(toImmutableList());
        return new ConsumerMetrics(
                queries(reads),
                outcomes,
                group(reads, row -> ImmutableList.of(row.userName())).entrySet().stream()
                        .map(user -> user(user.getKey(), user.getValue()))
                        .sorted(comparing(User::queries).reversed().thenComparing(User::name))
                        .collect(toImmutableList()),
                group(finished, ReadRow::columns).entrySet().stream()
                        .map(column -> column(column.getKey(), column.getValue()))
                        .sorted(comparing(Column::queries).reversed().thenComparing(Column::name))
                        .collect(toImmutableList()),
                group(reads, row -> row.source().map(ImmutableList::of).orElse(ImmutableList.of())).entrySet().stream()
                        .map(source -> new Source(source.getKey(), queries(source.getValue())))
                        .sorted(comparing(Source::queries).reversed().thenComparing(Source::name))
                        .collect(toImmutableList()));
    }

    private static User user(String name, List<ReadRow> rows)
    {
        return new User(
                name,
                rows.stream().max(comparing(ReadRow::endedAt)).map(row -> (Set<String>) ImmutableSet.copyOf(row.groups())).orElseThrow(),
                queries(rows),
                queries(rows.stream().filter(row -> row.outcome().equals("finished")).collect(toImmutableList())),
                queries(rows.stream().filter(row -> !row.clearPersonalColumns().isEmpty()).collect(toImmutableList())),
                last(rows));
    }

    private static Column column(String name, List<ReadRow> rows)
    {
        return new Column(name, queries(rows), rows.stream().map(ReadRow::userName).distinct().count(), last(rows));
    }

    private static Instant last(List<ReadRow> rows)
    {
        return rows.stream().map(ReadRow::endedAt).max(Instant::compareTo).orElseThrow();
    }

    private static long queries(List<ReadRow> rows)
    {
        return rows.stream().map(ReadRow::queryId).collect(toImmutableSet()).size();
    }

    private static Map<String, List<ReadRow>> group(List<ReadRow> rows, Function<ReadRow, List<String>> keys)
    {
        Map<String, List<ReadRow>> groups = new TreeMap<>();
        rows.forEach(row -> keys.apply(row).forEach(key -> groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(row)));
        return groups;
    }
}
