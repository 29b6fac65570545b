package io.meshwright.model.reconciliation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * One window of a comparison.
 *
 * @param window the day, for example {@code 2026-11-20}; {@code null} (the word) for rows without one; {@code all} without windows
 * @param net mesh minus legacy
 * @param completeness 0..1; 0/0 is 1, and surplus lowers it as much as loss does
 * @param acceptance of a window that is accepted
 * @param reason why its rows were not compared, for a window that was skipped; what differs, for one whose differing rows are not all known
 * @param comparedAt when both sides were read, for a window that an earlier run found equal and nothing has changed since
 */
public record WindowResult(
        String window,
        long legacy,
        long mesh,
        long net,
        OptionalLong missing,
        OptionalLong extra,
        OptionalLong changed,
        OptionalLong duplicate,
        BigDecimal completeness,
        State state,
        Optional<Acceptance> acceptance,
        Optional<String> reason,
        Optional<Instant> comparedAt)
{
    public static final String NULL_WINDOW = "null";
    public static final String WHOLE_TABLE = "all";

    public enum State
    {
        /**
         * Nothing differs.
         */
        OK,
        /**
         * Rows may still arrive, so the difference means nothing yet.
         */
        SETTLING,
        /**
         * A difference that time will not cure.
         */
        CONFIRMED,
        /**
         * Its rows were not compared, so its counts say nothing.
         */
        SKIPPED,
        /**
         * A difference that somebody accepted for a time.
         */
        ACCEPTED;

        public String label()
        {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public WindowResult
    {
        requireNonNull(window, "window is null");
        requireNonNull(missing, "missing is null");
        requireNonNull(extra, "extra is null");
        requireNonNull(changed, "changed is null");
        requireNonNull(duplicate, "duplicate is null");
        requireNonNull(completeness, "completeness is null");
        requireNonNull(state, "state is null");
        requireNonNull(acceptance, "acceptance is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(comparedAt, "comparedAt is null");
        checkArgument(acceptance.isPresent() == (state == State.ACCEPTED), "acceptance does not go with state %s", state);
    }

    /**
     * A window that was read in this run.
     */
    public WindowResult(
            String window,
            long legacy,
            long mesh,
            long net,
            OptionalLong missing,
            OptionalLong extra,
            OptionalLong changed,
            OptionalLong duplicate,
            BigDecimal completeness,
            State state,
            Optional<Acceptance> acceptance,
            Optional<String> reason)
    {
        this(window, legacy, mesh, net, missing, extra, changed, duplicate, completeness, state, acceptance, reason, Optional.empty());
    }

    /**
     * The window as an earlier run found it.
     */
    public WindowResult comparedAt(Instant time)
    {
        return new WindowResult(window, legacy, mesh, net, missing, extra, changed, duplicate, completeness, state, acceptance, reason, Optional.of(time));
    }

    /**
     * A window of which only the numbers of rows are known.
     */
    public static WindowResult ofCounts(String window, long legacy, long mesh, boolean settled)
    {
        State state = settled ? (legacy == mesh ? State.OK : State.CONFIRMED) : State.SETTLING;
        return new WindowResult(
                window,
                legacy,
                mesh,
                mesh - legacy,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Completeness.ofCounts(legacy, mesh),
                state,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * A window whose rows were matched by their keys.
     *
     * @param missing rows of keys that the product lacks
     * @param extra rows of keys that only the product has
     * @param changed rows of keys of both sides whose values differ
     * @param duplicate surplus rows of keys of both sides, on either side
     */
    public static WindowResult ofRows(String window, long legacy, long mesh, long missing, long extra, long changed, long duplicate)
    {
        boolean equal = legacy == mesh && missing == 0 && extra == 0 && changed == 0 && duplicate == 0;
        long net = mesh - legacy;
        long surplusDuplicates = surplusDuplicates(net, missing, extra, duplicate);
        long matched = Math.max(0, legacy - missing - changed - (duplicate - surplusDuplicates));
        return new WindowResult(
                window,
                legacy,
                mesh,
                net,
                OptionalLong.of(missing),
                OptionalLong.of(extra),
                OptionalLong.of(changed),
                OptionalLong.of(duplicate),
                Completeness.ofRows(legacy, matched, extra + surplusDuplicates),
                equal ? State.OK : State.CONFIRMED,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * A window that differs, of which nobody knows in how many rows: in one at least.
     *
     * @param reason in words, what differs
     */
    public WindowResult differing(String reason)
    {
        BigDecimal most = Completeness.ofDeviation(legacy, 1);
        return new WindowResult(window, legacy, mesh, net, missing, extra, changed, duplicate, completeness.min(most), State.CONFIRMED, acceptance, Optional.of(reason));
    }

    /**
     * A window whose rows could not be compared.
     */
    public static WindowResult skipped(String window, long legacy, long mesh, String reason)
    {
        OptionalLong unknown = OptionalLong.empty();
        return new WindowResult(
                window, legacy, mesh, mesh - legacy, unknown, unknown, unknown, unknown, Completeness.ofCounts(legacy, mesh), State.SKIPPED, Optional.empty(), Optional.of(reason));
    }

    /**
     * By how many rows it differs, as far as that is known: no fewer than the rows without an equal on either side.
     */
    long deviation()
    {
        if (missing.isEmpty()) {
            return Math.max(Math.abs(net), reason.isPresent() ? 1 : 0);
        }
        long surplusDuplicates = surplusDuplicates();
        long unmatched = missing.orElseThrow() + changed.orElseThrow() + duplicate.orElseThrow() - surplusDuplicates;
        return Math.max(Math.max(unmatched, extra.orElseThrow() + surplusDuplicates), reason.isPresent() ? 1 : 0);
    }

    long matched()
    {
        return Math.max(0, legacy - missing.orElseThrow() - changed.orElseThrow() - (duplicate.orElseThrow() - surplusDuplicates()));
    }

    private long surplusDuplicates()
    {
        return surplusDuplicates(net, missing.orElseThrow(), extra.orElseThrow(), duplicate.orElseThrow());
    }

    /**
     * What keys that one side lacks do not explain of the net difference, duplicates do.
     */
    private static long surplusDuplicates(long net, long missing, long extra, long duplicate)
    {
        return Math.min(duplicate, Math.max(0, (duplicate + net - extra + missing) / 2));
    }

    /**
     * The same window, whose difference somebody accepted.
     */
    public WindowResult accepted(Acceptance by)
    {
        return new WindowResult(window, legacy, mesh, net, missing, extra, changed, duplicate, completeness, State.ACCEPTED, Optional.of(by), reason);
    }

    /**
     * A window's name as a cell of a table shows it.
     */
    public static String label(String window)
    {
        if (window.equals(NULL_WINDOW)) {
            return "no day";
        }
        return window.equals(WHOLE_TABLE) ? "whole table" : window;
    }

    Optional<String> breachOf(BigDecimal threshold)
    {
        if (state != State.CONFIRMED || completeness.compareTo(threshold) >= 0) {
            return Optional.empty();
        }
        String label = window.equals(NULL_WINDOW) ? "rows without a window" : window.equals(WHOLE_TABLE) ? "the whole table" : window;
        String rows = missing.isEmpty() ? "" : String.format(
                Locale.ROOT, ", %d missing, %d extra, %d changed, %d duplicate", missing.orElseThrow(), extra.orElseThrow(), changed.orElseThrow(), duplicate.orElseThrow());
        return Optional.of(String.format(
                Locale.ROOT,
                "%s: legacy %d, mesh %d (%+d)%s, completeness %s%s, declared %s",
                label,
                legacy,
                mesh,
                net,
                rows,
                missing.isEmpty() || reason.isPresent() ? "at most " : "",
                completeness.toPlainString(),
                threshold.stripTrailingZeros().toPlainString()));
    }
}
