package io.meshwright.spark.benchmark;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * @param yaml a contract as its owner writes it
 * @param rules what it promises
 */
record BenchmarkContract(String yaml, List<BenchmarkRule> rules)
{
    BenchmarkContract
    {
        requireNonNull(yaml, "yaml is null");
        rules = ImmutableList.copyOf(rules);
    }
}
