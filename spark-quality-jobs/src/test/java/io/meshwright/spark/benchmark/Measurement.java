package io.meshwright.spark.benchmark;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What a measured process wrote down.
 *
 * @param holds by rule whether it holds
 * @param facts by name what else is worth telling
 */
record Measurement(List<Run> runs, Map<String, Boolean> holds, Map<String, String> facts)
{
    /**
     * @param cpu seconds of the process on processors
     * @param wall seconds
     * @param bytes read by system calls of the process
     */
    record Run(double cpu, double wall, double bytes) {}

    Measurement
    {
        checkArgument(!runs.isEmpty(), "nothing was measured");
        runs = ImmutableList.copyOf(runs);
        holds = ImmutableMap.copyOf(holds);
        facts = ImmutableMap.copyOf(facts);
    }

    static Measurement read(Path file)
    {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Run> runs = new ArrayList<>();
        Map<String, Boolean> holds = new LinkedHashMap<>();
        Map<String, String> facts = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = line.split("\t");
            switch (parts[0]) {
                case "run" -> runs.add(new Run(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]), Double.parseDouble(parts[3])));
                case "verdict" -> holds.put(parts[1], Boolean.valueOf(parts[2]));
                default -> facts.put(parts[0], parts[1]);
            }
        }
        return new Measurement(runs, holds, facts);
    }

    double cpu()
    {
        return median(Run::cpu);
    }

    double wall()
    {
        return median(Run::wall);
    }

    double bytes()
    {
        return median(Run::bytes);
    }

    private double median(ToDoubleFunction<Run> figure)
    {
        List<Double> sorted = runs.stream().map(figure::applyAsDouble).sorted(Comparator.naturalOrder()).toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    Measurement with(String name, String fact)
    {
        Map<String, String> more = new LinkedHashMap<>(facts);
        more.put(name, fact);
        return new Measurement(runs, holds, more);
    }
}
