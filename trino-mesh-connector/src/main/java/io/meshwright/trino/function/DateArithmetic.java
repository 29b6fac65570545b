package io.meshwright.trino.function;

import io.trino.spi.TrinoException;
import io.trino.spi.function.OperatorType;
import io.trino.spi.function.ScalarOperator;
import io.trino.spi.function.SqlType;
import io.trino.spi.type.StandardTypes;

import static io.trino.spi.StandardErrorCode.NUMERIC_VALUE_OUT_OF_RANGE;

/**
 * Dates and whole days, as the warehouses write it from which statements come: {@code current_date - 1}. Trino itself knows dates and intervals only.
 */
public final class DateArithmetic
{
    private DateArithmetic() {}

    @ScalarOperator(OperatorType.ADD)
    @SqlType(StandardTypes.DATE)
    public static long addDays(@SqlType(StandardTypes.DATE) long date, @SqlType(StandardTypes.INTEGER) long days)
    {
        return checked(date + days);
    }

    @ScalarOperator(OperatorType.SUBTRACT)
    @SqlType(StandardTypes.DATE)
    public static long subtractDays(@SqlType(StandardTypes.DATE) long date, @SqlType(StandardTypes.INTEGER) long days)
    {
        return checked(date - days);
    }

    /**
     * A date is an int of days since 1970, the sum of two ints fits into a long.
     */
    private static long checked(long day)
    {
        if (day != (int) day) {
            throw new TrinoException(NUMERIC_VALUE_OUT_OF_RANGE, "The date is out of range");
        }
        return day;
    }
}
