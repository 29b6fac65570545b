package io.meshwright.spark.benchmark;

import static java.util.Objects.requireNonNull;

/**
 * A rule of a contract, and what stands for it elsewhere.
 *
 * @param check its name in our reports
 * @param deequ kind, column and argument, with tabs between them; or {@link #NO_PEER}
 * @param naive aggregate, or a query with {@code %s} for the table, that gives our figure: how many rows (of keys: how many keys) break the rule
 */
record BenchmarkRule(String check, String deequ, String naive)
{
    /**
     * Deequ's greatest and least values keep Spark from compiling the whole scan (awslabs/deequ#592), so it is spared a rule that needs one.
     */
    static final String NO_PEER = "";

    BenchmarkRule
    {
        requireNonNull(check, "check is null");
        requireNonNull(deequ, "deequ is null");
        requireNonNull(naive, "naive is null");
    }

    static BenchmarkRule violations(String check, String deequ, String condition)
    {
        return new BenchmarkRule(check, deequ, "count_if(" + condition + ")");
    }

    boolean hasPeer()
    {
        return !deequ.equals(NO_PEER);
    }

    boolean isQuery()
    {
        return naive.startsWith("SELECT ");
    }
}
