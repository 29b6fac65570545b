package io.meshwright.bridge.usage;

import com.google.common.collect.ImmutableList;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.Comparators.max;
import static com.google.common.collect.Comparators.min;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * Whether everything that was read in a time is recorded. Where no heartbeat is, nothing is known: that is a gap, and no proof that
 * nothing was read.
 *
 * @param completeTo until when the heartbeats reach; what ended later may still be on its way. Empty where none reaches into the time.
 */
public record UsageCoverage(Instant from, Instant to, Optional<Instant> completeTo, List<Gap> gaps)
{
    /**
     * @param node the listener that did not watch; empty where there was none
     * @param lost queries that are known to be missing
     */
    public record Gap(Optional<String> node, Instant from, Instant to, long lost, String reason)
    {
        public Gap
        {
            requireNonNull(node, "node is null");
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
            requireNonNull(reason, "reason is null");
        }
    }

    public UsageCoverage
    {
        checkArgument(!to.isBefore(from), "The time ends before it begins");
        requireNonNull(completeTo, "completeTo is null");
        gaps = ImmutableList.copyOf(gaps);
    }

    public boolean isComplete()
    {
        return gaps.isEmpty();
    }

    /**
     * @param heartbeats all that there are
     * @param to not after now
     */
    public static UsageCoverage of(List<HeartbeatRow> heartbeats, Instant from, Instant to)
    {
        if (heartbeats.isEmpty()) {
            return new UsageCoverage(from, to, Optional.empty(), List.of(new Gap(Optional.empty(), from, to, 0, "no event listener has ever reported")));
        }
        Map<String, List<HeartbeatRow>> byNode = new TreeMap<>();
        heartbeats.stream()
                .sorted(comparing(HeartbeatRow::coversFrom).thenComparing(HeartbeatRow::coversTo))
                .forEach(heartbeat -> byNode.computeIfAbsent(heartbeat.node(), unused -> new ArrayList<>()).add(heartbeat));

        List<Gap> gaps = new ArrayList<>();
        Instant first = heartbeats.stream().map(HeartbeatRow::coversFrom).min(Instant::compareTo).orElseThrow();
        add(gaps, new Gap(Optional.empty(), Instant.MIN, first, 0, "before the first event listener"), from, to);
        Optional<Instant> completeTo = Optional.empty();
        for (Map.Entry<String, List<HeartbeatRow>> node : byNode.entrySet()) {
            Instant reached = addGaps(gaps, node.getKey(), node.getValue(), from, to);
            completeTo = Optional.of(completeTo.map(earlier -> min(earlier, reached)).orElse(reached));
        }
        gaps.sort(comparing(Gap::from));
        return new UsageCoverage(from, to, completeTo.filter(reached -> !reached.isBefore(from)), gaps);
    }

    private static Instant addGaps(List<Gap> gaps, String node, List<HeartbeatRow> heartbeats, Instant from, Instant to)
    {
        HeartbeatRow last = heartbeats.get(0);
        for (HeartbeatRow heartbeat : heartbeats) {
            if (heartbeat.lost() > 0) {
                add(gaps, new Gap(Optional.of(node), heartbeat.coversFrom(), heartbeat.coversTo(), heartbeat.lost(), heartbeat.reason().orElse("queries were lost")), from, to);
            }
            if (heartbeat.coversFrom().isAfter(last.coversTo()) && !last.stopped()) {
                add(gaps, new Gap(Optional.of(node), last.coversTo(), heartbeat.coversFrom(), 0, "the server ended without a last heartbeat"), from, to);
            }
            if (!heartbeat.coversTo().isBefore(last.coversTo())) {
                last = heartbeat;
            }
        }
        if (last.stopped()) {
            return to;
        }
        if (last.nextDue().isBefore(to)) {
            add(gaps, new Gap(Optional.of(node), last.coversTo(), to, 0, "no heartbeat since"), from, to);
        }
        return min(last.coversTo(), to);
    }

    /**
     * Adds what of a gap lies in the time.
     */
    private static void add(List<Gap> gaps, Gap gap, Instant from, Instant to)
    {
        Instant begin = max(gap.from(), from);
        Instant end = min(gap.to(), to);
        if (begin.isBefore(end)) {
            gaps.add(new Gap(gap.node(), begin, end, gap.lost(), gap.reason()));
        }
    }
}
