package io.meshwright.bridge.admission;

import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * One of the steps of a registration, in their order.
 *
 * @param message what was done or found, or why nothing was
 */
public record AdmissionStep(Name name, Status status, String message)
{
    public enum Name
    {
        SCHEMA_COMPATIBILITY("schema compatibility"),
        PII_SCAN("PII scan"),
        CATALOG("catalog"),
        SLA_MONITOR("SLA monitor");

        private final String label;

        Name(String label)
        {
            this.label = label;
        }

        public String label()
        {
            return label;
        }
    }

    public enum Status
    {
        OK,
        /**
         * Nothing was checked: the step is not built yet.
         */
        PENDING,
        REFUSED,
        /**
         * Not reached, because an earlier step refused.
         */
        SKIPPED;

        public String label()
        {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AdmissionStep
    {
        requireNonNull(name, "name is null");
        requireNonNull(status, "status is null");
        requireNonNull(message, "message is null");
    }
}
