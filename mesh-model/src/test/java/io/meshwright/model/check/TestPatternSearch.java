package io.meshwright.model.check;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(20)
final class TestPatternSearch
{
    @Test
    void testIsASearch()
    {
        assertThat(PatternSearch.found("ORD-[0-9]+", "x ORD-12 y")).isTrue();
        assertThat(PatternSearch.found("^ORD-", "x ORD-12")).isFalse();
        assertThat(PatternSearch.found("^[^@\\s]+@[^@\\s]+$", "a".repeat(10_000) + "@b.example")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(.*,){25}x", "(a?){40}a{40}b", "(x|aa|a)*y"})
    void testGivesUp(String regex)
    {
        assertThat(PatternSearch.isAlwaysFast(regex)).isFalse();
        String text = "a,".repeat(40) + "a".repeat(5_000) + "!";
        assertThatThrownBy(() -> PatternSearch.found(regex, text))
                .isInstanceOf(PatternSearch.TooSlowException.class)
                .hasMessageStartingWith("The pattern " + regex + " takes too long on a value");
        assertThat(ValueRules.breaks(new ValueRule.Matches(regex), text)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"^[A-Z]{3}$", "^ORD-", "[0-9]{2,4}", "^(placed|cancelled)$", "colou?r"})
    void testWhatIsAlwaysFast(String regex)
    {
        assertThat(PatternSearch.isAlwaysFast(regex)).isTrue();
    }
}
