package io.meshwright.model.reconciliation;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The share of the legacy rows that the product has, 0..1.
 */
public final class Completeness
{
    private static final int SCALE = 9;

    private Completeness() {}

    /**
     * {@code 1 - abs(mesh - legacy) / legacy}, not below 0: a surplus counts as much as a loss. An upper bound of the truth,
     * since a missing row and a surplus row cancel out. 0/0 is 1; rows where the legacy side has none are 0.
     * Rounded down, so that it never reaches a threshold that the exact figure misses.
     */
    public static BigDecimal ofCounts(long legacy, long mesh)
    {
        return ofDeviation(legacy, Math.abs(Math.subtractExact(mesh, legacy)));
    }

    /**
     * The share of matched rows. Surplus rows lower it as if they were missing: whatever is worse counts.
     *
     * @param matched rows that are equal on both sides
     * @param surplus rows of the product that match none
     */
    static BigDecimal ofRows(long legacy, long matched, long surplus)
    {
        return ofDeviation(legacy, Math.max(Math.subtractExact(legacy, matched), surplus));
    }

    /**
     * As {@link #ofCounts}, for deviations added up over windows.
     */
    static BigDecimal ofDeviation(long legacy, long deviation)
    {
        if (legacy == 0) {
            return deviation == 0 ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        BigDecimal ratio = BigDecimal.valueOf(Math.subtractExact(legacy, deviation)).divide(BigDecimal.valueOf(legacy), SCALE, RoundingMode.DOWN);
        return ratio.max(BigDecimal.ZERO).stripTrailingZeros();
    }
}
