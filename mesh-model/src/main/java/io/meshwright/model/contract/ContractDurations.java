package io.meshwright.model.contract;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The spellings of durations in contracts: {@code 15m}, {@code 25 hours}, {@code 1 year}, {@code P1Y}, {@code PT15M}.
 */
final class ContractDurations
{
    // figures beyond are mistakes, and would overflow
    private static final Pattern SIMPLE = Pattern.compile("(?:<=?\\s*)?(\\d{1,7})[\\s_]*([a-zµ]*)");

    private ContractDurations() {}

    /**
     * An age: {@code m} means minutes, a month has 30 days and a year 365.
     */
    static Optional<Duration> age(String text)
    {
        String folded = text.strip().toLowerCase(Locale.ROOT);
        if (folded.startsWith("p")) {
            return isoAge(folded);
        }
        Matcher matcher = SIMPLE.matcher(folded);
        return matcher.matches() ? age(Long.parseLong(matcher.group(1)), matcher.group(2)) : Optional.empty();
    }

    static Optional<Duration> age(long amount, String unit)
    {
        switch (unit.toLowerCase(Locale.ROOT)) {
            case "s":
            case "sec":
            case "secs":
            case "second":
            case "seconds":
                return Optional.of(Duration.ofSeconds(amount));
            case "m":
            case "min":
            case "mins":
            case "minute":
            case "minutes":
                return Optional.of(Duration.ofMinutes(amount));
            case "h":
            case "hr":
            case "hrs":
            case "hour":
            case "hours":
                return Optional.of(Duration.ofHours(amount));
            case "d":
            case "day":
            case "days":
                return Optional.of(Duration.ofDays(amount));
            case "w":
            case "week":
            case "weeks":
                return Optional.of(Duration.ofDays(7 * amount));
            case "mo":
            case "mon":
            case "month":
            case "months":
                return Optional.of(Duration.ofDays(30 * amount));
            case "y":
            case "yr":
            case "yrs":
            case "year":
            case "years":
                return Optional.of(Duration.ofDays(365 * amount));
            default:
                return Optional.empty();
        }
    }

    /**
     * A calendar period: {@code m} means months. Hours are told in whole days.
     */
    static Optional<Period> period(String text)
    {
        String folded = text.strip().toLowerCase(Locale.ROOT);
        if (folded.startsWith("p")) {
            try {
                return Optional.of(Period.parse(folded)).filter(period -> !period.isNegative());
            }
            catch (DateTimeException | ArithmeticException e) {
                return isoAge(folded).flatMap(ContractDurations::wholeDays);
            }
        }
        Matcher matcher = SIMPLE.matcher(folded);
        return matcher.matches() ? period(Integer.parseInt(matcher.group(1)), matcher.group(2)) : Optional.empty();
    }

    static Optional<Period> period(int amount, String unit)
    {
        switch (unit.toLowerCase(Locale.ROOT)) {
            case "d":
            case "day":
            case "days":
                return Optional.of(Period.ofDays(amount));
            case "w":
            case "week":
            case "weeks":
                return Optional.of(Period.ofDays(7 * amount));
            case "m":
            case "mo":
            case "mon":
            case "month":
            case "months":
                return Optional.of(Period.ofMonths(amount));
            case "y":
            case "yr":
            case "yrs":
            case "year":
            case "years":
                return Optional.of(Period.ofYears(amount));
            default:
                return age(amount, unit).flatMap(ContractDurations::wholeDays);
        }
    }

    private static Optional<Period> wholeDays(Duration age)
    {
        boolean whole = age.equals(Duration.ofDays(age.toDays()));
        return whole && age.toDays() <= Integer.MAX_VALUE ? Optional.of(Period.ofDays((int) age.toDays())) : Optional.empty();
    }

    private static Optional<Duration> isoAge(String text)
    {
        try {
            int time = text.indexOf('t');
            String date = time < 0 ? text : text.substring(0, time);
            Duration age = time < 0 ? Duration.ZERO : Duration.parse("p" + text.substring(time));
            if (date.length() > 1) {
                Period period = Period.parse(date);
                age = age.plusDays(365L * period.getYears() + 30L * period.getMonths() + period.getDays());
            }
            return Optional.of(age).filter(duration -> !duration.isNegative());
        }
        catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
