package io.meshwright.bridge.result;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What all contract tests found, put together for each port while the rows go by, whose number does not matter. Rows come in any order. Not thread-safe.
 */
public final class QualityHistory
{
    private final Instant from;
    private final int points;
    private final Map<String, Map<String, PortHistory>> products = new TreeMap<>();

    /**
     * @param from the begin of the time that figures over time are about; the last test counts also when it is older
     * @param points how many of a check's last results are kept
     */
    public QualityHistory(Instant from, int points)
    {
        this.from = requireNonNull(from, "from is null");
        this.points = points;
    }

    /**
     * @param counted the rows that count
     */
    public static QualityHistory read(ResultTables results, Instant from, int points, Predicate<CheckRow> counted)
    {
        QualityHistory history = new QualityHistory(from, points);
        results.forEachCheck(row -> {
            if (counted.test(row)) {
                history.add(row);
            }
        });
        return history;
    }

    public void add(CheckRow row)
    {
        products.computeIfAbsent(row.product(), unused -> new TreeMap<>())
                .computeIfAbsent(row.port(), unused -> new PortHistory(from, points))
                .add(row);
    }

    /**
     * The tested ports of a product; none where it was never tested.
     */
    public List<PortQuality> of(String product)
    {
        return products.getOrDefault(product, Map.of()).values().stream().map(PortHistory::quality).collect(toImmutableList());
    }
}
