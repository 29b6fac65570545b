package io.meshwright.bridge.migration;

import io.meshwright.bridge.table.RowSchema;

import java.util.Collection;
import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * One condition of a cutover or decommission.
 *
 * @param name stable, for programs
 * @param words for people: why it has this status, with the figures
 */
public record Gate(String name, Status status, String words)
{
    public enum Status
    {
        PASSED,
        FAILED,
        /**
         * It cannot be told, which is never passed.
         */
        UNKNOWN;

        public String label()
        {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final RowSchema<Gate> SCHEMA = RowSchema.<Gate>builder()
            .string("name", "Stable name of the gate", Gate::name)
            .string("status", "passed, failed or unknown", gate -> gate.status().label())
            .string("words", "Why", Gate::words)
            .build(row -> new Gate(row.string("name"), Status.valueOf(row.string("status").toUpperCase(Locale.ROOT)), row.string("words")));

    public Gate
    {
        requireNonNull(name, "name is null");
        requireNonNull(status, "status is null");
        requireNonNull(words, "words is null");
    }

    static Gate passed(String name, String words)
    {
        return new Gate(name, Status.PASSED, words);
    }

    static Gate failed(String name, String words)
    {
        return new Gate(name, Status.FAILED, words);
    }

    static Gate unknown(String name, String words)
    {
        return new Gate(name, Status.UNKNOWN, words);
    }

    public boolean isPassed()
    {
        return status == Status.PASSED;
    }

    /**
     * Of all gates together: failed where one has failed, else unknown where one is unknown. No gates are unknown, since nothing was looked at.
     */
    public static Status worst(Collection<Gate> gates)
    {
        if (gates.stream().anyMatch(gate -> gate.status == Status.FAILED)) {
            return Status.FAILED;
        }
        return gates.isEmpty() || gates.stream().anyMatch(gate -> gate.status == Status.UNKNOWN) ? Status.UNKNOWN : Status.PASSED;
    }
}
