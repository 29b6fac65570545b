package io.meshwright.bridge.usage;

import com.google.common.collect.ImmutableList;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * A product's neighbour in the flow of data, with the last query that made it one.
 *
 * @param other address of a product, or {@code catalog.schema.table}
 * @param kind of the neighbour: {@code product}, {@code table} or {@code view}
 * @param queries that made this edge
 * @param columns as the last query had them
 */
public record LineageEdge(
        String other,
        String kind,
        long queries,
        List<LineageColumn> columns,
        String queryId,
        String userName,
        Optional<String> job,
        String statement,
        Optional<Boolean> leftResidency,
        Instant firstAt,
        Instant lastAt)
{
    public LineageEdge
    {
        requireNonNull(other, "other is null");
        requireNonNull(kind, "kind is null");
        columns = ImmutableList.copyOf(columns);
    }

    /**
     * Where the product's data comes from.
     */
    public static List<LineageEdge> upstream(String product, List<LineageRow> lineage)
    {
        return edges(lineage.stream().filter(row -> row.target().equals(product)).collect(toImmutableList()), LineageRow::source, LineageRow::sourceKind);
    }

    /**
     * What is made of the product's data.
     */
    public static List<LineageEdge> downstream(String product, List<LineageRow> lineage)
    {
        return edges(lineage.stream().filter(row -> row.source().equals(product)).collect(toImmutableList()), LineageRow::target, LineageRow::targetKind);
    }

    private static List<LineageEdge> edges(List<LineageRow> rows, Function<LineageRow, String> other, Function<LineageRow, String> kind)
    {
        Map<String, List<LineageRow>> byOther = new TreeMap<>();
        rows.forEach(row -> byOther.computeIfAbsent(other.apply(row), unused -> new ArrayList<>()).add(row));
        return byOther.entrySet().stream()
                .map(edge -> edge(edge.getKey(), edge.getValue(), kind))
                .sorted(comparing(LineageEdge::lastAt).reversed().thenComparing(LineageEdge::other))
                .collect(toImmutableList());
    }

    private static LineageEdge edge(String other, List<LineageRow> rows, Function<LineageRow, String> kind)
    {
        LineageRow last = rows.stream().max(comparing(LineageRow::occurredAt)).orElseThrow();
        return new LineageEdge(
                other,
                kind.apply(last),
                rows.stream().map(LineageRow::queryId).distinct().count(),
                last.columns(),
                last.queryId(),
                last.userName(),
                last.job(),
                last.statement(),
                last.leftResidency(),
                rows.stream().map(LineageRow::occurredAt).min(Instant::compareTo).orElseThrow(),
                last.occurredAt());
    }
}
