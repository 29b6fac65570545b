package io.meshwright.model.sla;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where the time of the newest data is taken from: the declared timestamp field, else the only required timestamp,
 * else the last commit that changed data.
 *
 * @param field empty for the commit
 */
public record FreshnessSource(Kind kind, Optional<String> field)
{
    public enum Kind
    {
        DECLARED_FIELD,
        ONLY_REQUIRED_TIMESTAMP,
        LAST_DATA_COMMIT,
    }

    public static final FreshnessSource LAST_DATA_COMMIT = new FreshnessSource(Kind.LAST_DATA_COMMIT, Optional.empty());

    public FreshnessSource
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(field, "field is null");
        if ((kind == Kind.LAST_DATA_COMMIT) == field.isPresent()) {
            throw new IllegalArgumentException("A field belongs to every source but the commit");
        }
    }

    /**
     * In the words of a report, for example {@code occurred_at (the only required timestamp)}.
     */
    public String description()
    {
        return switch (kind) {
            case DECLARED_FIELD -> field.orElseThrow() + " (declared)";
            case ONLY_REQUIRED_TIMESTAMP -> field.orElseThrow() + " (the only required timestamp)";
            case LAST_DATA_COMMIT -> "last data-changing commit";
        };
    }
}
