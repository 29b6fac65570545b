package io.meshwright.model.fingerprint;

import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.reconciliation.DayRange;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The SQL of a legacy database. Gives expressions, never whole statements, so it decides nothing about what is read; every expression is free of side effects.
 * Numbers and texts come out the same as {@link #rowHash Java's}, which golden vectors prove on those servers that tests can run.
 * <p>
 * A grouped statement takes the form {@code SELECT d, b, count(*), sum... FROM (SELECT window AS d, ... FROM table WHERE ...) r GROUP BY d, b}: not all databases group
 * by an ordinal or an alias.
 */
public interface LegacyDialect
{
    /**
     * The product's name, for messages and reports.
     */
    String name();

    /**
     * An identifier that means itself, whatever letters it has.
     */
    default String quoted(String identifier)
    {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    /**
     * An expression of the specification as this database reads it.
     *
     * @throws MeshException where it could mean something else here than what was proven harmless
     */
    default String expression(ReadOnlyExpression expression)
    {
        return "(" + expression.ansiText() + ")";
    }

    /**
     * What a legacy column is before it meets a product's column.
     *
     * @return empty where its values have no canonical text: nested values, large objects, and what is not known
     */
    Optional<ComparedType> comparedType(LegacyType type);

    /**
     * Whether the empty text is NULL here, and so is none of the product's either.
     */
    default boolean isEmptyNull()
    {
        return false;
    }

    /**
     * How a column of the product is compared with its legacy column.
     *
     * @param column of the product
     * @param iceberg the type of the product's column as Iceberg writes it
     * @param zone that the specification declares for the clock of timestamps without a zone
     */
    default ColumnMatch match(String column, ReadOnlyExpression legacy, LegacyType legacyType, String iceberg, Optional<ZoneId> zone)
    {
        return ColumnMatch.of(this, column, legacy, legacyType, iceberg, zone);
    }

    /**
     * Whether the database can tell what a clock in the zone shows at any instant.
     */
    default boolean knowsZone(ZoneId zone)
    {
        return true;
    }

    /**
     * Whether the database has a hash of rows that Java reproduces.
     *
     * @param majorVersion of the server, as JDBC tells it
     */
    default boolean hasNativeHash(int majorVersion)
    {
        return false;
    }

    /**
     * Why a profile cannot be used for these columns, in words; empty where it can.
     */
    default Optional<String> refusal(HashProfile profile, List<ComparedColumn> columns)
    {
        return profile == HashProfile.NATIVE ? Optional.of(name() + " has no hash of rows that is reproduced here") : Optional.empty();
    }

    /**
     * A query that gives one text for each reason why a native hash cannot be trusted for this table, and no row where there is none.
     *
     * @param table as it goes into a statement
     */
    default Optional<String> nativeRefusals(String table)
    {
        return Optional.empty();
    }

    /**
     * Java's side of {@link #rowHashSql} and {@link #columnHashSql}.
     *
     * @param columns all of a hashed kind
     */
    RowHash rowHash(HashProfile profile, List<ComparedColumn> columns);

    /**
     * The hash of a row as a 64-bit integer, never NULL.
     *
     * @param columns all of a hashed kind
     */
    String rowHashSql(HashProfile profile, List<ComparedColumn> columns);

    /**
     * The hash of one value as a 64-bit integer, NULL for NULL; of an integer the value itself.
     */
    String columnHashSql(HashProfile profile, ComparedColumn column);

    /**
     * The value for reading: take it as a text and give it to {@link CanonicalText#parse}. NULL for NULL.
     */
    String valueSql(ComparedColumn column);

    /**
     * The value of a number as a number, for sum, min and max: a 64-bit integer, a decimal of all digits that the database has, or a double.
     */
    String numberSql(ComparedColumn column);

    /**
     * The exact sum of 64-bit integers, 0 over no rows, which cannot overflow. Read it as a {@link java.math.BigDecimal}.
     *
     * @param integer from {@link #columnHashSql} or {@link #rowHashSql}
     */
    String sumSql(String integer);

    /**
     * The bucket of a row as {@link Bucketing#bucket} computes it.
     *
     * @param number the integer key by {@link #numberSql}, or the hash of the key by {@link #rowHashSql}
     */
    String bucketSql(Bucketing bucketing, String number);

    /**
     * What is the same for two values of an expression exactly where they are the same to the product, for counting distinct ones.
     *
     * @param expression by {@link #expression}
     */
    default String distinctSql(LegacyType type, String expression)
    {
        return expression;
    }

    /**
     * The day of a row.
     *
     * @param expression by {@link #expression}
     * @throws MeshException where the type has no day
     */
    LegacyDay day(LegacyType type, String expression, DayRange range);

    /**
     * What is run once on a new connection, with every statement committed by itself, before anything of the specification is sent.
     */
    List<String> session(Duration statementTimeout);

    /**
     * What begins the read-only transaction in which all statements see the same rows, or as nearly so as the database can.
     */
    List<String> begin();

    /**
     * The table as it was at a time, where the database offers no such transaction.
     *
     * @param table as it goes into a statement
     */
    default String tableAsOf(String table, Instant time)
    {
        return table;
    }

    /**
     * A query for the database's own time, in microseconds since 1970-01-01T00:00:00Z.
     */
    String now();

    /**
     * A literal in the place of a column, by which a server is proven to hash as Java does.
     *
     * @param value as in {@link GoldenVector}; empty for NULL
     * @return empty where this database has no such literal
     */
    Optional<ComparedColumn> constant(ComparedType type, Optional<String> value);

    /**
     * A query of one row with these expressions.
     */
    default String selectSql(List<String> expressions)
    {
        return "SELECT " + String.join(", ", expressions);
    }

    /**
     * A query of no more than so many rows, whichever they are.
     *
     * @param select one SELECT, without an order
     */
    default String limited(String select, int rows)
    {
        return select + " LIMIT " + rows;
    }

    /**
     * How many rows a fetch asks for, so that the driver does not hold them all: what to give to {@code Statement.setFetchSize}.
     */
    default int fetchSize()
    {
        return 10_000;
    }
}
