package io.meshwright.bridge.alert;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.meshwright.bridge.config.HookSettings;
import io.meshwright.model.json.RecordJson;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Posts the alert to an Alertmanager, API version 2. Alerts with the same labels are one for it, so the labels hold nothing that changes
 * while an incident lasts. It forgets alerts when it restarts and ends those that are not repeated, hence {@link #isRepeated}.
 */
final class AlertmanagerHook
        implements AlertHook
{
    /**
     * Longer than between two evaluations, or Alertmanager would take the silence for an end.
     */
    static final Duration HOLD = Duration.ofHours(25);

    private static final String PATH = "/api/v2/alerts";

    private final HookSettings settings;
    private final Attempts attempts;
    private final HttpPost http;
    private final Clock clock;

    /**
     * An element of the posted list; the names are Alertmanager's.
     */
    record Posted(Map<String, String> labels, Map<String, String> annotations, Instant startsAt, Instant endsAt)
    {
        Posted
        {
            labels = ImmutableMap.copyOf(labels);
            annotations = ImmutableMap.copyOf(annotations);
        }
    }

    AlertmanagerHook(HookSettings settings, Attempts attempts, Clock clock)
    {
        this.settings = settings;
        this.attempts = attempts;
        this.http = new HttpPost(settings);
        this.clock = clock;
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
    public boolean isRepeated()
    {
        return true;
    }

    @Override
    public Outcome send(Alert alert)
    {
        String json = "[" + RecordJson.writeLine(posted(alert)) + "]";
        return attempts.run(() -> http.post(PATH, json, alert.deliveryKey()));
    }

    Posted posted(Alert alert)
    {
        // of equal keys the configured label wins
        ImmutableSortedMap.Builder<String, String> own = ImmutableSortedMap.naturalOrder();
        own.put("alertname", "DataProductPromiseBroken");
        own.put("product", alert.product());
        own.put("domain", alert.domain());
        own.put("subject_type", alert.subjectType());
        own.put("subject", alert.subject());
        alert.field().ifPresent(field -> own.put("field", field));
        own.put("owner", alert.owner());
        alert.ownerTeam().ifPresent(team -> own.put("owner_team", team));
        Map<String, String> labels = ImmutableMap.<String, String>builder().putAll(own.buildOrThrow()).putAll(settings.labels()).buildKeepingLast();

        ImmutableMap.Builder<String, String> annotations = ImmutableMap.builder();
        annotations.put("summary", alert.summary());
        annotations.put("incident", alert.incident());
        annotations.put("status", alert.status());
        annotations.put("level", Integer.toString(alert.level()));
        alert.value().ifPresent(value -> annotations.put("value", value.toPlainString()));
        alert.threshold().ifPresent(threshold -> annotations.put("threshold", threshold));
        alert.unit().ifPresent(unit -> annotations.put("unit", unit));
        Alert.Contacts contacts = alert.contacts();
        contacts.technicalOwner().ifPresent(contact -> annotations.put("technical_owner", contact));
        contacts.developer().ifPresent(contact -> annotations.put("developer", contact));
        contacts.businessOwner().ifPresent(contact -> annotations.put("business_owner", contact));
        contacts.steward().ifPresent(contact -> annotations.put("steward", contact));
        contacts.onCall().ifPresent(contact -> annotations.put("on_call_rotation", contact));
        contacts.escalationPath().ifPresent(contact -> annotations.put("escalation_path", contact));
        contacts.channel().ifPresent(contact -> annotations.put("communication_channel", contact));
        return new Posted(labels, annotations.buildOrThrow(), alert.since(), alert.resolvedAt().orElseGet(() -> clock.instant().plus(HOLD)));
    }
}
