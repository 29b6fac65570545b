package io.meshwright.model.product;

import io.meshwright.model.product.PortVersions.Port;
import io.meshwright.model.product.PortVersions.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;

class TestPortVersions
{
    @Test
    void testNames()
    {
        List<Port> ports = List.of(
                new Port("topic", false, Optional.of("7.0.0")),
                new Port("curated", true, Optional.of("2.4.0")),
                new Port("again", true, Optional.of("2.0.0")),
                new Port("next", true, Optional.of("v3")),
                new Port("bare", true, Optional.empty()),
                new Port("odd", true, Optional.of("summer")));
        assertThat(PortVersions.of("order_events", ports)).containsExactly(
                new Version("curated", OptionalInt.of(2), true, Optional.of("order_events_v2")),
                new Version("again", OptionalInt.of(2), false, Optional.empty()),
                new Version("next", OptionalInt.of(3), false, Optional.of("order_events_v3")),
                new Version("bare", OptionalInt.empty(), false, Optional.empty()),
                new Version("odd", OptionalInt.empty(), false, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"1.0.0, 1", "v3, 3", "2, 2", "10.1-rc1, 10", "4-beta, 4"})
    void testMajor(String version, int major)
    {
        assertThat(PortVersions.major(version)).hasValue(major);
    }

    @ParameterizedTest
    @CsvSource({"summer", "1x", "''", "99999999999999999999"})
    void testNoMajor(String version)
    {
        assertThat(PortVersions.major(version)).isEmpty();
    }
}
