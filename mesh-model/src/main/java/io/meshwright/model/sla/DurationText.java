package io.meshwright.model.sla;

import com.google.common.collect.ImmutableMap;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.meshwright.model.finding.QuotedText.quoted;

/**
 * Durations in every spelling that people use: {@code 15m}, {@code 15 min}, {@code 15_minutes}, {@code 1h30m}, {@code 1.5 days},
 * {@code PT15M}, {@code P1DT2H}.
 */
public final class DurationText
{
    // a greater number of any unit is a mistake, and would overflow
    private static final Pattern TERM = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,4})?)[\\s_-]*([a-z]+)[\\s_]*(?:and\\s+)?");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
    private static final int DAYS_OF_MONTH = 30;
    private static final int DAYS_OF_YEAR = 365;
    private static final int LONGEST_TEXT = 100;

    private enum Unit
    {
        SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, YEAR
    }

    private static final Map<String, Unit> UNITS = ImmutableMap.<String, Unit>builder()
            .put("s", Unit.SECOND).put("sec", Unit.SECOND).put("secs", Unit.SECOND).put("second", Unit.SECOND).put("seconds", Unit.SECOND)
            .put("min", Unit.MINUTE).put("mins", Unit.MINUTE).put("minute", Unit.MINUTE).put("minutes", Unit.MINUTE)
            .put("h", Unit.HOUR).put("hr", Unit.HOUR).put("hrs", Unit.HOUR).put("hour", Unit.HOUR).put("hours", Unit.HOUR)
            .put("d", Unit.DAY).put("day", Unit.DAY).put("days", Unit.DAY)
            .put("w", Unit.WEEK).put("week", Unit.WEEK).put("weeks", Unit.WEEK)
            .put("mo", Unit.MONTH).put("mon", Unit.MONTH).put("month", Unit.MONTH).put("months", Unit.MONTH)
            .put("y", Unit.YEAR).put("yr", Unit.YEAR).put("yrs", Unit.YEAR).put("year", Unit.YEAR).put("years", Unit.YEAR)
            .buildOrThrow();

    private DurationText() {}

    /**
     * An age of data: {@code m} means minutes, a month has 30 days and a year 365.
     *
     * @throws SlaFormatException when the text is no positive duration
     */
    public static Duration age(String text)
    {
        String folded = fold(text, "15m, 24h or PT15M");
        Duration age = folded.startsWith("p") ? isoAge(text, folded) : simpleAge(text, folded);
        if (age.isZero() || age.isNegative()) {
            throw new SlaFormatException("%s is no time at all".formatted(quoted(text)), 0, "write a duration greater than zero, for example 15m");
        }
        return age;
    }

    /**
     * How long something is kept: {@code m} means months.
     *
     * @throws SlaFormatException when the text is no positive number of whole days, months or years
     */
    public static Period period(String text)
    {
        String folded = fold(text, "365d, 90 days or 3y");
        Period period = folded.startsWith("p") ? isoPeriod(text, folded) : simplePeriod(text, folded);
        if (period.isZero() || period.isNegative()) {
            throw new SlaFormatException("%s is no time at all".formatted(quoted(text)), 0, "write a time greater than zero, for example 365d");
        }
        return period;
    }

    /**
     * For people, in the units that they would choose: {@code 15 min}, {@code 24 h}, {@code 1 h 30 min}, {@code 7 d}.
     */
    public static String human(Duration duration)
    {
        long seconds = duration.toSeconds();
        long day = 86_400;
        if (seconds >= 2 * day && seconds % day == 0) {
            return seconds / day + " d";
        }
        StringBuilder result = new StringBuilder();
        append(result, seconds >= 2 * day ? seconds / day : 0, "d");
        long rest = seconds >= 2 * day ? seconds % day : seconds;
        append(result, rest / 3600, "h");
        append(result, rest % 3600 / 60, "min");
        append(result, rest % 60, "s");
        return result.length() == 0 ? "0 s" : result.toString();
    }

    /**
     * For people: {@code 365 days}, {@code 3 years}, {@code 1 year 6 months}.
     */
    public static String human(Period period)
    {
        StringBuilder result = new StringBuilder();
        append(result, period.getYears(), period.getYears() == 1 ? "year" : "years");
        append(result, period.getMonths(), period.getMonths() == 1 ? "month" : "months");
        append(result, period.getDays(), period.getDays() == 1 ? "day" : "days");
        return result.length() == 0 ? "0 days" : result.toString();
    }

    private static void append(StringBuilder result, long amount, String unit)
    {
        if (amount != 0) {
            result.append(result.length() == 0 ? "" : " ").append(amount).append(' ').append(unit);
        }
    }

    private static String fold(String text, String examples)
    {
        String folded = text.toLowerCase(Locale.ROOT);
        if (text.length() > LONGEST_TEXT || folded.length() != text.length() || text.isBlank()) {
            throw notADuration(text, 0, examples);
        }
        if (NUMBER.matcher(folded.strip()).matches()) {
            String number = folded.strip();
            throw new SlaFormatException("%s has no unit".formatted(quoted(text)), 0, "write the unit, for example %s".formatted(examples.startsWith("15m") ? number + "m or " + number + "h" : number + "d"));
        }
        return folded;
    }

    private static Duration simpleAge(String text, String folded)
    {
        Duration age = Duration.ZERO;
        int position = skipBlanks(folded, 0);
        while (position < folded.length()) {
            Matcher term = term(text, folded, position, "15m, 24h or PT15M");
            Unit unit = term.group(2).equals("m") ? Unit.MINUTE : unit(text, term, "s, min, h, d");
            BigDecimal seconds = new BigDecimal(term.group(1)).multiply(BigDecimal.valueOf(seconds(unit)));
            age = age.plusSeconds(seconds.longValue()).plusNanos(seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
            position = term.end();
        }
        return age;
    }

    private static Period simplePeriod(String text, String folded)
    {
        Period period = Period.ZERO;
        int position = skipBlanks(folded, 0);
        while (position < folded.length()) {
            Matcher term = term(text, folded, position, "365d, 90 days or 3y");
            Unit unit = term.group(2).equals("m") ? Unit.MONTH : unit(text, term, "days, weeks, months, years");
            if (term.group(1).contains(".")) {
                throw new SlaFormatException("%s is no whole number of days, months or years".formatted(quoted(text)), term.start(1), "write whole units, for example 18 months");
            }
            period = period.plus(period(text, Integer.parseInt(term.group(1)), unit, term.start(1)));
            position = term.end();
        }
        return period;
    }

    private static Period period(String text, int amount, Unit unit, int offset)
    {
        return switch (unit) {
            case DAY -> Period.ofDays(amount);
            case WEEK -> Period.ofDays(7 * amount);
            case MONTH -> Period.ofMonths(amount);
            case YEAR -> Period.ofYears(amount);
            case SECOND, MINUTE, HOUR -> {
                if (unit != Unit.HOUR || amount % 24 != 0) {
                    throw new SlaFormatException("%s is no whole number of days".formatted(quoted(text)), offset, "write days, weeks, months or years, for example 365d");
                }
                yield Period.ofDays(amount / 24);
            }
        };
    }

    private static Matcher term(String text, String folded, int position, String examples)
    {
        Matcher term = TERM.matcher(folded).region(position, folded.length());
        if (!term.lookingAt()) {
            throw notADuration(text, position, examples);
        }
        return term;
    }

    private static Unit unit(String text, Matcher term, String known)
    {
        Unit unit = UNITS.get(term.group(2));
        if (unit == null) {
            throw new SlaFormatException("%s has the unknown unit %s".formatted(quoted(text), quoted(term.group(2))), term.start(2), "use one of the units " + known);
        }
        return unit;
    }

    private static long seconds(Unit unit)
    {
        return switch (unit) {
            case SECOND -> 1;
            case MINUTE -> 60;
            case HOUR -> 3600;
            case DAY -> 86_400;
            case WEEK -> 7 * 86_400;
            case MONTH -> DAYS_OF_MONTH * 86_400;
            case YEAR -> DAYS_OF_YEAR * 86_400;
        };
    }

    private static Duration isoAge(String text, String folded)
    {
        String stripped = folded.strip();
        try {
            int time = stripped.indexOf('t');
            String date = time < 0 ? stripped : stripped.substring(0, time);
            Duration age = time < 0 ? Duration.ZERO : Duration.parse("p" + stripped.substring(time));
            if (date.length() > 1) {
                Period period = Period.parse(date);
                age = age.plusDays((long) DAYS_OF_YEAR * period.getYears() + (long) DAYS_OF_MONTH * period.getMonths() + period.getDays());
            }
            return age;
        }
        catch (DateTimeException | ArithmeticException e) {
            throw notADuration(text, 0, "PT15M or P1DT2H");
        }
    }

    private static Period isoPeriod(String text, String folded)
    {
        try {
            return Period.parse(folded.strip());
        }
        catch (DateTimeException | ArithmeticException e) {
            throw notADuration(text, 0, "P1Y or P365D");
        }
    }

    private static int skipBlanks(String text, int position)
    {
        int result = position;
        while (result < text.length() && Character.isWhitespace(text.charAt(result))) {
            result++;
        }
        return result;
    }

    private static SlaFormatException notADuration(String text, int offset, String examples)
    {
        return new SlaFormatException("%s is no duration".formatted(quoted(text)), offset, "write for example " + examples);
    }
}
