package io.meshwright.model.fingerprint;

import java.util.List;
import java.util.Optional;

/**
 * How one database is asked for what {@link RowHash} computes in Java. Gives texts of SQL, and sends nothing.
 */
public interface LegacyDialect
{
    /**
     * The profile in reports, for example {@code native} or {@code md5}.
     */
    String profile();

    /**
     * What values of a type of this database can be compared as; empty where they cannot, for example documents and large objects.
     *
     * @param type as the driver names it, in lower case
     * @param precision digits, or characters; 0 where the type has none
     * @param scale digits after the point of a number or of a second; 0 where the type has none
     */
    Optional<ComparedType> typeOf(String type, int precision, int scale);

    /**
     * The hash of a row in Java.
     */
    RowHash rowHash(List<ComparedColumn> columns);

    /**
     * An expression that gives the same hash as {@link #rowHash}, as a 64-bit integer.
     */
    String hash(List<ComparedColumn> columns);

    /**
     * An expression that gives the hash of one value by itself, as {@link RowHash#hash(int, Object)} does.
     */
    String hash(ComparedColumn column);

    /**
     * An expression that gives a value in a form that each driver reads alike: integers, dates (epoch day), timestamps (epoch microseconds) and times
     * (microseconds of the day) as a 64-bit integer, decimals as a decimal, floating point numbers as a double, a boolean as 1 or 0, texts and UUIDs as a text, bytes as
     * a text of hexadecimal digits.
     */
    String value(ComparedColumn column);

    /**
     * An expression that gives {@link Bucketing#bucket}, as a 64-bit integer.
     *
     * @param key an expression of the key where it is one integer, otherwise of the hash of the key's values
     */
    String bucket(Bucketing bucketing, String key);

    /**
     * An exact sum of 64-bit integers, which no number of rows overflows.
     */
    String sum(String expression);
}
