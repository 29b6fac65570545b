package io.meshwright.model.mask;

import io.meshwright.model.check.CheckMetric;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.DataContractParser;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static org.assertj.core.api.Assertions.assertThat;

class TestShownFigures
{
    private static final ContractModel MODEL = DataContractParser.parse(
            "contract.yaml",
            """
            dataContractSpecification: 1.2.1
            id: visits
            info: {title: Visits, version: 1.0.0}
            models:
              visits:
                type: table
                fields:
                  paid: {type: long}
                  seen: {type: timestamp}
                  loaded: {type: timestamp}
                  person: {type: struct, fields: {born: {type: timestamp}, floor: {type: integer}}}
            """).value().orElseThrow().models().get(0);
    private static final List<CheckMetric> VALUES = List.of(
            CheckMetric.MIN,
            CheckMetric.MAX,
            CheckMetric.MEAN,
            CheckMetric.SUM,
            CheckMetric.STDDEV,
            CheckMetric.PERCENTILE,
            CheckMetric.RETENTION,
            CheckMetric.FREQUENCY,
            CheckMetric.FRESHNESS);

    private final ShownFigures masked = masking("seen", "person.born");
    private final ShownFigures clear = masking();

    @Test
    void testValuesOfMaskedColumns()
    {
        for (CheckMetric metric : VALUES) {
            for (String field : List.of("seen", "person.born", "person", "seen.element", "gone")) {
                assertThat(masked.ofCheck(metric.label(), Optional.of(field))).as("%s of %s", metric, field).isFalse();
            }
            for (String field : List.of("paid", "loaded", "person.floor")) {
                assertThat(masked.ofCheck(metric.label(), Optional.of(field))).as("%s of %s", metric, field).isTrue();
            }
            assertThat(clear.ofCheck(metric.label(), Optional.of("seen"))).as("%s without masks", metric).isTrue();
        }
    }

    @Test
    void testWhatOtherColumnsMayBeIn()
    {
        for (CheckMetric metric : List.of(CheckMetric.SQL, CheckMetric.LATENCY)) {
            assertThat(masked.ofCheck(metric.label(), Optional.of("paid"))).as("%s", metric).isFalse();
            assertThat(masked.ofCheck(metric.label(), Optional.empty())).as("%s", metric).isFalse();
            assertThat(clear.ofCheck(metric.label(), Optional.empty())).as("%s", metric).isTrue();
        }
        assertThat(masked.ofCheck("of a later version", Optional.empty())).isFalse();
    }

    @Test
    void testEveryMetricIsKnownToCountOrIsHidden()
    {
        assertThat(Stream.of(CheckMetric.values()).filter(metric -> masked.ofCheck(metric.label(), Optional.of("seen")))).containsExactlyInAnyOrder(
                CheckMetric.SCHEMA,
                CheckMetric.NULL_VALUES,
                CheckMetric.MISSING_VALUES,
                CheckMetric.INVALID_VALUES,
                CheckMetric.DUPLICATE_VALUES,
                CheckMetric.ROW_COUNT,
                CheckMetric.COMPLETENESS,
                CheckMetric.DISTINCT_COUNT,
                CheckMetric.REFERENCES,
                CheckMetric.ANOMALY,
                CheckMetric.SOURCE_ROWS);
    }

    @Test
    void testObjectives()
    {
        for (String ratio : List.of("completeness", "availability", "accuracy")) {
            assertThat(masked.ofObjective(ratio, Optional.empty())).as(ratio).isTrue();
        }
        assertThat(masked.ofObjective("freshness", Optional.of("seen (declared)"))).isFalse();
        assertThat(masked.ofObjective("freshness", Optional.of("person.born (declared)"))).isFalse();
        assertThat(masked.ofObjective("freshness", Optional.of("dropped (declared)"))).as("a column of an earlier contract").isFalse();
        assertThat(masked.ofObjective("freshness", Optional.empty())).isFalse();
        assertThat(masked.ofObjective("freshness", Optional.of("loaded (declared)"))).isTrue();
        assertThat(masked.ofObjective("freshness", Optional.of("last data-changing commit"))).isTrue();
        assertThat(masked.ofObjective("latency", Optional.of("contract test run, check latency"))).isFalse();
        assertThat(clear.ofObjective("latency", Optional.of("contract test run, check latency"))).isTrue();
    }

    @Test
    void testUnknownColumns()
    {
        ShownFigures unknown = ShownFigures.OF_UNKNOWN_COLUMNS;
        assertThat(unknown.ofCheck("max", Optional.of("paid"))).isFalse();
        assertThat(unknown.ofCheck("freshness", Optional.empty())).as("by the last commit").isTrue();
        assertThat(unknown.ofCheck("nullValues", Optional.of("paid"))).isTrue();
        assertThat(unknown.ofObjective("freshness", Optional.of("loaded (declared)"))).isFalse();
        assertThat(unknown.ofObjective("freshness", Optional.of("last data-changing commit"))).isTrue();
    }

    private static ShownFigures masking(String... paths)
    {
        return ShownFigures.of(MODEL, new MaskPlan(Stream.of(paths).collect(toImmutableMap(path -> path, path -> new ColumnMask(path, MaskKind.NULL, path)))));
    }
}
