package io.meshwright.model.check;

import com.google.common.collect.ImmutableList;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What is usual for a figure by what it was before. The middle is the median and the width goes by the median of the distances from it, so that a few odd
 * figures among the former ones move neither. The band is never narrower than one hundredth of the median on each side, since a figure that was always the
 * same would else make any change unusual.
 *
 * @param history the least number of former figures, at least 3; with fewer nothing is said
 * @param deviations how many standard deviations, as the median distance estimates them, a figure may be away
 */
public record UsualBand(int history, BigDecimal deviations)
{
    public static final UsualBand DEFAULT = new UsualBand(7, BigDecimal.valueOf(3));

    /**
     * The standard deviation of a normal distribution is that many times the median distance from the median.
     */
    private static final BigDecimal NORMAL = new BigDecimal("1.4826");
    private static final BigDecimal NARROWEST = new BigDecimal("0.01");

    public UsualBand
    {
        requireNonNull(deviations, "deviations is null");
        checkArgument(history >= 3, "history is less than 3: %s", history);
        checkArgument(deviations.signum() > 0, "deviations is not positive: %s", deviations);
    }

    /**
     * Both ends belong to the band.
     */
    public record Limits(BigDecimal lower, BigDecimal upper, BigDecimal median)
    {
        public boolean contains(BigDecimal figure)
        {
            return figure.compareTo(lower) >= 0 && figure.compareTo(upper) <= 0;
        }
    }

    /**
     * @return empty where there are too few former figures
     */
    public Optional<Limits> limits(List<BigDecimal> former)
    {
        if (former.size() < history) {
            return Optional.empty();
        }
        BigDecimal median = median(former);
        BigDecimal distance = median(former.stream().map(figure -> figure.subtract(median).abs()).toList());
        BigDecimal width = distance.multiply(NORMAL).multiply(deviations).max(median.abs().multiply(NARROWEST));
        return Optional.of(new Limits(median.subtract(width), median.add(width), median));
    }

    private static BigDecimal median(List<BigDecimal> figures)
    {
        List<BigDecimal> sorted = ImmutableList.sortedCopyOf(figures);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : sorted.get(middle - 1).add(sorted.get(middle)).divide(BigDecimal.valueOf(2), 6, RoundingMode.HALF_UP).stripTrailingZeros();
    }
}
