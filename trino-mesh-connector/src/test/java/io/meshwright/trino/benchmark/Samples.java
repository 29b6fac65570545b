package io.meshwright.trino.benchmark;

import com.google.common.collect.Table;
import com.google.common.collect.TreeBasedTable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * CPU times of one suite of queries, one for each query, reader and run.
 */
final class Samples
{
    private final Table<String, String, List<Long>> nanos = TreeBasedTable.create();

    void add(BenchmarkQuery query, Reader reader, long cpuNanos)
    {
        List<Long> runs = nanos.get(query.name(), reader.name());
        if (runs == null) {
            runs = new ArrayList<>();
            nanos.put(query.name(), reader.name(), runs);
        }
        runs.add(cpuNanos);
    }

    /**
     * In milliseconds.
     */
    double median(BenchmarkQuery query, Reader reader)
    {
        List<Long> sorted = nanos.get(query.name(), reader.name()).stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2e6;
    }

    RatioEstimate ratio(BenchmarkQuery query, Reader reader, Reader base)
    {
        return RatioEstimate.ofLogarithms(logarithms(query, reader, base));
    }

    /**
     * The geometric mean over the queries; its interval comes from the runs.
     */
    RatioEstimate ratio(List<BenchmarkQuery> queries, Reader reader, Reader base)
    {
        List<List<Double>> logarithms = queries.stream()
                .map(query -> logarithms(query, reader, base))
                .collect(toImmutableList());
        return RatioEstimate.ofLogarithms(IntStream.range(0, logarithms.getFirst().size())
                .mapToObj(run -> logarithms.stream().mapToDouble(query -> query.get(run)).average().orElseThrow())
                .collect(toImmutableList()));
    }

    private List<Double> logarithms(BenchmarkQuery query, Reader reader, Reader base)
    {
        List<Long> runs = nanos.get(query.name(), reader.name());
        List<Long> baseRuns = nanos.get(query.name(), base.name());
        return IntStream.range(0, runs.size())
                .mapToObj(run -> Math.log((double) runs.get(run) / baseRuns.get(run)))
                .collect(toImmutableList());
    }
}
