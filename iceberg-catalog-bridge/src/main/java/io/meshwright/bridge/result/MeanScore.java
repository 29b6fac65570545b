package io.meshwright.bridge.result;

import io.meshwright.model.check.CheckStatus;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The arithmetic mean of scores, 0..1. Rounded down, so that what is not perfect never looks so.
 */
final class MeanScore
{
    private BigDecimal sum = BigDecimal.ZERO;
    private int count;

    /**
     * The score of one result: the share of rows that keep the rule, where it is about rows, else 1 where it holds and 0 where it does not. A check that could not
     * run has shown nothing, which is 0. A skipped one has none.
     */
    static Optional<BigDecimal> of(CheckRow row)
    {
        CheckStatus status = CheckStatus.ofLabel(row.status());
        if (status == CheckStatus.SKIPPED) {
            return Optional.empty();
        }
        if (status == CheckStatus.ERROR) {
            return Optional.of(BigDecimal.ZERO);
        }
        return row.validRatio().or(() -> Optional.of(status == CheckStatus.PASSED ? BigDecimal.ONE : BigDecimal.ZERO));
    }

    void add(BigDecimal score)
    {
        sum = sum.add(score);
        count++;
    }

    int count()
    {
        return count;
    }

    /**
     * @throws ArithmeticException without any score
     */
    BigDecimal value()
    {
        return sum.divide(BigDecimal.valueOf(count), 6, RoundingMode.DOWN).stripTrailingZeros();
    }
}
