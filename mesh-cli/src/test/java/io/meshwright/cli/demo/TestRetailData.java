package io.meshwright.cli.demo;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

public class TestRetailData
{
    private static final Instant NOW = Instant.parse("2026-11-21T10:20:30.123Z");

    @Test
    public void testMillionOrders()
    {
        RetailData data = RetailData.of(BigDecimal.ONE, NOW);

        assertThat(data.today()).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(data.start()).isEqualTo(Instant.parse("2026-10-16T22:00:00Z"));
        assertThat(data.orders()).isEqualTo(1_022_810);
        assertThat(data.customers()).isEqualTo(50_000);
        assertThat(data.variables())
                .containsEntry("start_micros", "1792188000000000")
                .containsEntry("step_micros", "3000000")
                .containsEntry("today", "2026-11-21");
    }

    @Test
    public void testBusinessDays()
    {
        assertThat(RetailData.of(BigDecimal.ONE, NOW).legacyOrders())
                .hasSize(36)
                .containsEntry(LocalDate.of(2026, 10, 17), 28_800L)
                // clocks go back: the day has an hour more
                .containsEntry(LocalDate.of(2026, 10, 25), 30_000L)
                .containsEntry(LocalDate.of(2026, 11, 20), 28_800L)
                .containsEntry(LocalDate.of(2026, 11, 21), 13_610L);
    }

    @Test
    public void testPlantedDifferences()
    {
        RetailData data = RetailData.of(BigDecimal.ONE, NOW);

        assertThat(data.plantedDifferences()).containsExactlyInAnyOrderEntriesOf(Map.of(
                LocalDate.of(2026, 11, 14), 20L,
                LocalDate.of(2026, 11, 18), -288L,
                LocalDate.of(2026, 11, 20), -20L));
        assertThat(data.duplicateOrders()).isEqualTo(20);
        assertThat(data.missingOrders()).isEqualTo(308);
        assertThat(data.changedOrders()).isEqualTo(20);
        assertThat(data.productOrders()).isEqualTo(1_022_810 - 288);
    }

    @Test
    public void testDayThatIsOverBelongsToTodayUntilItHasSettled()
    {
        // midnight in Berlin is at 23:00
        assertThat(RetailData.of(BigDecimal.ONE, Instant.parse("2026-11-21T22:59:00Z")).today()).isEqualTo(LocalDate.of(2026, 11, 21));
        RetailData settling = RetailData.of(BigDecimal.ONE, Instant.parse("2026-11-22T00:59:00Z"));
        assertThat(settling.today()).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(settling.plantedDifferences().lastKey()).isEqualTo(LocalDate.of(2026, 11, 20));
        assertThat(settling.legacyOrders().lastKey()).as("orders go on").isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(RetailData.of(BigDecimal.ONE, Instant.parse("2026-11-22T01:00:00Z")).today()).isEqualTo(LocalDate.of(2026, 11, 22));
    }

    @Test
    public void testOnlyTheLostPartitionBreaksTheServiceLevelAtAnyScale()
    {
        for (String scale : new String[] {"0.05", "0.1", "0.37", "1"}) {
            RetailData data = RetailData.of(new BigDecimal(scale), NOW);
            Map<LocalDate, Long> legacy = data.legacyOrders();
            data.plantedDifferences().forEach((day, difference) -> {
                double completeness = 1 - Math.abs(difference) / (double) legacy.get(day);
                assertThat(completeness < 0.999).as("%s at scale %s: %s", day, scale, completeness).isEqualTo(day.equals(data.today().minusDays(3)));
            });
            assertThat(data.plantedDifferences()).as(scale).hasSize(3);
            assertThat(data.changedOrders()).as(scale).isPositive();
            assertThat(data.changedOrders() / (double) legacy.get(data.today().minusDays(12))).as(scale).isLessThan(0.001);
        }
    }

    @Test
    public void testScaleOutOfRange()
    {
        assertThatThrownBy(() -> RetailData.of(new BigDecimal("0.04"), NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Scale is out of range: 0.04");
        assertThatThrownBy(() -> RetailData.of(new BigDecimal("100.1"), NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Scale is out of range: 100.1");
    }
}
