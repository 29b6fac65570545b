package io.meshwright.bridge.migration;

import com.google.common.collect.ImmutableList;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;

/**
 * Who read a legacy table in a time, and whether that is all. Where anything was not watched, that nobody was seen proves nothing.
 *
 * @param readers the last reader first
 * @param dependents what depended on the table when it was last sampled
 * @param sampledAt when that was; empty where it is too long ago
 * @param faults why the evidence is no proof; none where it is unbroken over the whole time
 */
public record ReaderEvidence(Instant from, Instant to, List<Reader> readers, List<String> dependents, Optional<Instant> sampledAt, List<String> faults)
{
    static final String ZERO_CONSUMERS = "zero-consumers";
    static final String NO_DEPENDENTS = "no-dependents";
    /**
     * A daily sample that is somewhat late is no gap.
     */
    static final Duration LONGEST_GAP = Duration.ofHours(36);
    private static final String SOURCE = "postgresql";

    public ReaderEvidence
    {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        readers = ImmutableList.copyOf(readers);
        dependents = ImmutableList.copyOf(dependents);
        requireNonNull(sampledAt, "sampledAt is null");
        faults = ImmutableList.copyOf(faults);
    }

    public boolean isUnbroken()
    {
        return faults.isEmpty();
    }

    public List<Gate> gates()
    {
        long days = Duration.between(from, to).toDays();
        Gate readersGate;
        if (!readers.isEmpty()) {
            Reader last = readers.get(0);
            readersGate = Gate.failed(ZERO_CONSUMERS, "%s within %s days, the last %s (%s) at %s".formatted(readers.size() == 1 ? "1 reader" : readers.size() + " readers", days, last.name(), last.source(), last.lastRead()));
        }
        else if (!faults.isEmpty()) {
            readersGate = Gate.unknown(ZERO_CONSUMERS, "nobody was seen to read, but that proves nothing: " + faults.get(0) + (faults.size() > 1 ? "; and %s more".formatted(faults.size() - 1) : ""));
        }
        else {
            readersGate = Gate.passed(ZERO_CONSUMERS, "nobody read it from %s to %s, and all of that time was watched".formatted(from, to));
        }
        Gate dependentsGate = dependents.isEmpty()
                ? sampledAt.map(at -> Gate.passed(NO_DEPENDENTS, "nothing depended on it at " + at)).orElseGet(() -> Gate.unknown(NO_DEPENDENTS, "no sample of the last %s hours tells what depends on it".formatted(LONGEST_GAP.toHours())))
                : Gate.failed(NO_DEPENDENTS, "depended on by " + String.join(", ", dependents));
        return List.of(readersGate, dependentsGate);
    }

    /**
     * What the statistics of the database prove.
     *
     * @param recorded all samples of the table
     * @param ownRead whether we may have read the table between two instants
     */
    static ReaderEvidence ofStatistics(List<LegacySampleRow> recorded, Instant from, Instant to, BiPredicate<Instant, Instant> ownRead)
    {
        List<LegacySampleRow> samples = new ArrayList<>(ImmutableList.sortedCopyOf(Comparator.comparing(LegacySampleRow::observedAt), recorded));
        samples.removeIf(sample -> sample.observedAt().isAfter(to));
        // of those before the time only the last one matters
        while (samples.size() > 1 && !samples.get(1).observedAt().isAfter(from)) {
            samples.remove(0);
        }
        if (samples.isEmpty()) {
            return new ReaderEvidence(from, to, List.of(), List.of(), Optional.empty(), List.of("there is no evidence source: the statistics of the database were never sampled"));
        }
        List<String> faults = new ArrayList<>();
        LegacySampleRow first = samples.get(0);
        LegacySampleRow last = samples.get(samples.size() - 1);
        if (first.observedAt().isAfter(from)) {
            faults.add("the first sample is of %s, after the begin of the time at %s".formatted(first.observedAt(), from));
        }
        if (last.observedAt().isBefore(to.minus(LONGEST_GAP))) {
            faults.add("no sample since " + last.observedAt());
        }
        Map<String, Reader> readers = new TreeMap<>();
        for (int index = 1; index < samples.size(); index++) {
            compare(samples.get(index - 1), samples.get(index), ownRead, faults, readers);
        }
        last.counterFaults().stream().filter(fault -> !faults.contains(fault)).forEach(faults::add);
        return new ReaderEvidence(from, to, Migration.lastFirst(ImmutableList.copyOf(readers.values())), last.dependents(), Optional.of(last.observedAt()).filter(at -> !at.isBefore(to.minus(LONGEST_GAP))), faults);
    }

