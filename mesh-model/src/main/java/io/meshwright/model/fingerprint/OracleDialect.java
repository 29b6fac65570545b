package io.meshwright.model.fingerprint;

import io.meshwright.model.fingerprint.ComparedType.Kind;
import io.meshwright.model.reconciliation.DayRange;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Oracle, where the empty text is NULL and a date has a time.
 */
public final class OracleDialect
        extends CanonicalDialect
{
    private static final int LONGEST_TEXT = 4_000;
    private static final int DIGITS_OF_A_LONG = 18;
    private static final int DIGITS = 38;

    @Override
    public String name()
    {
        return "Oracle";
    }

    @Override
    public boolean isEmptyNull()
    {
        return true;
    }

    @Override
    public Optional<ComparedType> comparedType(LegacyType type)
    {
        return switch (type.name()) {
            case "number" -> Optional.of(number(type));
            case "binary_float" -> Optional.of(ComparedType.of(Kind.REAL));
            case "binary_double", "float" -> Optional.of(ComparedType.of(Kind.DOUBLE));
            case "date" -> Optional.of(new ComparedType(Kind.TIMESTAMP, 0));
            case "timestamp" -> Optional.of(new ComparedType(Kind.TIMESTAMP, type.scale()));
            case "timestamp with time zone", "timestamp with local time zone" -> Optional.of(new ComparedType(Kind.INSTANT, type.scale()));
            case "char" -> Optional.of(ComparedType.of(Kind.CHAR));
            case "varchar2", "varchar" -> Optional.of(ComparedType.of(Kind.TEXT));
            case "raw" -> Optional.of(ComparedType.of(Kind.BINARY));
            default -> Optional.empty();
        };
    }

    private static ComparedType number(LegacyType type)
    {
        if (type.precision() == 0) {
            return new ComparedType(Kind.DECIMAL, ComparedType.ANY_SCALE);
        }
        return type.scale() <= 0 && type.precision() - type.scale() <= DIGITS_OF_A_LONG ? ComparedType.of(Kind.INTEGER) : new ComparedType(Kind.DECIMAL, Math.max(0, Math.min(type.scale(), DIGITS)));
    }

    @Override
    public Optional<String> refusal(HashProfile profile, List<ComparedColumn> columns)
    {
        return super.refusal(profile, columns).or(() -> TextWidth.refusal(name(), columns, LONGEST_TEXT));
    }

    @Override
    public String numberSql(ComparedColumn column)
    {
        return column.type().kind().isHashed() ? operand(column) : "TO_BINARY_DOUBLE(" + operand(column) + ")";
    }

    @Override
    public String sumSql(String integer)
    {
        return "COALESCE(SUM(" + integer + "), 0)";
    }

    @Override
    public String bucketSql(Bucketing bucketing, String number)
    {
        return bucketing.byKey() ? "FLOOR(" + number + " / " + (1L << bucketing.bits()) + ")" : "BITAND(" + number + ", " + ((1L << bucketing.bits()) - 1) + ")";
    }

    @Override
    public LegacyDay day(LegacyType type, String expression, DayRange range)
    {
        LegacyDay day = super.day(type, expression, range);
        if (!type.name().equals("date")) {
            return day;
        }
        // beside a timestamp the column would be converted, and its index of no use
        return new LegacyDay(day.day(), expression + " >= " + dateLiteral(range.from().toString()) + " AND " + expression + " < " + dateLiteral(range.to().plusDays(1).toString()));
    }

    @Override
    public List<String> session(Duration statementTimeout)
    {
        // the driver's own timeout ends statements: there is none of a session
        return List.of("ALTER SESSION SET TIME_ZONE = 'UTC'", "ALTER SESSION SET NLS_NUMERIC_CHARACTERS = '.,'");
    }

    @Override
    public List<String> begin()
    {
        return List.of("SET TRANSACTION READ ONLY");
    }

    @Override
    public String now()
    {
        return selectSql(List.of(instantMicroseconds("SYSTIMESTAMP")));
    }

    @Override
    public String selectSql(List<String> expressions)
    {
        return super.selectSql(expressions) + " FROM DUAL";
    }

    @Override
    public String limited(String select, int rows)
    {
        return select + " FETCH FIRST " + rows + " ROWS ONLY";
    }

    @Override
    String integerText(String integer)
    {
        return "TO_CHAR(" + integer + ")";
    }

    @Override
    String decimalText(String number, int scale)
    {
        String format = "FM" + "9".repeat(DIGITS - scale) + "0" + (scale == 0 ? "" : "." + "0".repeat(scale));
        return "TO_CHAR(" + number + ", '" + format + "', 'NLS_NUMERIC_CHARACTERS=''.,''')";
    }

    @Override
    String timestampText(String timestamp, int digits)
    {
        return "TO_CHAR(" + microseconds("CAST(" + timestamp + " AS TIMESTAMP(9))") + ")";
    }

    @Override
    String instantText(String instant, int digits)
    {
        return "TO_CHAR(" + instantMicroseconds(instant) + ")";
    }

    private static String instantMicroseconds(String instant)
    {
        return microseconds("CAST(SYS_EXTRACT_UTC(" + instant + ") AS TIMESTAMP(9))");
    }

    private static String microseconds(String timestamp)
    {
        return "((TRUNC(" + timestamp + ") - DATE '1970-01-01') * 86400000000 + EXTRACT(HOUR FROM " + timestamp + ") * 3600000000 + EXTRACT(MINUTE FROM " + timestamp + ") * 60000000"
                + " + FLOOR(EXTRACT(SECOND FROM " + timestamp + ") * 1000000))";
    }

    @Override
    String timeText(String time, int digits)
    {
        throw new IllegalStateException("Oracle has no time of day");
    }

    @Override
    String dateText(String date)
    {
        throw new IllegalStateException("A date of Oracle is a timestamp");
    }

    @Override
    String booleanText(String condition)
    {
        throw new IllegalStateException("Booleans of Oracle are numbers");
    }

    @Override
    String hexText(String bytes)
    {
        return "LOWER(RAWTOHEX(" + bytes + "))";
    }

    @Override
    String floatText(String number)
    {
        return "TO_CHAR(" + number + ", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''')";
    }

    @Override
    String timestampOfDate(String date)
    {
        return date;
    }

    @Override
    String atZone(String instant, ZoneId zone)
    {
        return "CAST(" + instant + " AT TIME ZONE " + literal(zone.getId()) + " AS TIMESTAMP(9))";
    }

    @Override
    String inZone(String timestamp, ZoneId zone)
    {
        return "FROM_TZ(CAST(" + timestamp + " AS TIMESTAMP(9)), " + literal(zone.getId()) + ")";
    }

    @Override
    String digest(HashProfile profile, String text)
    {
        String algorithm = profile == HashProfile.MD5 ? "MD5" : "SHA256";
        return "TO_NUMBER(SUBSTR(RAWTOHEX(STANDARD_HASH(CONVERT(" + text + ", 'AL32UTF8'), '" + algorithm + "')), -15), 'XXXXXXXXXXXXXXX')";
    }

    @Override
    String dayText(String date)
    {
        return "TO_CHAR(" + date + ", 'YYYY-MM-DD')";
    }

    @Override
    String dateOf(String timestamp)
    {
        return "TRUNC(" + timestamp + ")";
    }

    @Override
    String instantLiteral(String utc)
    {
        return "TIMESTAMP " + literal(utc + " UTC");
    }

    @Override
    Optional<ConstantType> constantType(ComparedType type)
    {
        return switch (type.kind()) {
            case INTEGER -> Optional.of(new ConstantType("NUMBER(19)", new LegacyType("number", DIGITS_OF_A_LONG, 0)));
            case DECIMAL -> Optional.of(new ConstantType("NUMBER", new LegacyType("number", DIGITS, type.precision())));
            case CHAR -> Optional.of(new ConstantType("CHAR(10)", new LegacyType("char", 10, 0)));
            case TEXT -> Optional.of(new ConstantType("VARCHAR2(100)", new LegacyType("varchar2", 100, 0)));
            default -> Optional.empty();
        };
    }

    @Override
    String constantSql(ComparedType type, String sqlType, String value)
    {
        return type.kind() == Kind.DECIMAL ? value : super.constantSql(type, sqlType, value);
    }
}
