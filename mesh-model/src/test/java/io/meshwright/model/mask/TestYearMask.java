package io.meshwright.model.mask;

import org.junit.jupiter.api.Test;

import java.time.LocalDate;

import static org.assertj.core.api.Assertions.assertThat;

class TestYearMask
{
    @Test
    void testFirstDayOfYear()
    {
        assertThat(YearMask.firstDayOfYear(LocalDate.of(1984, 12, 31).toEpochDay())).isEqualTo(LocalDate.of(1984, 1, 1).toEpochDay());
        assertThat(YearMask.firstDayOfYear(LocalDate.of(1970, 1, 1).toEpochDay())).isEqualTo(0);
        assertThat(YearMask.firstDayOfYear(-1)).isEqualTo(LocalDate.of(1969, 1, 1).toEpochDay());
    }
}
