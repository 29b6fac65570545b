package io.meshwright.model.sla;

import io.meshwright.model.sla.ServiceLevels.Freshness;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.meshwright.model.finding.QuotedText.quoted;

/**
 * Service levels in every spelling of specifications and contracts, and back into words for people.
 */
public final class SlaText
{
    private static final Pattern COMPARATOR = Pattern.compile("\\s*(<=|=<|≤|<|>=|=>|≥|>|==?|max\\.?|at most|at least|min\\.)\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME_OF_DAY = Pattern.compile(
            "\\s*(?:(?:data\\s+)?(?:is\\s+)?available\\s+)?(?:daily\\s+)?(?:by|before|until)\\s+(\\d{1,2})(?::(\\d{2}))?\\s*(am|pm)?(?:\\s+([A-Za-z0-9_+:/-]+))?\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOKS_LIKE_TIME_OF_DAY = Pattern.compile(".*\\b(by|before|until|am|pm)\\b.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern RATIO = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,18})?)\\s*(%|percent)?\\s*", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_TEXT = 100;

    private SlaText() {}

    /**
     * A freshness: {@code <= 15m}, {@code 24h}, {@code Data available by 4am UTC}.
     *
     * @throws SlaFormatException when the text is none
     */
    public static Freshness freshness(String text, Optional<String> timestampField)
    {
        checkLength(text);
        if (LOOKS_LIKE_TIME_OF_DAY.matcher(text).matches()) {
            return timeOfDay(text, timestampField);
        }
        Duration greatest = atMost(text, "freshness is the greatest age of the data");
        return new Freshness(Optional.of(greatest), comparator(text).strip().equals("<"), Optional.empty(), Optional.empty(), timestampField);
    }

    /**
     * How long a row may take from its source: {@code <= 10m}, {@code PT10M}. At a figure and below it are the same here.
     *
     * @throws SlaFormatException when the text is no duration
     */
    public static Duration latency(String text)
    {
        checkLength(text);
        return atMost(text, "latency is the longest time that a row may take");
    }

    private static Duration atMost(String text, String meaning)
    {
        String comparator = comparator(text);
        int start = comparator.length();
        String operator = comparator.strip();
        if (operator.startsWith(">") || operator.startsWith("=>") || operator.equals("≥") || operator.equalsIgnoreCase("at least") || operator.equalsIgnoreCase("min.")) {
            throw new SlaFormatException("%s, so %s says nothing".formatted(meaning, quoted(operator)), text.indexOf(operator), "write  \"<= %s\"".formatted(text.substring(start).strip()));
        }
        return duration(text, start);
    }

    /**
     * A share from above 0 to 1: {@code 99.5%}, {@code >= 99.9%}, {@code 0.999}. A number above 1 without a percent sign is refused, since
     * it may mean two things.
     *
     * @throws SlaFormatException when the text is none
     */
    public static BigDecimal ratio(String text)
    {
        checkLength(text);
        String comparator = comparator(text);
        int start = comparator.length();
        String operator = comparator.strip();
        if (operator.startsWith("<") || operator.startsWith("=<") || operator.equals("≤") || operator.toLowerCase(Locale.ROOT).startsWith("max") || operator.equalsIgnoreCase("at most")) {
            throw new SlaFormatException("a least share is promised, so %s says nothing".formatted(quoted(operator)), text.indexOf(operator), "write  \">= %s\"".formatted(text.substring(start).strip()));
        }
        if (operator.equals(">")) {
            throw new SlaFormatException("a share above a figure is never quite reached", text.indexOf(operator), "write  \">= %s\"".formatted(text.substring(start).strip()));
        }
        Matcher matcher = RATIO.matcher(text).region(start, text.length());
        if (!matcher.matches()) {
            throw new SlaFormatException("%s is no share".formatted(quoted(text.strip())), start, "write for example 99.5% or 0.995");
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        boolean percent = matcher.group(2) != null;
        if (!percent && number.compareTo(BigDecimal.ONE) > 0) {
            if (number.compareTo(BigDecimal.valueOf(100)) > 0) {
                throw new SlaFormatException("%s is more than everything".formatted(number.toPlainString()), start, "write at most 100%");
            }
            throw new SlaFormatException(
                    "%s is no share, did you mean %s%% or %s?".formatted(number.toPlainString(), number.toPlainString(), plain(number.movePointLeft(2))),
                    start,
                    "write  \"%s%%\"  or  %s".formatted(number.toPlainString(), plain(number.movePointLeft(2))));
        }
        BigDecimal ratio = percent ? number.movePointLeft(2) : number;
        if (ratio.compareTo(BigDecimal.ONE) > 0) {
            throw new SlaFormatException("%s is more than everything".formatted(quoted(text.strip())), start, "write at most 100%");
        }
        if (ratio.signum() == 0) {
            throw new SlaFormatException("%s promises nothing".formatted(quoted(text.strip())), start, "write a share above zero, or remove the key");
        }
        return new BigDecimal(plain(ratio));
    }

    /**
     * For people: {@code ≤ 15 min}, {@code by 04:00 UTC}.
     */
    public static String human(Freshness freshness)
    {
        return freshness.maxAge()
                .map(age -> (freshness.strict() ? "< " : "≤ ") + DurationText.human(age))
                .orElseGet(() -> "by " + freshness.availableBy().orElseThrow() + freshness.zone().map(zone -> " " + zone).orElse(""));
    }

    /**
     * For people: {@code ≤ 10 min}.
     */
    public static String human(Duration latency)
    {
        return "≤ " + DurationText.human(latency);
    }

    /**
     * For people: {@code ≥ 99.5%}.
     */
    public static String human(BigDecimal ratio)
    {
        return "≥ " + percent(ratio);
    }

    /**
     * For people: {@code 99.5%}.
     */
    public static String percent(BigDecimal ratio)
    {
        return plain(ratio.movePointRight(2)) + "%";
    }

    private static Duration duration(String text, int start)
    {
        try {
            return DurationText.age(text.substring(start));
        }
        catch (SlaFormatException e) {
            throw new SlaFormatException(e.getMessage(), start + e.offset(), e.fix());
        }
    }

    private static Freshness timeOfDay(String text, Optional<String> timestampField)
    {
        Matcher matcher = TIME_OF_DAY.matcher(text);
        if (!matcher.matches()) {
            throw new SlaFormatException("%s names no time of day".formatted(quoted(text)), 0, "write for example \"Data available by 4am UTC\" or \"by 04:00 Europe/Berlin\"");
        }
        int hour = Integer.parseInt(matcher.group(1));
        int minute = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        String half = matcher.group(3) == null ? "" : matcher.group(3).toLowerCase(Locale.ROOT);
        boolean valid = minute < 60 && (half.isEmpty() ? hour < 24 : hour >= 1 && hour <= 12);
        if (!valid) {
            throw new SlaFormatException("%s names no time of day".formatted(quoted(text)), matcher.start(1), "write a time from 00:00 to 23:59, or 1am to 12pm");
        }
        if (!half.isEmpty()) {
            hour = hour % 12 + (half.equals("pm") ? 12 : 0);
        }
        if (matcher.group(4) == null) {
            throw new SlaFormatException("%s has no time zone".formatted(quoted(text)), text.stripTrailing().length(), "write the zone, for example \"%s UTC\"".formatted(text.strip()));
        }
        return new Freshness(Optional.empty(), false, Optional.of(LocalTime.of(hour, minute)), Optional.of(zone(matcher)), timestampField);
    }

    private static ZoneId zone(Matcher matcher)
    {
        String name = matcher.group(4);
        try {
            return ZoneId.of(name.equalsIgnoreCase("utc") || name.equalsIgnoreCase("gmt") || name.equals("Z") ? "UTC" : name);
        }
        catch (DateTimeException e) {
            throw new SlaFormatException("unknown time zone %s".formatted(quoted(name)), matcher.start(4), "write UTC or a name such as Europe/Berlin");
        }
    }

    private static String comparator(String text)
    {
        Matcher matcher = COMPARATOR.matcher(text);
        return matcher.lookingAt() ? matcher.group() : "";
    }

    private static void checkLength(String text)
    {
        if (text.length() > LONGEST_TEXT) {
            throw new SlaFormatException("%s is no service level".formatted(quoted(text)), 0, "write for example \"<= 15m\" or \"99.5%\"");
        }
    }

    private static String plain(BigDecimal number)
    {
        return number.stripTrailingZeros().toPlainString();
    }
}
