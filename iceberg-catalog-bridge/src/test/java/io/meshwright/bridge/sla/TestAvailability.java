package io.meshwright.bridge.sla;

import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.bridge.usage.UsageCoverage;
import io.meshwright.model.sla.SlaMeasurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

final class TestAvailability
{
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final UsageCoverage COMPLETE = new UsageCoverage(NOW.minus(Duration.ofDays(30)), NOW, Optional.of(NOW), List.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "finished  |                             |                        | 1 of 1",
            // engine and storage
            "failed    | GENERIC_INTERNAL_ERROR      | INTERNAL_ERROR         | 0 of 1",
            "failed    | ICEBERG_CANNOT_OPEN_SPLIT   | EXTERNAL               | 0 of 1",
            "failed    | CLUSTER_OUT_OF_MEMORY       | INSUFFICIENT_RESOURCES | 0 of 1",
            "failed    | NO_NODES_AVAILABLE          | INSUFFICIENT_RESOURCES | 0 of 1",
            // the reader
            "failed    | DIVISION_BY_ZERO            | USER_ERROR             | 0 of 0",
            "failed    | EXCEEDED_LOCAL_MEMORY_LIMIT | INSUFFICIENT_RESOURCES | 0 of 0",
            "failed    | EXCEEDED_TIME_LIMIT         | INSUFFICIENT_RESOURCES | 0 of 0",
            "denied    | PERMISSION_DENIED           | USER_ERROR             | 0 of 0",
            "cancelled | USER_CANCELED               | USER_ERROR             | 0 of 0",
            // recorded by an earlier version
            "failed    | GENERIC_INTERNAL_ERROR      |                        | 0 of 0",
    })
    void testWhatIsAFailedRead(String outcome, String errorCode, String errorType, String expected)
    {
        Availability availability = new Availability();
        availability.add(read("dbt", outcome, Optional.ofNullable(errorCode), Optional.ofNullable(errorType)));
        availability.add(probe(ProbeRow.SUCCEEDED));
        assertThat(availability.measurement(COMPLETE, NOW).source()).contains(expected + " reads and 1 of 1 probes within 30 days");
    }

    @Test
    void testTheShareIsOfReadsAndProbes()
    {
        Availability availability = new Availability();
        for (int number = 0; number < 197; number++) {
            availability.add(read("dbt", "finished", Optional.empty(), Optional.empty()));
        }
        availability.add(read("dbt", "failed", Optional.of("ICEBERG_FILESYSTEM_ERROR"), Optional.of("EXTERNAL")));
        availability.add(probe(ProbeRow.SUCCEEDED));
        availability.add(probe(ProbeRow.FAILED));
        availability.add(probe(ProbeRow.UNDECIDED));
        SlaMeasurement measurement = availability.measurement(COMPLETE, NOW);
        assertThat(measurement.figure()).contains(new BigDecimal("0.99"));
        assertThat(measurement.source()).contains("197 of 198 reads and 1 of 2 probes within 30 days");

        UsageCoverage gaps = UsageCoverage.of(List.of(), NOW.minus(Duration.ofDays(30)), NOW);
        assertThat(availability.measurement(gaps, NOW).source()).contains("197 of 198 reads and 1 of 2 probes within 30 days; the record of reads has gaps");
    }

    @Test
    void testAProbeIsNotCountedTwice()
    {
        Availability availability = new Availability();
        availability.add(read(ProbeRow.SOURCE, "failed", Optional.of("GENERIC_INTERNAL_ERROR"), Optional.of("INTERNAL_ERROR")));
        availability.add(probe(ProbeRow.FAILED));
        assertThat(availability.measurement(COMPLETE, NOW).source()).contains("0 of 0 reads and 0 of 1 probes within 30 days");
        assertThat(availability.measurement(COMPLETE, NOW).figure()).contains(BigDecimal.ZERO);
    }

    @Test
    void testNeitherReadNorProbeIsUnknown()
    {
        Availability availability = new Availability();
        availability.add(read("dbt", "denied", Optional.of("PERMISSION_DENIED"), Optional.of("USER_ERROR")));
        availability.add(probe(ProbeRow.UNDECIDED));
        SlaMeasurement measurement = availability.measurement(COMPLETE, NOW);
        assertThat(measurement.figure()).isEmpty();
        assertThat(measurement.reason()).contains("no read and no probe within 30 days");
    }

    private static ProbeRow probe(String outcome)
    {
        return new ProbeRow("p", "orders.order-events", "probe", outcome, Optional.empty(), new BigDecimal("0.100"), NOW, NOW);
    }

    private static ReadRow read(String source, String outcome, Optional<String> errorCode, Optional<String> errorType)
    {
        return new ReadRow(
                "q/1",
                "batch",
                "node",
                "q",
                "orders.order-events",
                Optional.of("table"),
                OptionalInt.of(1),
                Optional.empty(),
                Optional.empty(),
                "ann",
                Optional.empty(),
                List.of(),
                Optional.of(source),
                List.of(),
                Optional.empty(),
                List.of(),
                "SELECT",
                List.of(),
                List.of(),
                List.of(),
                outcome,
                errorCode,
                errorType,
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                new BigDecimal("0.500"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW,
                NOW);
    }
}
