package io.meshwright.cli.report;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads the text format of OpenMetrics 1.0 strictly, as far as gauges go.
 */
record OpenMetricsText(Map<String, String> units, Map<String, Map<Map<String, String>, Double>> families)
{
    private static final Pattern METADATA = Pattern.compile("# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\"\\\\n])*)\"(,|$)");

    static OpenMetricsText parse(String text)
    {
        assertThat(text).as("the end mark").endsWith("# EOF\n");
        Map<String, String> types = new HashMap<>();
        Map<String, String> units = new HashMap<>();
        Map<String, Map<Map<String, String>, Double>> families = new LinkedHashMap<>();
        Set<String> closed = new LinkedHashSet<>();
        String open = "";
        List<String> lines = text.lines().toList();
        for (String line : lines.subList(0, lines.size() - 1)) {
            Matcher metadata = METADATA.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (metadata.matches()) {
                String name = metadata.group(2);
                assertThat(families).as("metadata stand before the samples").doesNotContainKey(name);
                switch (metadata.group(1)) {
                    case "TYPE" -> assertThat(types.put(name, metadata.group(3))).as("one type of %s", name).isNull();
                    case "UNIT" -> assertThat(units.put(name, metadata.group(3))).as("one unit of %s", name).isNull();
                    default -> assertThat(metadata.group(3)).as("help of %s", name).doesNotContain("\\");
                }
            }
            else {
                assertThat(sample.matches()).as("line: %s", line).isTrue();
                String name = sample.group(1);
                if (!name.equals(open)) {
                    assertThat(closed.add(name)).as("samples of %s stand together", name).isTrue();
                    open = name;
                }
                assertThat(families.computeIfAbsent(name, _ -> new LinkedHashMap<>()).put(labels(sample.group(2)), Double.parseDouble(sample.group(3)))).as("one sample for labels: %s", line).isNull();
            }
        }
        assertThat(types.keySet()).containsAll(families.keySet());
        assertThat(types.values()).as("readers of the Prometheus format know gauges").allMatch("gauge"::equals);
        units.forEach((name, unit) -> assertThat(name).as("the name ends with its unit").endsWith("_" + unit));
        return new OpenMetricsText(units, families);
    }

    private static Map<String, String> labels(String text)
    {
        Map<String, String> labels = new HashMap<>();
        Matcher label = LABEL.matcher(text == null ? "" : text);
        int end = 0;
        while (end < label.regionEnd()) {
            assertThat(label.find(end) && label.start() == end).as("labels: %s", text).isTrue();
            labels.put(label.group(1), label.group(2).replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\"));
            end = label.end();
        }
        return labels;
    }
}
