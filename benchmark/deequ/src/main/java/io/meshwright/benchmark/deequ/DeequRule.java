package io.meshwright.benchmark.deequ;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.Completeness;
import com.amazon.deequ.analyzers.Compliance;
import com.amazon.deequ.analyzers.PatternMatch;
import com.amazon.deequ.analyzers.Size;
import com.amazon.deequ.analyzers.Uniqueness;
import com.amazon.deequ.metrics.Metric;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.immutable.List$;
import scala.util.matching.Regex;

import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * A rule of the benchmark as Deequ has it: an analyzer, and what its figure has to be.
 *
 * @param name of the check that it stands beside
 */
record DeequRule(String name, Analyzer<?, Metric<?>> analyzer, DoublePredicate holds)
{
    /**
     * @param line name, kind, column and argument, with tabs between them
     */
    static DeequRule parse(String line)
    {
        String[] parts = line.split("\t", -1);
        String name = parts[0];
        String column = parts[2];
        String argument = parts[3];
        return switch (parts[1]) {
            case "size" -> rule(name, new Size(Option.empty()), size -> size > Double.parseDouble(argument));
            case "complete" -> rule(name, new Completeness(column, Option.empty(), Option.empty()), DeequRule::isWhole);
            case "pattern" -> rule(name, new PatternMatch(column, new Regex(argument, List$.MODULE$.empty()), Option.empty(), Option.empty()), DeequRule::isWhole);
            case "compliance" -> rule(name, new Compliance(name, argument, Option.empty(), List$.MODULE$.empty(), Option.empty()), DeequRule::isWhole);
            case "unique" -> rule(name, new Uniqueness(JavaConverters.asScalaBuffer(Arrays.asList(column.split(","))).toSeq(), Option.empty(), Option.empty()), DeequRule::isWhole);
            default -> throw new IllegalArgumentException("Unknown rule: " + line);
        };
    }

    private static boolean isWhole(double share)
    {
        return share == 1;
    }

    @SuppressWarnings("unchecked")
    private static DeequRule rule(String name, Analyzer<?, ?> analyzer, DoublePredicate holds)
    {
        return new DeequRule(name, (Analyzer<?, Metric<?>>) analyzer, holds);
    }
}
