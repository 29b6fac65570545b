package io.meshwright.trino;

import io.meshwright.leak.LeakSuite;
import io.meshwright.leak.Outcome;
import io.meshwright.leak.Probe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

import static io.meshwright.leak.Outcome.Verdict.HELD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * The whole leak suite against the connector in this process.
 */
@TestInstance(PER_CLASS)
class TestLeakSuite
{
    private LeakPlace place;

    @BeforeAll
    void setUp()
            throws Exception
    {
        place = new LeakPlace();
    }

    @AfterAll
    void tearDown()
            throws Exception
    {
        place.close();
    }

    static List<Probe> probes()
    {
        return LeakSuite.all();
    }

    @ParameterizedTest
    @MethodSource("probes")
    void testHolds(Probe probe)
    {
        Outcome outcome = probe.run(place.target("mesh"));
        assertThat(outcome.verdict()).as(outcome.what()).isEqualTo(HELD);
    }
}
