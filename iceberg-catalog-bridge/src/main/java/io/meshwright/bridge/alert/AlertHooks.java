package io.meshwright.bridge.alert;

import io.meshwright.bridge.config.AlertSettings;
import io.meshwright.bridge.config.HookSettings;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Makes hooks of their settings.
 */
final class AlertHooks
{
    private AlertHooks() {}

    static List<AlertHook> of(AlertSettings settings, Clock clock)
    {
        return settings.hooks().stream().map(hook -> of(hook, Attempts.FIRST_WAIT, clock)).collect(toImmutableList());
    }

    static AlertHook of(HookSettings settings, Duration firstWait, Clock clock)
    {
        Attempts attempts = new Attempts(settings.attempts(), firstWait);
        return switch (settings.type()) {
            case WEBHOOK -> new WebhookHook(settings, attempts);
            case ALERTMANAGER -> new AlertmanagerHook(settings, attempts, clock);
            case EXEC -> new ExecHook(settings, attempts);
        };
    }
}
