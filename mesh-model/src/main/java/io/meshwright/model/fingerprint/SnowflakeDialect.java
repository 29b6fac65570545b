package io.meshwright.model.fingerprint;

import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.ComparedType.Kind;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Snowflake. Tables are read as of one time, since its transactions see what others commit.
 */
public final class SnowflakeDialect
        extends CanonicalDialect
{
    private static final int DIGITS_OF_A_LONG = 18;

    @Override
    public String name()
    {
        return "Snowflake";
    }

    @Override
    public String expression(ReadOnlyExpression expression)
    {
        return Backslash.refused(name(), super.expression(expression));
    }

    @Override
    public Optional<ComparedType> comparedType(LegacyType type)
    {
        return switch (type.name()) {
            case "number", "decimal", "numeric", "bigint", "integer" -> Optional.of(
                    type.scale() == 0 && type.precision() > 0 && type.precision() <= DIGITS_OF_A_LONG ? ComparedType.of(Kind.INTEGER) : new ComparedType(Kind.DECIMAL, type.scale()));
            case "float", "double", "real" -> Optional.of(ComparedType.of(Kind.DOUBLE));
            case "date" -> Optional.of(ComparedType.of(Kind.DATE));
            case "time" -> Optional.of(new ComparedType(Kind.TIME, type.scale()));
            case "timestampntz", "timestamp_ntz" -> Optional.of(new ComparedType(Kind.TIMESTAMP, type.scale()));
            case "timestampltz", "timestamp_ltz", "timestamptz", "timestamp_tz" -> Optional.of(new ComparedType(Kind.INSTANT, type.scale()));
            case "boolean" -> Optional.of(ComparedType.of(Kind.BOOLEAN));
            // char is another name of varchar, and padded by nobody
            case "varchar", "text", "string", "char" -> Optional.of(ComparedType.of(Kind.TEXT));
            case "binary", "varbinary" -> Optional.of(ComparedType.of(Kind.BINARY));
            default -> Optional.empty();
        };
    }

    @Override
    public String numberSql(ComparedColumn column)
    {
        return switch (column.type().kind()) {
            case INTEGER -> "CAST(" + operand(column) + " AS NUMBER(38, 0))";
            case DECIMAL -> "CAST(" + operand(column) + " AS NUMBER(38, " + column.type().precision() + "))";
            default -> "CAST(" + operand(column) + " AS DOUBLE)";
        };
    }

    @Override
    public String sumSql(String integer)
    {
        return "COALESCE(SUM(CAST(" + integer + " AS NUMBER(38, 0))), 0)";
    }

    @Override
    public String bucketSql(Bucketing bucketing, String number)
    {
        return bucketing.byKey() ? "BITSHIFTRIGHT(" + number + ", " + bucketing.bits() + ")" : "BITAND(" + number + ", " + ((1L << bucketing.bits()) - 1) + ")";
    }

    @Override
    public List<String> session(Duration statementTimeout)
    {
        return List.of("ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = " + Math.max(1, statementTimeout.toSeconds()) + ", TIMEZONE = 'UTC'");
    }

    @Override
    public List<String> begin()
    {
        return List.of();
    }

    @Override
    public String tableAsOf(String table, Instant time)
    {
        return table + " AT(TIMESTAMP => " + literal(time.toString()) + "::TIMESTAMP_TZ)";
    }

    @Override
    public String now()
    {
        return "SELECT DATE_PART(EPOCH_MICROSECOND, CURRENT_TIMESTAMP())";
    }

    @Override
    String integerText(String integer)
    {
        return "TO_VARCHAR(" + integer + ")";
    }

    @Override
    String decimalText(String number, int scale)
    {
        return "TO_VARCHAR(CAST(" + number + " AS NUMBER(38, " + scale + ")))";
    }

    @Override
    String timestampText(String timestamp, int digits)
    {
        return "TO_VARCHAR(DATE_PART(EPOCH_MICROSECOND, " + timestamp + "))";
    }

    @Override
    String instantText(String instant, int digits)
    {
        return timestampText(instant, digits);
    }

    @Override
    String timeText(String time, int digits)
    {
        return "TO_VARCHAR(DATEDIFF(microsecond, '00:00:00'::TIME, " + time + "))";
    }

    @Override
    String dateText(String date)
    {
        return "TO_VARCHAR(DATEDIFF(day, '1970-01-01'::DATE, " + date + "))";
    }

    @Override
    String hexText(String bytes)
    {
        return "HEX_ENCODE(" + bytes + ", 0)";
    }

    @Override
    String floatText(String number)
    {
        return "TO_VARCHAR(" + number + ")";
    }

    @Override
    String timestampOfDate(String date)
    {
        return date + "::TIMESTAMP_NTZ";
    }

    @Override
    String atZone(String instant, ZoneId zone)
    {
        return "CONVERT_TIMEZONE(" + literal(zone.getId()) + ", " + instant + ")::TIMESTAMP_NTZ";
    }

    @Override
    String inZone(String timestamp, ZoneId zone)
    {
        // what a clock in UTC shows, which counts the same microseconds as the instant
        return "CONVERT_TIMEZONE(" + literal(zone.getId()) + ", 'UTC', " + timestamp + ")";
    }

    @Override
    String digest(HashProfile profile, String text)
    {
        return profile == HashProfile.MD5 ? "BITAND(MD5_NUMBER_LOWER64(" + text + "), 1152921504606846975)" : "TO_NUMBER(RIGHT(SHA2(" + text + ", 256), 15), 'XXXXXXXXXXXXXXX')";
    }

    @Override
    String dayText(String date)
    {
        return "TO_CHAR(" + date + ", 'YYYY-MM-DD')";
    }

    @Override
    String dateOf(String timestamp)
    {
        return timestamp + "::DATE";
    }

    @Override
    String dateLiteral(String day)
    {
        return literal(day) + "::DATE";
    }

    @Override
    String timestampLiteral(String dayAndTime)
    {
        return literal(dayAndTime) + "::TIMESTAMP_NTZ";
    }

    @Override
    String instantLiteral(String utc)
    {
        return literal(utc + " +0000") + "::TIMESTAMP_TZ";
    }

    @Override
    Optional<ConstantType> constantType(ComparedType type)
    {
        return switch (type.kind()) {
            case INTEGER -> Optional.of(new ConstantType("NUMBER(19, 0)", new LegacyType("number", DIGITS_OF_A_LONG, 0)));
            case DECIMAL -> Optional.of(new ConstantType("NUMBER(38, " + type.precision() + ")", new LegacyType("number", 38, type.precision())));
            case TIMESTAMP -> Optional.of(new ConstantType("TIMESTAMP_NTZ(" + type.precision() + ")", new LegacyType("timestampntz", 0, type.precision())));
            case INSTANT -> Optional.of(new ConstantType("TIMESTAMP_TZ(" + type.precision() + ")", new LegacyType("timestamptz", 0, type.precision())));
            case DATE -> Optional.of(new ConstantType("DATE", LegacyType.of("date")));
            case TIME -> Optional.of(new ConstantType("TIME(" + type.precision() + ")", new LegacyType("time", 0, type.precision())));
            case BOOLEAN -> Optional.of(new ConstantType("BOOLEAN", LegacyType.of("boolean")));
            case TEXT -> Optional.of(new ConstantType("VARCHAR(100)", new LegacyType("varchar", 100, 0)));
            case CHAR, UUID, BINARY, REAL, DOUBLE -> Optional.empty();
        };
    }

    @Override
    String constantSql(ComparedType type, String sqlType, String value)
    {
        return super.constantSql(type, sqlType, type.kind() == Kind.INSTANT ? value + " +0000" : value);
    }
}
