package io.meshwright.cli.report;

import io.meshwright.model.reconciliation.WindowResult;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * What a window of a reconciliation means to the reader of its report.
 */
enum WindowVerdict
{
    EQUAL("equal"),
    WITHIN("within the SLA"),
    BREACH("breach"),
    ACCEPTED("accepted"),
    OPEN("settling"),
    SKIPPED("not compared");

    private final String words;

    WindowVerdict(String words)
    {
        this.words = words;
    }

    static WindowVerdict of(WindowResult window, BigDecimal threshold)
    {
        return of(window.state(), window.completeness(), threshold);
    }

    static WindowVerdict of(WindowResult.State state, BigDecimal completeness, BigDecimal threshold)
    {
        return switch (state) {
            case OK -> EQUAL;
            case SETTLING -> OPEN;
            case SKIPPED -> SKIPPED;
            case ACCEPTED -> ACCEPTED;
            case CONFIRMED -> completeness.compareTo(threshold) < 0 ? BREACH : WITHIN;
        };
    }

    String words()
    {
        return words;
    }

    String styleClass()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
