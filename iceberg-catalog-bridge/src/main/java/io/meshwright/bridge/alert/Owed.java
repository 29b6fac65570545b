package io.meshwright.bridge.alert;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.config.AlertSettings;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.bridge.alert.AlertEvent.ESCALATED;
import static io.meshwright.bridge.alert.AlertEvent.RESOLVED;
import static io.meshwright.bridge.alert.AlertEvent.TRIGGERED;
import static java.util.Objects.requireNonNull;

/**
 * Something that a hook is still to be told of an incident.
 *
 * @param repetition of what it was told before, for a receiver that forgets
 */
record Owed(AlertEvent event, int level, boolean repetition)
{
    Owed
    {
        requireNonNull(event, "event is null");
    }

    /**
     * In the order in which it is to be told.
     *
     * @param former all recorded deliveries of the product
     */
    static List<Owed> of(Incident incident, AlertHook hook, List<DeliveryRow> former, AlertSettings settings, Instant now)
    {
        List<DeliveryRow> delivered = former.stream()
                .filter(row -> row.incident().equals(incident.id()) && row.hook().equals(hook.name()) && row.isDelivered())
                .collect(toImmutableList());
        int level = level(incident.lasted(now), settings.escalateAfter());
        if (delivered.isEmpty()) {
            boolean old = !incident.isOpen() && incident.resolvedAt().orElseThrow().isBefore(now.minus(Alerting.CATCH_UP));
            if (level < hook.fromLevel() || old) {
                return ImmutableList.of();
            }
        }
        if (delivered.stream().anyMatch(row -> row.event().equals(RESOLVED.label()))) {
            return ImmutableList.of();
        }
        ImmutableList.Builder<Owed> owed = ImmutableList.builder();
        int told = delivered.stream().mapToInt(DeliveryRow::level).max().orElse(-1);
        if (delivered.isEmpty()) {
            owed.add(new Owed(TRIGGERED, level, false));
        }
        else if (incident.isOpen() && level > told) {
            owed.add(new Owed(ESCALATED, level, false));
        }
        else if (incident.isOpen() && hook.isRepeated()) {
            owed.add(new Owed(TRIGGERED, level, true));
        }
        if (!incident.isOpen()) {
            owed.add(new Owed(RESOLVED, Math.max(told, level), false));
        }
        return owed.build();
    }

    /**
     * How many of the limits an incident has outlasted.
     */
    private static int level(Duration lasted, List<Duration> limits)
    {
        return (int) limits.stream().filter(limit -> lasted.compareTo(limit) >= 0).count();
    }
}
