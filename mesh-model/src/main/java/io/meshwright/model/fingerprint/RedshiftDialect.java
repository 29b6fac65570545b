package io.meshwright.model.fingerprint;

import io.meshwright.model.fingerprint.ComparedType.Kind;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Amazon Redshift. Its isolation is that of snapshots, whatever is asked for.
 */
public final class RedshiftDialect
        extends CanonicalDialect
{
    private static final int LONGEST_TEXT = 65_535;

    @Override
    public String name()
    {
        return "Redshift";
    }

    @Override
    public Optional<ComparedType> comparedType(LegacyType type)
    {
        return switch (type.name()) {
            case "int2", "int4", "int8", "smallint", "integer", "bigint" -> Optional.of(ComparedType.of(Kind.INTEGER));
            case "numeric", "decimal" -> Optional.of(new ComparedType(Kind.DECIMAL, type.scale()));
            case "float4", "real" -> Optional.of(ComparedType.of(Kind.REAL));
            case "float8", "double precision" -> Optional.of(ComparedType.of(Kind.DOUBLE));
            case "date" -> Optional.of(ComparedType.of(Kind.DATE));
            case "time" -> Optional.of(new ComparedType(Kind.TIME, ComparedType.MICROSECONDS));
            case "timestamp" -> Optional.of(new ComparedType(Kind.TIMESTAMP, ComparedType.MICROSECONDS));
            case "timestamptz" -> Optional.of(new ComparedType(Kind.INSTANT, ComparedType.MICROSECONDS));
            case "bool", "boolean" -> Optional.of(ComparedType.of(Kind.BOOLEAN));
            case "bpchar", "char", "character", "nchar" -> Optional.of(ComparedType.of(Kind.CHAR));
            case "varchar", "text", "nvarchar", "character varying" -> Optional.of(ComparedType.of(Kind.TEXT));
            case "varbyte" -> Optional.of(ComparedType.of(Kind.BINARY));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> refusal(HashProfile profile, List<ComparedColumn> columns)
    {
        return super.refusal(profile, columns).or(() -> TextWidth.refusal(name(), columns, LONGEST_TEXT));
    }

    @Override
    public String numberSql(ComparedColumn column)
    {
        return switch (column.type().kind()) {
            case INTEGER -> "CAST(" + operand(column) + " AS bigint)";
            case DECIMAL -> "CAST(" + operand(column) + " AS decimal(38, " + column.type().precision() + "))";
            default -> "CAST(" + operand(column) + " AS double precision)";
        };
    }

    @Override
    public String sumSql(String integer)
    {
        return "COALESCE(SUM(CAST(" + integer + " AS decimal(38, 0))), 0)";
    }

    @Override
    public String bucketSql(Bucketing bucketing, String number)
    {
        return bucketing.byKey() ? "(" + number + " >> " + bucketing.bits() + ")" : "(" + number + " & " + ((1L << bucketing.bits()) - 1) + ")";
    }

    @Override
    public List<String> session(Duration statementTimeout)
    {
        return List.of("SET statement_timeout TO " + statementTimeout.toMillis(), "SET timezone TO 'UTC'");
    }

    @Override
    public List<String> begin()
    {
        return List.of();
    }

    @Override
    public String now()
    {
        return "SELECT DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', SYSDATE)";
    }

    @Override
    String integerText(String integer)
    {
        return "CAST(" + integer + " AS varchar(20))";
    }

    @Override
    String decimalText(String number, int scale)
    {
        return "CAST(CAST(" + number + " AS decimal(38, " + scale + ")) AS varchar(50))";
    }

    @Override
    String timestampText(String timestamp, int digits)
    {
        return "CAST(DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', " + timestamp + ") AS varchar(20))";
    }

    @Override
    String instantText(String instant, int digits)
    {
        return timestampText("(" + instant + " AT TIME ZONE 'UTC')", digits);
    }

    @Override
    String timeText(String time, int digits)
    {
        return "CAST(DATEDIFF(microsecond, TIME '00:00:00', " + time + ") AS varchar(20))";
    }

    @Override
    String dateText(String date)
    {
        return "CAST(DATEDIFF(day, DATE '1970-01-01', " + date + ") AS varchar(20))";
    }

    @Override
    String text(String text)
    {
        // a cast to varchar without a length would cut off at 256
        return text;
    }

    @Override
    String hexText(String bytes)
    {
        return "LOWER(FROM_VARBYTE(" + bytes + ", 'hex'))";
    }

    @Override
    String floatText(String number)
    {
        return "CAST(" + number + " AS varchar(64))";
    }

    @Override
    String timestampOfDate(String date)
    {
        return "CAST(" + date + " AS timestamp)";
    }

    @Override
    String digest(HashProfile profile, String text)
    {
        return "STRTOL(RIGHT(" + (profile == HashProfile.MD5 ? "MD5(" + text + ")" : "SHA2(" + text + ", 256)") + ", 15), 16)";
    }

    @Override
    String dayText(String date)
    {
        return date;
    }

    @Override
    String instantLiteral(String utc)
    {
        return "TIMESTAMPTZ " + literal(utc + "Z");
    }

    @Override
    Optional<ConstantType> constantType(ComparedType type)
    {
        return switch (type.kind()) {
            case INTEGER -> Optional.of(new ConstantType("bigint", LegacyType.of("int8")));
            case DECIMAL -> Optional.of(new ConstantType("decimal(38, " + type.precision() + ")", new LegacyType("numeric", 38, type.precision())));
            case TIMESTAMP -> Optional.of(new ConstantType("timestamp", LegacyType.of("timestamp")));
            case INSTANT -> Optional.of(new ConstantType("timestamptz", LegacyType.of("timestamptz")));
            case DATE -> Optional.of(new ConstantType("date", LegacyType.of("date")));
            case TIME -> Optional.of(new ConstantType("time", LegacyType.of("time")));
            case BOOLEAN -> Optional.of(new ConstantType("boolean", LegacyType.of("bool")));
            case CHAR -> Optional.of(new ConstantType("char(20)", new LegacyType("bpchar", 20, 0)));
            case TEXT -> Optional.of(new ConstantType("varchar(100)", new LegacyType("varchar", 100, 0)));
            case UUID, BINARY, REAL, DOUBLE -> Optional.empty();
        };
    }

    @Override
    String constantSql(ComparedType type, String sqlType, String value)
    {
        return super.constantSql(type, sqlType, type.kind() == Kind.INSTANT ? value + "Z" : value);
    }
}
