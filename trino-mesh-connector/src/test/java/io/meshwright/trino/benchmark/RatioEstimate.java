package io.meshwright.trino.benchmark;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The geometric mean of ratios that were measured in pairs, with its 95 % interval: Student's t on their logarithms.
 */
record RatioEstimate(double mean, double low, double high)
{
    private static final double NORMAL_QUANTILE = 1.959963984540054;

    static RatioEstimate ofRatios(List<Double> ratios)
    {
        return ofLogarithms(ratios.stream().map(Math::log).toList());
    }

    static RatioEstimate ofLogarithms(List<Double> logarithms)
    {
        checkArgument(logarithms.size() > 1, "An interval needs two runs at least");
        int count = logarithms.size();
        double mean = logarithms.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double squares = logarithms.stream().mapToDouble(logarithm -> (logarithm - mean) * (logarithm - mean)).sum();
        double margin = studentQuantile(count - 1) * Math.sqrt(squares / (count - 1) / count);
        return new RatioEstimate(Math.exp(mean), Math.exp(mean - margin), Math.exp(mean + margin));
    }

    /**
     * The 97.5 % quantile by the Cornish-Fisher expansion; for 14 degrees of freedom it is right to four digits.
     */
    static double studentQuantile(int degreesOfFreedom)
    {
        double z = NORMAL_QUANTILE;
        double n = degreesOfFreedom;
        return z
                + (Math.pow(z, 3) + z) / (4 * n)
                + (5 * Math.pow(z, 5) + 16 * Math.pow(z, 3) + 3 * z) / (96 * n * n)
                + (3 * Math.pow(z, 7) + 19 * Math.pow(z, 5) + 17 * Math.pow(z, 3) - 15 * z) / (384 * n * n * n);
    }

    @Override
    public String toString()
    {
        return "%.2f (%.2f-%.2f)".formatted(mean, low, high);
    }
}
