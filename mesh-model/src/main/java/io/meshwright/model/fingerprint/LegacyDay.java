package io.meshwright.model.fingerprint;

import static java.util.Objects.requireNonNull;

/**
 * The day of a legacy row, in SQL.
 *
 * @param day read as a text it begins with the day, for example {@code 2026-11-20}; NULL for a row without one
 * @param within whether the day lies in the range, so that an index on the column can be used; not true for a row without a day
 */
public record LegacyDay(String day, String within)
{
    public LegacyDay
    {
        requireNonNull(day, "day is null");
        requireNonNull(within, "within is null");
    }
}
