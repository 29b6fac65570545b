package io.meshwright.trino.benchmark;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

class TestRatioEstimate
{
    @Test
    void testStudentQuantile()
    {
        assertThat(RatioEstimate.studentQuantile(4)).isCloseTo(2.7764, offset(0.01));
        assertThat(RatioEstimate.studentQuantile(14)).isCloseTo(2.1448, offset(0.0001));
        assertThat(RatioEstimate.studentQuantile(100)).isCloseTo(1.9840, offset(0.0001));
    }

    @Test
    void testInterval()
    {
        RatioEstimate estimate = RatioEstimate.ofRatios(List.of(0.5, 2.0, 1.0));
        assertThat(estimate.mean()).isCloseTo(1, offset(1e-9));
        // logarithms -ln 2, ln 2, 0: deviation ln 2, quantile 4.30 at two degrees of freedom, by the expansion 4.24
        assertThat(estimate.low()).isCloseTo(Math.exp(-4.24 * Math.log(2) / Math.sqrt(3)), offset(0.01));
        assertThat(estimate.high()).isCloseTo(1 / estimate.low(), offset(1e-9));
        assertThat(RatioEstimate.ofRatios(List.of(1.5, 1.5)).toString()).isEqualTo("1.50 (1.50-1.50)");
    }

    @Test
    void testOneRun()
    {
        assertThatThrownBy(() -> RatioEstimate.ofRatios(List.of(1.0))).hasMessage("An interval needs two runs at least");
    }
}
