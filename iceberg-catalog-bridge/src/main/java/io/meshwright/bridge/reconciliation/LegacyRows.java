package io.meshwright.bridge.reconciliation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * The rows of a statement, whose size is measured as they are read. A value that is missing is null.
 */
public final class LegacyRows
{
    private final ResultSet result;
    private final LegacyMeter meter;

    LegacyRows(ResultSet result, LegacyMeter meter)
    {
        this.result = requireNonNull(result, "result is null");
        this.meter = requireNonNull(meter, "meter is null");
    }

    public boolean next()
            throws SQLException
    {
        return result.next();
    }

    public String text(int column)
            throws SQLException
    {
        String text = result.getString(column);
        meter.received(text == null ? 0 : text.getBytes(UTF_8).length);
        return text;
    }

    public Long integer(int column)
            throws SQLException
    {
        long value = result.getLong(column);
        if (result.wasNull()) {
            return null;
        }
        meter.received(Long.BYTES);
        return value;
    }

    public Double real(int column)
            throws SQLException
    {
        double value = result.getDouble(column);
        if (result.wasNull()) {
            return null;
        }
        meter.received(Double.BYTES);
        return value;
    }

    public BigDecimal decimal(int column)
            throws SQLException
    {
        BigDecimal value = result.getBigDecimal(column);
        meter.received(value == null ? 0 : value.precision());
        return value;
    }

    /**
     * An exact sum, which is 0 where nothing was summed.
     */
    public BigInteger sum(int column)
            throws SQLException
    {
        BigDecimal value = decimal(column);
        return value == null ? BigInteger.ZERO : value.toBigIntegerExact();
    }

    ResultSet result()
    {
        return result;
    }
}
