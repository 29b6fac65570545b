package io.meshwright.trino.benchmark;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * @param scale of TPC-H; 1 has six million line items
 * @param rows of the table of visits
 * @param queries parts of the names of the queries to run, all if empty
 */
record BenchmarkOptions(double scale, int rows, int warmUps, int runs, List<String> queries)
{
    private static final String USAGE = "Options: --scale N --rows N --warm-ups N --runs N --query PART-OF-NAME";

    BenchmarkOptions
    {
        checkArgument(scale > 0, "--scale is not positive");
        checkArgument(rows >= 1000, "--rows is less than 1000");
        checkArgument(warmUps >= 0, "--warm-ups is negative");
        checkArgument(runs > 1, "--runs is less than 2");
        queries = ImmutableList.copyOf(queries);
    }

    static BenchmarkOptions parse(String[] arguments)
    {
        double scale = 0.35;
        int rows = 2_000_000;
        int warmUps = 5;
        int runs = 15;
        ImmutableList.Builder<String> queries = ImmutableList.builder();
        checkArgument(arguments.length % 2 == 0, USAGE);
        for (int index = 0; index < arguments.length; index += 2) {
            String value = arguments[index + 1];
            switch (arguments[index]) {
                case "--scale" -> scale = Double.parseDouble(value);
                case "--rows" -> rows = Integer.parseInt(value);
                case "--warm-ups" -> warmUps = Integer.parseInt(value);
                case "--runs" -> runs = Integer.parseInt(value);
                case "--query" -> queries.add(value);
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        return new BenchmarkOptions(scale, rows, warmUps, runs, queries.build());
    }

    boolean includes(BenchmarkQuery query)
    {
        return queries.isEmpty() || queries.stream().anyMatch(query.name()::contains);
    }
}
