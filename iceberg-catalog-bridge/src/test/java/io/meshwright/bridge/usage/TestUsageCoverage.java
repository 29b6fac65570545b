package io.meshwright.bridge.usage;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class TestUsageCoverage
{
    private static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");

    @Test
    void testNoHeartbeatIsNotKnownRatherThanNothingRead()
    {
        UsageCoverage coverage = UsageCoverage.of(List.of(), at(0), at(60));
        assertThat(coverage.isComplete()).isFalse();
        assertThat(coverage.completeTo()).isEmpty();
        assertThat(gaps(coverage)).containsExactly("- 0..60 lost 0: no event listener has ever reported");
    }

    @Test
    void testHeartbeatsWithoutGap()
    {
        List<HeartbeatRow> heartbeats = List.of(beat("a", 10, 20), beat("a", 0, 10), beat("a", 20, 30));
        UsageCoverage coverage = UsageCoverage.of(heartbeats, at(5), at(35));
        assertThat(coverage.gaps()).isEmpty();
        assertThat(coverage.completeTo()).contains(at(30));

        assertThat(gaps(UsageCoverage.of(heartbeats, at(5), at(60)))).containsExactly("a 30..60 lost 0: no heartbeat since");
        assertThat(gaps(UsageCoverage.of(heartbeats, at(-60), at(30)))).containsExactly("- -60..0 lost 0: before the first event listener");
    }

    @Test
    void testAServerThatWasKilled()
    {
        UsageCoverage coverage = UsageCoverage.of(List.of(beat("a", 0, 10), beat("a", 14, 20)), at(5), at(20));
        assertThat(gaps(coverage)).containsExactly("a 10..14 lost 0: the server ended without a last heartbeat");
        assertThat(UsageCoverage.of(List.of(beat("a", 0, 10), beat("a", 14, 20)), at(14), at(20)).isComplete()).isTrue();
    }

    @Test
    void testAServerThatWasShutDown()
    {
        List<HeartbeatRow> heartbeats = List.of(stopped("a", 0, 10), beat("a", 30, 40));
        assertThat(UsageCoverage.of(heartbeats, at(0), at(40)).gaps()).isEmpty();
        UsageCoverage ended = UsageCoverage.of(List.of(stopped("a", 0, 10)), at(0), at(100));
        assertThat(ended.gaps()).isEmpty();
        assertThat(ended.completeTo()).contains(at(100));
    }

    @Test
    void testEachServerWatchesForItself()
    {
        List<HeartbeatRow> heartbeats = ImmutableList.of(beat("a", 0, 10), beat("a", 10, 20), beat("b", 5, 10), beat("b", 13, 20));
        UsageCoverage coverage = UsageCoverage.of(heartbeats, at(0), at(20));
        assertThat(gaps(coverage)).containsExactly("b 10..13 lost 0: the server ended without a last heartbeat");
    }

    @Test
    void testLostQueries()
    {
        HeartbeatRow lossy = new HeartbeatRow("x", "a", "s", at(10), at(20), at(30), 100, 90, 7, false, Optional.of("the disk was full"));
        UsageCoverage coverage = UsageCoverage.of(List.of(beat("a", 0, 10), lossy), at(0), at(20));
        assertThat(gaps(coverage)).containsExactly("a 10..20 lost 7: the disk was full");
    }

    private static List<String> gaps(UsageCoverage coverage)
    {
        return coverage.gaps().stream()
                .map(gap -> "%s %s..%s lost %s: %s".formatted(gap.node().orElse("-"), minute(gap.from()), minute(gap.to()), gap.lost(), gap.reason()))
                .toList();
    }

    private static long minute(Instant instant)
    {
        return java.time.Duration.between(NINE, instant).toMinutes();
    }

    private static Instant at(int minute)
    {
        return NINE.plusSeconds(60L * minute);
    }

    private static HeartbeatRow beat(String node, int from, int to)
    {
        return new HeartbeatRow("x", node, "s", at(from), at(to), at(to + 10), 1, 1, 0, false, Optional.empty());
    }

    private static HeartbeatRow stopped(String node, int from, int to)
    {
        return new HeartbeatRow("x", node, "s", at(from), at(to), at(to + 10), 1, 1, 0, true, Optional.empty());
    }
}
