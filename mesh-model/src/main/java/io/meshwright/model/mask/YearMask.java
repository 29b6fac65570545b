package io.meshwright.model.mask;

import java.time.LocalDate;

/**
 * The mask {@link MaskKind#YEAR}: the first day of the value's year, in UTC where the value is an instant.
 */
public final class YearMask
{
    private YearMask() {}

    /**
     * @param epochDay days since 1970-01-01
     */
    public static long firstDayOfYear(long epochDay)
    {
        return LocalDate.ofEpochDay(epochDay).withDayOfYear(1).toEpochDay();
    }
}
