package io.meshwright.bridge.reconciliation;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.reconciliation.ReconciliationRule;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * Whether the legacy database may be asked now. Asked before each statement, so that a run that reaches the blackout hours stops there.
 *
 * @param blackout local hours such as {@code 08:00-18:00}
 * @param zone whose hours are meant
 * @param pauseFile nothing is sent while this file exists
 */
public record LegacyGuard(Optional<String> blackout, ZoneId zone, Optional<Path> pauseFile, Clock clock)
{
    public LegacyGuard
    {
        requireNonNull(blackout, "blackout is null");
        requireNonNull(zone, "zone is null");
        requireNonNull(pauseFile, "pauseFile is null");
        requireNonNull(clock, "clock is null");
    }

    /**
     * @throws MeshException where the legacy database is to be left alone now
     */
    public void check()
    {
        pauseFile.filter(Files::exists).ifPresent(file -> {
            throw new MeshException(ReconciliationRule.PAUSED, EXTERNAL, "The legacy warehouse is paused by the file " + file.getFileName(), "run again when the file is gone");
        });
        blackout.filter(this::isWithin).ifPresent(hours -> {
            throw new MeshException(ReconciliationRule.BLACKOUT, EXTERNAL, "The legacy warehouse is left alone at " + hours + " (" + zone.getId() + ")", "run again outside of these hours");
        });
    }

    private boolean isWithin(String hours)
    {
        String[] ends = hours.split("-", 2);
        try {
            LocalTime begin = LocalTime.parse(ends[0].strip());
            LocalTime end = LocalTime.parse(ends[1].strip());
            LocalTime time = clock.instant().atZone(zone).toLocalTime();
            return begin.isBefore(end) ? !time.isBefore(begin) && time.isBefore(end) : !time.isBefore(begin) || time.isBefore(end);
        }
        catch (DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new MeshException(ReconciliationRule.BLACKOUT, USER, "migration.protect.blackout is not understood: " + hours, "write hours like 08:00-18:00", e);
        }
    }
}
