package io.meshwright.model.yaml;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class TestDidYouMean
{
    @ParameterizedTest
    @CsvSource({
            "outputPort, outputPorts",
            "output_ports, outputPorts",
            "OUTPUTPORTS, outputPorts",
            "icberg, iceberg",
            "icebreg, iceberg",
            "slas, sla",
            "sal, sla",
    })
    void testNearWord(String word, String expected)
    {
        assertThat(DidYouMean.suggest(word, List.of("outputPorts", "iceberg", "sla"))).contains(expected);
    }

    @Test
    void testFarWord()
    {
        assertThat(DidYouMean.suggest("banana", List.of("outputPorts", "iceberg", "sla"))).isEmpty();
        assertThat(DidYouMean.suggest("api", List.of("sla"))).isEmpty();
        assertThat(DidYouMean.suggest("x".repeat(500_000), List.of("sla"))).isEmpty();
    }

    @Test
    void testSynonym()
    {
        assertThat(DidYouMean.suggest("Objectives", List.of("sla"), Map.of("objectives", "sla"))).contains("sla");
        assertThat(DidYouMean.suggest("objectives", List.of("team"), Map.of("objectives", "sla"))).isEmpty();
    }
}
