package io.meshwright.cli.command;

import io.meshwright.model.sla.SlaEvaluator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * Words for people.
 */
final class Texts
{
    private Texts() {}

    static String shorten(String text, int length)
    {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= length ? line : line.substring(0, length - 3).stripTrailing() + "...";
    }

    /**
     * For example {@code 15 min}, {@code 1 h 30 min} or {@code 2 d}.
     */
    static String duration(Duration duration)
    {
        StringBuilder text = new StringBuilder();
        append(text, duration.toDaysPart(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "min");
        append(text, duration.toSecondsPart(), "s");
        return text.isEmpty() ? "0 s" : text.toString();
    }

    /**
     * A ratio as per cent, without a digit lost.
     */
    static String percent(BigDecimal ratio)
    {
        return ratio.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }

    /**
     * A figure of an objective in its unit: freshness and latency are seconds, all others are ratios.
     */
    static String figure(String slo, BigDecimal value)
    {
        return SlaEvaluator.isSeconds(slo) ? duration(Duration.ofSeconds(value.longValue())) : percent(value.setScale(6, RoundingMode.FLOOR));
    }

    private static void append(StringBuilder text, long count, String unit)
    {
        if (count > 0) {
            text.append(text.isEmpty() ? "" : " ").append(count).append(' ').append(unit);
        }
    }
}
