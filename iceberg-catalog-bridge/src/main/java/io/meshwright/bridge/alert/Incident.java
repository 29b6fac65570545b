package io.meshwright.bridge.alert;

import com.google.common.hash.Hashing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * A time in which a promise of a product was broken, or, where somebody wants to know, in which nobody could tell.
 *
 * @param id the same for the whole time, whoever derives it
 * @param last the newest evaluation that found it broken (or could not tell)
 * @param since when it was first found
 * @param resolvedAt when it was found kept again; empty while it lasts
 */
public record Incident(String id, String product, Subject subject, Kind kind, Instant since, Optional<Instant> resolvedAt, Evaluation last)
{
    public enum Kind
    {
        BROKEN("broken"),
        UNKNOWN("unknown");

        private final String label;

        Kind(String label)
        {
            this.label = label;
        }

        public String label()
        {
            return label;
        }
    }

    /**
     * What is promised.
     *
     * @param name of the objective or check, or of the legacy table
     * @param port for a check; the empty text for others
     * @param field the column, for a check of one
     */
    public record Subject(Type type, String name, String port, Optional<String> field)
    {
        public enum Type
        {
            OBJECTIVE("objective"),
            CHECK("check"),
            /**
             * That the product has what the legacy table has, which its completeness objective promises.
             */
            RECONCILIATION("reconciliation");

            private final String label;

            Type(String label)
            {
                this.label = label;
            }

            public String label()
            {
                return label;
            }
        }

        public Subject
        {
            requireNonNull(type, "type is null");
            requireNonNull(name, "name is null");
            requireNonNull(port, "port is null");
            requireNonNull(field, "field is null");
        }

        static Subject objective(String name)
        {
            return new Subject(Type.OBJECTIVE, name, "", Optional.empty());
        }

        static Subject reconciliation(String legacy)
        {
            return new Subject(Type.RECONCILIATION, legacy, "", Optional.empty());
        }
    }

    public Incident
    {
        requireNonNull(id, "id is null");
        requireNonNull(product, "product is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(since, "since is null");
        requireNonNull(resolvedAt, "resolvedAt is null");
        requireNonNull(last, "last is null");
    }

    static Incident begin(String product, Subject subject, Kind kind, Evaluation first)
    {
        String identity = String.join("\n", product, subject.type().label(), subject.port(), subject.name(), kind.label(), first.runId());
        return new Incident("inc-" + Hashing.sha256().hashString(identity, UTF_8).toString().substring(0, 20), product, subject, kind, first.at(), Optional.empty(), first);
    }

    Incident with(Evaluation newer)
    {
        return new Incident(id, product, subject, kind, since, resolvedAt, newer);
    }

    Incident resolved(Instant at)
    {
        return new Incident(id, product, subject, kind, since, Optional.of(at), last);
    }

    public boolean isOpen()
    {
        return resolvedAt.isEmpty();
    }

    /**
     * The name of the objective or check.
     */
    public String name()
    {
        return subject.name();
    }

    /**
     * How long it has lasted, or lasted.
     */
    Duration lasted(Instant now)
    {
        return Duration.between(since, resolvedAt.orElse(now));
    }
}