    private static void compare(LegacySampleRow before, LegacySampleRow after, BiPredicate<Instant, Instant> ownRead, List<String> faults, Map<String, Reader> readers)
    {
        String time = " between %s and %s".formatted(before.observedAt(), after.observedAt());
        if (Duration.between(before.observedAt(), after.observedAt()).compareTo(LONGEST_GAP) > 0) {
            faults.add("no sample" + time);
        }
        if (!before.relation().equals(after.relation())) {
            faults.add("the table was made anew" + time);
            return;
        }
        if (!before.ownUser().equals(after.ownUser())) {
            faults.add("our own user changed from %s to %s%s".formatted(before.ownUser(), after.ownUser(), time));
        }
        boolean counted = before.scans().isPresent() && after.scans().isPresent() && before.counterFaults().isEmpty() && after.counterFaults().isEmpty();
        if (!counted) {
            Stream.concat(before.counterFaults().stream(), after.counterFaults().stream()).distinct().map(fault -> fault + time).forEach(faults::add);
            return;
        }
        long scans = after.scans().orElseThrow() - before.scans().orElseThrow();
        if (!before.statisticsEpoch().equals(after.statisticsEpoch()) || scans < 0) {
            faults.add("the statistics of the database were reset" + time);
            return;
        }
        if (before.hasStatements() && after.hasStatements()) {
            byStatement(before, after, scans, time, faults, readers);
        }
        else if (scans > 0) {
            boolean own = ownRead.test(before.observedAt(), after.observedAt());
            String why = Stream.concat(before.statementFaults().stream(), after.statementFaults().stream()).findFirst().orElse("statements are not counted");
            if (own) {
                faults.add("%s scans%s that may be our own or not, since %s".formatted(scans, time, why));
            }
            else {
                add(readers, new Reader("somebody whom the counters do not name", SOURCE, after.lastScan().orElse(after.observedAt()), scans));
            }
        }
    }

    private static void byStatement(LegacySampleRow before, LegacySampleRow after, long scans, String time, List<String> faults, Map<String, Reader> readers)
    {
        if (!before.statementsEpoch().equals(after.statementsEpoch())) {
            faults.add("pg_stat_statements was reset, or evicted statements," + time);
        }
        Map<String, Long> former = before.statements().stream().collect(toImmutableMap(LegacyStatement::id, LegacyStatement::calls, Math::max));
        Map<String, Long> unseen = new HashMap<>(former);
        boolean explained = false;
        for (LegacyStatement statement : after.statements()) {
            unseen.remove(statement.id());
            long calls = statement.calls() - former.getOrDefault(statement.id(), 0L);
            if (calls < 0) {
                unseen.put(statement.id(), calls);
            }
            else if (calls > 0) {
                explained = true;
                if (!statement.writes() && !statement.userName().equals(after.ownUser())) {
                    add(readers, new Reader(statement.userName(), SOURCE, after.observedAt(), calls));
                }
            }
        }
        if (!unseen.isEmpty()) {
            faults.add("pg_stat_statements forgot statements" + time);
        }
        if (scans > 0 && !explained) {
            faults.add("%s scans%s that no statement explains".formatted(scans, time));
        }
    }

    private static void add(Map<String, Reader> readers, Reader reader)
    {
        readers.merge(reader.name(), reader, Reader::plus);
    }

    /**
     * Both pieces of evidence together: each has to be unbroken.
     */
    ReaderEvidence with(List<Reader> otherReaders, List<String> otherFaults)
    {
        return new ReaderEvidence(
                from,
                to,
                Migration.lastFirst(Stream.concat(readers.stream(), otherReaders.stream()).collect(toImmutableList())),
                dependents,
                sampledAt,
                Stream.concat(faults.stream(), otherFaults.stream()).collect(toImmutableList()));
    }
}
