package io.meshwright.model.fingerprint;

import io.meshwright.model.fingerprint.ComparedType.Kind;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * SQL Server since 2016, which hashes texts in UTF-16 and has other names of time zones.
 */
public final class SqlServerDialect
        extends CanonicalDialect
{
    private static final String EPOCH = "CAST('19700101' AS datetime2(7))";

    @Override
    public String name()
    {
        return "SQL Server";
    }

    @Override
    public Optional<ComparedType> comparedType(LegacyType type)
    {
        return switch (type.name()) {
            case "tinyint", "smallint", "int", "bigint", "int identity", "bigint identity", "smallint identity" -> Optional.of(ComparedType.of(Kind.INTEGER));
            case "decimal", "numeric", "decimal identity", "numeric identity" -> Optional.of(new ComparedType(Kind.DECIMAL, type.scale()));
            case "money", "smallmoney" -> Optional.of(new ComparedType(Kind.DECIMAL, 4));
            case "real" -> Optional.of(ComparedType.of(Kind.REAL));
            case "float" -> Optional.of(ComparedType.of(Kind.DOUBLE));
            case "date" -> Optional.of(ComparedType.of(Kind.DATE));
            case "time" -> Optional.of(new ComparedType(Kind.TIME, type.scale()));
            case "datetime2" -> Optional.of(new ComparedType(Kind.TIMESTAMP, type.scale()));
            case "datetime" -> Optional.of(new ComparedType(Kind.TIMESTAMP, 3));
            case "smalldatetime" -> Optional.of(new ComparedType(Kind.TIMESTAMP, 0));
            case "datetimeoffset" -> Optional.of(new ComparedType(Kind.INSTANT, type.scale()));
            case "bit" -> Optional.of(ComparedType.of(Kind.BOOLEAN));
            case "char", "nchar" -> Optional.of(ComparedType.of(Kind.CHAR));
            case "varchar", "nvarchar" -> Optional.of(ComparedType.of(Kind.TEXT));
            case "uniqueidentifier" -> Optional.of(ComparedType.of(Kind.UUID));
            case "binary", "varbinary" -> Optional.of(ComparedType.of(Kind.BINARY));
            default -> Optional.empty();
        };
    }

    @Override
    public boolean knowsZone(ZoneId zone)
    {
        return zone.normalized().equals(ZoneOffset.UTC);
    }

    @Override
    Charset charset()
    {
        return StandardCharsets.UTF_16LE;
    }

    @Override
    public String numberSql(ComparedColumn column)
    {
        return switch (column.type().kind()) {
            case INTEGER -> "CAST(" + operand(column) + " AS bigint)";
            case DECIMAL -> "CAST(" + operand(column) + " AS decimal(38, " + column.type().precision() + "))";
            default -> "CAST(" + operand(column) + " AS float)";
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
        long size = 1L << bucketing.bits();
        if (bucketing.byKey()) {
            // division goes towards zero, buckets go down
            return "((" + number + " - (" + number + " % " + size + " + " + size + ") % " + size + ") / " + size + ")";
        }
        return "(" + number + " & " + (size - 1) + ")";
    }

    @Override
    public String distinctSql(LegacyType type, String expression)
    {
        // collations hold letters of another case and blanks at the end for equal
        boolean text = comparedType(type).filter(compared -> compared.kind() == Kind.TEXT || compared.kind() == Kind.CHAR).isPresent();
        return text ? "CAST(" + expression + " AS varbinary(max))" : expression;
    }

    @Override
    public List<String> session(Duration statementTimeout)
    {
        return List.of("SET QUOTED_IDENTIFIER ON", "SET ANSI_NULLS ON", "SET LOCK_TIMEOUT " + statementTimeout.toMillis(), "SET TRANSACTION ISOLATION LEVEL SNAPSHOT");
    }

    @Override
    public List<String> begin()
    {
        return List.of();
    }

    @Override
    public String now()
    {
        return "SELECT DATEDIFF_BIG(microsecond, " + EPOCH + ", SYSUTCDATETIME())";
    }

    @Override
    public String limited(String select, int rows)
    {
        // without an order there is no limit of this kind
        return select + " ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT " + rows + " ROWS ONLY";
    }

    @Override
    String integerText(String integer)
    {
        return "CONVERT(nvarchar(20), " + integer + ")";
    }

    @Override
    String decimalText(String number, int scale)
    {
        return "CONVERT(nvarchar(50), CAST(" + number + " AS decimal(38, " + scale + ")))";
    }

    @Override
    String timestampText(String timestamp, int digits)
    {
        // datetime counts three hundredths of a second, which its own text rounds to three digits
        return "CONVERT(nvarchar(20), DATEDIFF_BIG(microsecond, " + EPOCH + ", CAST(" + timestamp + " AS datetime2(" + Math.min(digits, 7) + "))))";
    }

    @Override
    String instantText(String instant, int digits)
    {
        return timestampText("SWITCHOFFSET(" + instant + ", '+00:00')", digits);
    }

    @Override
    String timeText(String time, int digits)
    {
        return "CONVERT(nvarchar(20), DATEDIFF_BIG(microsecond, CAST('00:00' AS time(7)), " + time + "))";
    }

    @Override
    String dateText(String date)
    {
        return "CONVERT(nvarchar(20), DATEDIFF(day, CAST('19700101' AS date), " + date + "))";
    }

    @Override
    String booleanText(String condition)
    {
        return "CASE " + condition + " WHEN 1 THEN N'1' WHEN 0 THEN N'0' END";
    }

    @Override
    String charText(String text)
    {
        return "CONVERT(nvarchar(max), RTRIM(" + text + "))";
    }

    @Override
    String text(String text)
    {
        return "CONVERT(nvarchar(max), " + text + ")";
    }

    @Override
    String uuidText(String uuid)
    {
        return "LOWER(CONVERT(nvarchar(max), " + uuid + "))";
    }

    @Override
    String hexText(String bytes)
    {
        return "LOWER(CONVERT(nvarchar(max), " + bytes + ", 2))";
    }

    @Override
    String floatText(String number)
    {
        // style 3 gives all digits
        return "CONVERT(nvarchar(40), " + number + ", 3)";
    }

    @Override
    String timestampOfDate(String date)
    {
        return "CAST(" + date + " AS datetime2(0))";
    }

    @Override
    String atZone(String instant, ZoneId zone)
    {
        // of UTC, which is the only one that is asked for
        return "CAST(SWITCHOFFSET(" + instant + ", '+00:00') AS datetime2(7))";
    }

    @Override
    String inZone(String timestamp, ZoneId zone)
    {
        return "TODATETIMEOFFSET(" + timestamp + ", '+00:00')";
    }

    @Override
    String dayOfInstant(String instant, ZoneId zone)
    {
        return dayByOffsets(instant, zone, seconds -> "DATEADD(second, " + seconds + ", " + atZone(instant, ZoneOffset.UTC) + ")");
    }

    @Override
    String joined(List<String> texts)
    {
        // without a first text of any length, all after 4 000 letters would be cut off
        return "CAST(N'' AS nvarchar(max)) + " + String.join(" + ", texts);
    }

    @Override
    String character(char character)
    {
        return "NCHAR(" + (int) character + ")";
    }

    @Override
    String digest(HashProfile profile, String text)
    {
        String last = profile == HashProfile.MD5 ? "HASHBYTES('MD5', " + text + "), 9, 8" : "HASHBYTES('SHA2_256', " + text + "), 25, 8";
        return "(CAST(SUBSTRING(" + last + ") AS bigint) & 1152921504606846975)";
    }

    @Override
    String dayText(String date)
    {
        return "CONVERT(char(10), " + date + ", 23)";
    }

    @Override
    String dateLiteral(String day)
    {
        return "CAST(" + literal(day) + " AS date)";
    }

    @Override
    String timestampLiteral(String dayAndTime)
    {
        return "CAST(" + literal(dayAndTime.replace(' ', 'T')) + " AS datetime2(0))";
    }

    @Override
    String instantLiteral(String utc)
    {
        return "CAST(" + literal(utc.replace(' ', 'T') + "+00:00") + " AS datetimeoffset(0))";
    }

    @Override
    Optional<ConstantType> constantType(ComparedType type)
    {
        return switch (type.kind()) {
            case INTEGER -> Optional.of(new ConstantType("bigint", LegacyType.of("bigint")));
            case DECIMAL -> Optional.of(new ConstantType("decimal(38, " + type.precision() + ")", new LegacyType("decimal", 38, type.precision())));
            case TIMESTAMP -> Optional.of(new ConstantType("datetime2(" + type.precision() + ")", new LegacyType("datetime2", 0, type.precision())));
            case INSTANT -> Optional.of(new ConstantType("datetimeoffset(6)", new LegacyType("datetimeoffset", 0, type.precision())));
            case DATE -> Optional.of(new ConstantType("date", LegacyType.of("date")));
            case TIME -> Optional.of(new ConstantType("time(6)", new LegacyType("time", 0, type.precision())));
            case BOOLEAN -> Optional.of(new ConstantType("bit", LegacyType.of("bit")));
            case CHAR -> Optional.of(new ConstantType("nchar(10)", new LegacyType("nchar", 10, 0)));
            case TEXT -> Optional.of(new ConstantType("nvarchar(100)", new LegacyType("nvarchar", 100, 0)));
            case UUID -> Optional.of(new ConstantType("uniqueidentifier", LegacyType.of("uniqueidentifier")));
            case BINARY, REAL, DOUBLE -> Optional.empty();
        };
    }

    @Override
    String constantSql(ComparedType type, String sqlType, String value)
    {
        return "CAST(N" + literal(type.kind() == Kind.INSTANT ? value + " +00:00" : value) + " AS " + sqlType + ")";
    }
}
