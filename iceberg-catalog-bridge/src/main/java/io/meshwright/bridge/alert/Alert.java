package io.meshwright.bridge.alert;

import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.model.json.RecordJson;
import io.meshwright.model.product.Team;
import io.meshwright.model.sla.SlaEvaluator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What is sent. The component names are the keys of the JSON form and stay. It holds no value of the data: a figure that could be one of a
 * masked column is left out.
 *
 * @param deliveryKey the same for every attempt to tell this, so that a receiver can drop a repetition
 * @param incident the same for everything that is told of one incident
 * @param subjectType objective, check or reconciliation
 * @param subject for example {@code freshness}, the name of a check, or a legacy table
 * @param status missed, failed, breach, or unknown where nobody could tell several times running
 * @param unit seconds or ratio for objectives and reconciliations; empty for checks
 * @param level of escalation, 0 at first
 * @param since when it was first found
 * @param lastSeen when it was last found
 */
public record Alert(
        String apiVersion,
        String kind,
        AlertEvent event,
        String deliveryKey,
        String incident,
        String product,
        String domain,
        String subjectType,
        String subject,
        Optional<String> field,
        String status,
        Optional<BigDecimal> value,
        Optional<String> threshold,
        Optional<String> unit,
        int level,
        Instant since,
        Instant lastSeen,
        Optional<Instant> resolvedAt,
        String summary,
        Optional<String> source,
        String owner,
        Optional<String> ownerTeam,
        Contacts contacts)
{
    // a contract's names may be long, and pagers cut
    private static final int LONGEST_TEXT = 1000;

    /**
     * The people and places of the product's team.
     */
    public record Contacts(
            Optional<String> technicalOwner,
            Optional<String> developer,
            Optional<String> businessOwner,
            Optional<String> steward,
            Optional<String> onCall,
            Optional<String> escalationPath,
            Optional<String> channel)
    {
        static Contacts of(Team team)
        {
            return new Contacts(
                    contact(team, "technical_owner"),
                    contact(team, "developer"),
                    contact(team, "business_owner"),
                    contact(team, "steward"),
                    contact(team, "on_call_rotation").or(() -> contact(team, "oncall")),
                    contact(team, "escalation_path"),
                    contact(team, "communication_channel"));
        }

        private static Optional<String> contact(Team team, String key)
        {
            return Optional.ofNullable(team.contacts().get(key));
        }
    }

    public Alert
    {
        requireNonNull(event, "event is null");
        requireNonNull(deliveryKey, "deliveryKey is null");
        requireNonNull(incident, "incident is null");
    }

    /**
     * @param figureShown whether the figure and what was said about it hold no value of a masked column
     */
    static Alert of(RegisteredProduct product, Incident incident, AlertEvent event, int level, boolean figureShown)
    {
        Evaluation last = incident.last();
        String status = incident.kind() == Incident.Kind.UNKNOWN ? "unknown" : last.status();
        return new Alert(
                RecordJson.API_VERSION,
                "Alert",
                event,
                deliveryKey(incident, event, level),
                incident.id(),
                incident.product(),
                product.address().domain(),
                incident.subject().type().label(),
                incident.name(),
                incident.subject().field(),
                status,
                last.value().filter(unused -> figureShown).map(BigDecimal::stripTrailingZeros),
                last.threshold(),
                unit(incident),
                level,
                incident.since(),
                last.at(),
                incident.resolvedAt().filter(unused -> event == AlertEvent.RESOLVED),
                summary(incident, event, status, last, figureShown),
                last.source().map(Alert::shortened),
                product.spec().owner(),
                product.spec().ownerTeam(),
                Contacts.of(product.spec().team()));
    }

    private static Optional<String> unit(Incident incident)
    {
        return switch (incident.subject().type()) {
            case OBJECTIVE -> Optional.of(SlaEvaluator.isSeconds(incident.name()) ? "seconds" : "ratio");
            case RECONCILIATION -> Optional.of("ratio");
            case CHECK -> Optional.empty();
        };
    }

    static String deliveryKey(Incident incident, AlertEvent event, int level)
    {
        return incident.id() + ":" + event.label() + (event == AlertEvent.ESCALATED ? ":" + level : "");
    }

    private static String summary(Incident incident, AlertEvent event, String status, Evaluation last, boolean figureShown)
    {
        String subject = incident.product() + ": " + incident.subject().type().label() + " " + incident.name();
        if (event == AlertEvent.RESOLVED) {
            return shortened(subject + " is kept again, after " + status + " since " + incident.since());
        }
        String detail = figureShown ? last.message().map(text -> ": " + text).orElse("") : "";
        return shortened(subject + " is " + status + " since " + incident.since() + detail);
    }

    private static String shortened(String text)
    {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
