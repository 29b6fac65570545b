package io.meshwright.model.reconciliation;

import java.math.BigDecimal;
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
 * @param reason why its rows were not compared, for a window that was skipped
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
        Optional<String> reason)
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
        checkArgument(acceptance.isPresent() == (state == State.ACCEPTED), "acceptance does not go with state %s", state);
    }

    /**
     * A window of which only the numbers of rows are known.
     */
    static WindowResult ofCounts(String window, long legacy, long mesh, boolean settled)
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
     * The same window, whose difference somebody accepted.
     */
    public WindowResult accepted(Acceptance by)
    {
        return new WindowResult(window, legacy, mesh, net, missing, extra, changed, duplicate, completeness, State.ACCEPTED, Optional.of(by), reason);
    }

    Optional<String> breachOf(BigDecimal threshold)
    {
        if (state != State.CONFIRMED || completeness.compareTo(threshold) >= 0) {
            return Optional.empty();
        }
        String label = window.equals(NULL_WINDOW) ? "rows without a window" : window.equals(WHOLE_TABLE) ? "the whole table" : window;
        return Optional.of(String.format(
                Locale.ROOT,
                "%s: legacy %d, mesh %d (%+d), completeness at most %s, declared %s",
                label,
                legacy,
                mesh,
                net,
                completeness.toPlainString(),
                threshold.stripTrailingZeros().toPlainString()));
    }
}
