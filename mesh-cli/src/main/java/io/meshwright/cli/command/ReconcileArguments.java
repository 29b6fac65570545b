package io.meshwright.cli.command;

import io.meshwright.cli.CliRule;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.yaml.DidYouMean;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;

import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * Refuses options of {@code mesh reconcile} that the job would refuse, before an engine is started for them.
 */
final class ReconcileArguments
{
    private static final List<String> LEVELS = List.of("counts", "aggregates", "rows");
    private static final List<String> PROFILES = List.of("auto", "native", "md5", "sha256");

    private ReconcileArguments() {}

    static void checkLevel(String level)
    {
        checkOneOf("--level", level, LEVELS);
    }

    static void checkProfile(String profile)
    {
        checkOneOf("--profile", profile, PROFILES);
    }

    static void checkZone(String zone)
    {
        if (zone == null) {
            return;
        }
        try {
            ZoneId.of(zone);
        }
        catch (DateTimeException e) {
            throw usage("--zone is no time zone: " + zone + didYouMean(zone, ZoneId.getAvailableZoneIds()), "write it like UTC or Europe/Berlin");
        }
    }

    static void checkDays(String day, String from, String to)
    {
        if (day != null && (from != null || to != null)) {
            throw usage("--day goes with neither --from nor --to", "give one day, or a range");
        }
        if (day != null) {
            date("--day", day);
        }
        LocalDate first = from == null ? LocalDate.MIN : date("--from", from);
        LocalDate last = to == null ? LocalDate.MAX : date("--to", to);
        if (last.isBefore(first)) {
            throw usage("--to %s is before --from %s".formatted(to, from), "exchange them");
        }
    }

    static LocalDate date(String option, String text)
    {
        try {
            return LocalDate.parse(text);
        }
        catch (DateTimeException e) {
            throw usage(option + " is no date: " + text, "write it like 2026-11-20");
        }
    }

    static MeshException usage(String message, String fix)
    {
        return new MeshException(CliRule.USAGE, USER, message, fix);
    }

    private static void checkOneOf(String option, String value, List<String> known)
    {
        if (value != null && !known.contains(value)) {
            throw usage("Unknown value \"" + value + "\" of " + option + didYouMean(value, known), "use one of: " + String.join(", ", known));
        }
    }

    private static String didYouMean(String word, Collection<String> known)
    {
        return DidYouMean.suggest(word, known).map(", did you mean %s?"::formatted).orElse("");
    }
}
