package io.meshwright.spark.benchmark;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.WindowResult;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * What a tool told, held against what was planted.
 *
 * @param found differences that are there; @param missed those that were not told; @param wrong told and not there
 */
record ReconciliationOutcome(String exit, long found, long missed, long wrong, String note)
{
    /**
     * @param keys {@code missing}, {@code extra} or {@code changed}, a tab, and the key; empty where only their number is known
     */
    record Planted(long missing, long extra, long changed, Set<String> keys)
    {
        static final Planted NOTHING = new Planted(0, 0, 0, Set.of());

        Planted
        {
            keys = ImmutableSet.copyOf(keys);
        }

        long total()
        {
            return missing + extra + changed;
        }
    }

    static ReconciliationOutcome broken(String how)
    {
        return new ReconciliationOutcome(how, 0, 0, 0, "");
    }

    static ReconciliationOutcome of(String exit, ReconciliationReport report, Planted planted)
    {
        String cost = "legacy %s s, %s statements, %s bytes".formatted(report.cost().legacySeconds(), report.cost().statements(), report.cost().bytes().orElse(0));
        ReconciliationReport.Totals totals = report.totals();
        if (totals.missing().isEmpty()) {
            long days = report.windows().stream().filter(window -> window.state() != WindowResult.State.OK).count();
            return new ReconciliationOutcome(exit, 0, planted.total(), days, cost);
        }
        if (!planted.keys().isEmpty()) {
            Set<String> keys = report.differences().stream()
                    .map(difference -> (difference.kind().equals("format-only") ? "changed" : difference.kind()) + "\t" + difference.key().replaceAll("\\w+=", "").replace(", ", ","))
                    .collect(toImmutableSet());
            return ofKeys(exit, keys, planted.keys(), cost);
        }
        long[] score = new long[3];
        count(score, totals.missing(), planted.missing());
        count(score, totals.extra(), planted.extra());
        count(score, totals.changed(), planted.changed());
        return new ReconciliationOutcome(exit, score[0], score[1], score[2] + totals.duplicate().orElse(0), cost);
    }

    private static void count(long[] score, OptionalLong told, long planted)
    {
        long number = told.orElse(0);
        score[0] += Math.min(number, planted);
        score[1] += Math.max(0, planted - number);
        score[2] += Math.max(0, number - planted);
    }

    /**
     * @param told as planted, or {@code day} and a day
     */
    static ReconciliationOutcome ofKeys(String exit, Set<String> told, Planted planted, String note)
    {
        if (!planted.keys().isEmpty() || planted.total() == 0) {
            return ofKeys(exit, told, planted.keys(), note);
        }
        long[] score = new long[3];
        Map.of("missing", planted.missing(), "extra", planted.extra(), "changed", planted.changed())
                .forEach((kind, number) -> count(score, OptionalLong.of(told.stream().filter(key -> key.startsWith(kind + "\t")).count()), number));
        return new ReconciliationOutcome(exit, score[0], score[1], score[2], note);
    }

    private static ReconciliationOutcome ofKeys(String exit, Set<String> told, Set<String> planted, String note)
    {
        return new ReconciliationOutcome(exit, Sets.intersection(told, planted).size(), Sets.difference(planted, told).size(), Sets.difference(told, planted).size(), note);
    }

    static ReconciliationOutcome ofTraps(String exit, ReconciliationReport report)
    {
        Set<String> days = report.windows().stream().filter(window -> window.state() != WindowResult.State.OK).map(WindowResult::window).collect(toImmutableSet());
        Set<Integer> alarms = new ReconciliationTraps().traps().stream().filter(trap -> days.contains(trap.day().toString())).map(ReconciliationTraps.Trap::id).collect(toImmutableSet());
        return ofTraps(exit, alarms);
    }

    /**
     * @param alarms numbers of traps whose rows are told to differ
     */
    static ReconciliationOutcome ofTraps(String exit, Set<Integer> alarms)
    {
        List<String> missed = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        Set<Integer> right = new TreeSet<>();
        for (ReconciliationTraps.Trap trap : new ReconciliationTraps().traps()) {
            boolean isTold = alarms.contains(trap.id());
            if (isTold && trap.isDifferent()) {
                right.add(trap.id());
            }
            if (isTold && !trap.isDifferent()) {
                wrong.add(trap.description());
            }
            if (!isTold && trap.isDifferent()) {
                missed.add(trap.description());
            }
        }
        return new ReconciliationOutcome(exit, right.size(), missed.size(), wrong.size(), "missed: " + missed + ", false alarms: " + wrong);
    }
}
