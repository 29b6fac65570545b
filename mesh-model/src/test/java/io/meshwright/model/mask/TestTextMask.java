package io.meshwright.model.mask;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TestTextMask
{
    @Test
    void testPartialShowsAtMostAQuarter()
    {
        assertThat(TextMask.partial("")).isEmpty();
        assertThat(TextMask.partial("abc")).isEqualTo("***");
        assertThat(TextMask.partial("abcd")).isEqualTo("***d");
        assertThat(TextMask.partial("4111111111111234")).isEqualTo("************1234");
        assertThat(TextMask.partial("a".repeat(100))).isEqualTo("*".repeat(96) + "aaaa");
    }

    @Test
    void testPartialCountsCodePoints()
    {
        assertThat(TextMask.partial("😀😁😂😃")).isEqualTo("***😃");
    }
}
