package io.meshwright.bridge.alert;

import io.meshwright.bridge.config.HookSettings;
import io.meshwright.model.json.RecordJson;

/**
 * Posts the alert as it is. Any answer of 2xx counts as delivered.
 */
final class WebhookHook
        implements AlertHook
{
    private final HookSettings settings;
    private final Attempts attempts;
    private final HttpPost http;

    WebhookHook(HookSettings settings, Attempts attempts)
    {
        this.settings = settings;
        this.attempts = attempts;
        this.http = new HttpPost(settings);
    }

    @Override
    public String name()
    {
        return settings.name();
    }

    @Override
    public int fromLevel()
    {
        return settings.fromLevel();
    }

    @Override
    public Outcome send(Alert alert)
    {
        String json = RecordJson.writeLine(alert);
        return attempts.run(() -> http.post("", json, alert.deliveryKey()));
    }
}
