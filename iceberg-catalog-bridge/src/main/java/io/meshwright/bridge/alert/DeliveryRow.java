package io.meshwright.bridge.alert;

import io.meshwright.bridge.table.RowSchema;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One attempt to tell a hook of an incident, as a row of {@code mesh.alert_deliveries}.
 *
 * @param deliveryKey the same for every attempt to tell the same thing
 * @param level of escalation, 0 at first
 * @param attempts how often the hook was called
 * @param detail why it failed, without secrets
 */
public record DeliveryRow(
        String deliveryKey,
        String incident,
        String product,
        String subjectType,
        String subject,
        String hook,
        String event,
        int level,
        String outcome,
        int attempts,
        Optional<String> detail,
        Instant deliveredAt)
{
    public static final String DELIVERED = "delivered";
    public static final String FAILED = "failed";

    /**
     * The table's name in the registry's namespace.
     */
    public static final String TABLE = "alert_deliveries";

    public static final RowSchema<DeliveryRow> SCHEMA = RowSchema.<DeliveryRow>builder()
            .bounds("product")
            .string("delivery_key", "The same for every attempt to tell the same thing, so that a receiver knows a repetition", DeliveryRow::deliveryKey)
            .string("incident", "Id of the incident, the same as long as it lasts", DeliveryRow::incident)
            .string("product", "Address of the product", DeliveryRow::product)
            .string("subject_type", "objective, check or reconciliation", DeliveryRow::subjectType)
            .string("subject", "Name of the objective or check", DeliveryRow::subject)
            .string("hook", "Name of the hook in mesh.yaml", DeliveryRow::hook)
            .string("event", "triggered, escalated or resolved", DeliveryRow::event)
            .integer("level", "Level of escalation, 0 at first", DeliveryRow::level)
            .string("outcome", "delivered or failed; what failed is tried again at the next evaluation", DeliveryRow::outcome)
            .integer("attempts", "How often the hook was called", DeliveryRow::attempts)
            .optionalString("detail", "Why it failed", DeliveryRow::detail)
            .timestamp("delivered_at", "When the last attempt ended", DeliveryRow::deliveredAt)
            .build(row -> new DeliveryRow(
                    row.string("delivery_key"),
                    row.string("incident"),
                    row.string("product"),
                    row.string("subject_type"),
                    row.string("subject"),
                    row.string("hook"),
                    row.string("event"),
                    row.integer("level"),
                    row.string("outcome"),
                    row.integer("attempts"),
                    row.optionalString("detail"),
                    row.timestamp("delivered_at")));

    public DeliveryRow
    {
        requireNonNull(deliveryKey, "deliveryKey is null");
        requireNonNull(incident, "incident is null");
        requireNonNull(product, "product is null");
        requireNonNull(hook, "hook is null");
        requireNonNull(event, "event is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(detail, "detail is null");
        requireNonNull(deliveredAt, "deliveredAt is null");
    }

    public boolean isDelivered()
    {
        return outcome.equals(DELIVERED);
    }
}
