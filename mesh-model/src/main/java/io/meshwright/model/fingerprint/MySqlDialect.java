package io.meshwright.model.fingerprint;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.ComparedType.Kind;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * MySQL and MariaDB, which differ in how a statement is given a timeout.
 */
public final class MySqlDialect
        extends CanonicalDialect
{
    private static final String EPOCH = "'1970-01-01 00:00:00'";
    private static final int BINARY_TEXT = 65_535;

    public enum Product
    {
        MYSQL("MySQL"),
        MARIADB("MariaDB");

        private final String title;

        Product(String title)
        {
            this.title = title;
        }
    }

    private final Product product;

    public MySqlDialect(Product product)
    {
        this.product = requireNonNull(product, "product is null");
    }

    @Override
    public String name()
    {
        return product.title;
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
            // what is declared as a boolean holds any small number
            case "tinyint", "smallint", "mediumint", "int", "integer", "bigint", "tinyint unsigned", "smallint unsigned", "mediumint unsigned", "int unsigned", "integer unsigned", "year", "boolean" -> Optional.of(ComparedType.of(Kind.INTEGER));
            case "bigint unsigned" -> Optional.of(new ComparedType(Kind.DECIMAL, 0));
            case "decimal", "decimal unsigned", "numeric" -> Optional.of(new ComparedType(Kind.DECIMAL, type.scale()));
            case "float", "float unsigned" -> Optional.of(ComparedType.of(Kind.REAL));
            case "double", "double unsigned" -> Optional.of(ComparedType.of(Kind.DOUBLE));
            case "date" -> Optional.of(ComparedType.of(Kind.DATE));
            case "time" -> Optional.of(new ComparedType(Kind.TIME, type.scale()));
            case "datetime" -> Optional.of(new ComparedType(Kind.TIMESTAMP, type.scale()));
            case "timestamp" -> Optional.of(new ComparedType(Kind.INSTANT, type.scale()));
            case "bit" -> type.precision() <= 1 ? Optional.of(ComparedType.of(Kind.BOOLEAN)) : Optional.empty();
            case "char", "enum" -> Optional.of(ComparedType.of(Kind.CHAR));
            case "varchar", "tinytext", "text", "mediumtext" -> Optional.of(ComparedType.of(Kind.TEXT));
            case "uuid" -> Optional.of(ComparedType.of(Kind.UUID));
            case "binary", "varbinary" -> type.precision() <= BINARY_TEXT ? Optional.of(ComparedType.of(Kind.BINARY)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    @Override
    public boolean knowsZone(ZoneId zone)
    {
        // the server's tables of zones may be empty, and then it answers NULL
        return zone.normalized().equals(ZoneOffset.UTC);
    }

    @Override
    public String numberSql(ComparedColumn column)
    {
        return switch (column.type().kind()) {
            case INTEGER -> "CAST(" + operand(column) + " AS SIGNED)";
            case DECIMAL -> "CAST(" + operand(column) + " AS DECIMAL(65, " + column.type().precision() + "))";
            default -> "(" + operand(column) + " + 0e0)";
        };
    }

    @Override
    public String sumSql(String integer)
    {
        // of integers it is a decimal
        return "COALESCE(SUM(" + integer + "), 0)";
    }

    @Override
    public String bucketSql(Bucketing bucketing, String number)
    {
        long size = 1L << bucketing.bits();
        if (bucketing.byKey()) {
            // shifts take a number for one without a sign, and division goes towards zero
            return "((" + number + " - MOD(MOD(" + number + ", " + size + ") + " + size + ", " + size + ")) DIV " + size + ")";
        }
        return "CAST(" + number + " & " + (size - 1) + " AS SIGNED)";
    }

    @Override
    public List<String> session(Duration statementTimeout)
    {
        return ImmutableList.of(
                // expressions were read by the standard's rules, in which a backslash is a letter
                "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT'",
                "SET SESSION time_zone = '+00:00'",
                // a lower one of the user's would cut results off without a word
                "SET SESSION sql_select_limit = 18446744073709551615",
                "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
                product == Product.MARIADB ? "SET SESSION max_statement_time = " + statementTimeout.toMillis() / 1000.0 : "SET SESSION max_execution_time = " + statementTimeout.toMillis());
    }

    @Override
    public String distinctSql(LegacyType type, String expression)
    {
        // collations hold letters of another case, accents and blanks at the end for equal
        boolean text = comparedType(type).filter(compared -> compared.kind() == Kind.TEXT || compared.kind() == Kind.CHAR).isPresent();
        return text ? "CAST(" + expression + " AS BINARY)" : expression;
    }

    @Override
    public List<String> begin()
    {
        return List.of("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    }

    @Override
    public String now()
    {
        return "SELECT TIMESTAMPDIFF(MICROSECOND, " + EPOCH + ", UTC_TIMESTAMP(6))";
    }

    @Override
    String integerText(String integer)
    {
        return "CAST(" + integer + " AS CHAR)";
    }

    @Override
    String decimalText(String number, int scale)
    {
        return "CAST(CAST(" + number + " AS DECIMAL(65, " + scale + ")) AS CHAR)";
    }

    @Override
    String timestampText(String timestamp, int digits)
    {
        // the day 0 has no microseconds, and must not look like NULL
        return "COALESCE(CAST(TIMESTAMPDIFF(MICROSECOND, " + EPOCH + ", " + timestamp + ") AS CHAR), CAST(" + timestamp + " AS CHAR))";
    }

    @Override
    String instantText(String instant, int digits)
    {
        return timestampText(instant, digits);
    }

    @Override
    String timeText(String time, int digits)
    {
        return "CASE WHEN " + time + " < 0 THEN CAST(" + time + " AS CHAR) ELSE CAST(HOUR(" + time + ") * 3600000000 + MINUTE(" + time + ") * 60000000 + SECOND(" + time + ") * 1000000 + MICROSECOND(" + time + ") AS CHAR) END";
    }

    @Override
    String dateText(String date)
    {
        return "COALESCE(CAST(DATEDIFF(" + date + ", '1970-01-01') AS CHAR), CAST(" + date + " AS CHAR))";
    }

    @Override
    String booleanText(String condition)
    {
        return "CAST(" + condition + " + 0 AS CHAR)";
    }

    @Override
    String charText(String text)
    {
        return "TRIM(TRAILING ' ' FROM " + text(text) + ")";
    }

    @Override
    String text(String text)
    {
        return "CONVERT(" + text + " USING utf8mb4)";
    }

    @Override
    String uuidText(String uuid)
    {
        return "LOWER(CAST(" + uuid + " AS CHAR))";
    }

    @Override
    String hexText(String bytes)
    {
        return "LOWER(HEX(" + bytes + "))";
    }

    @Override
    String floatText(String number)
    {
        // as a float is written it loses digits
        return "CAST(" + number + " + 0e0 AS CHAR)";
    }

    @Override
    String timestampOfDate(String date)
    {
        return "CAST(" + date + " AS DATETIME)";
    }

    @Override
    String atZone(String instant, ZoneId zone)
    {
        // of UTC, which is the session's zone and the only one that is asked for
        return instant;
    }

    @Override
    String inZone(String timestamp, ZoneId zone)
    {
        return timestamp;
    }

    @Override
    String dayOfInstant(String instant, ZoneId zone)
    {
        return dayByOffsets(instant, zone, seconds -> "(" + instant + " + INTERVAL " + seconds + " SECOND)");
    }

    @Override
    String joined(List<String> texts)
    {
        return texts.size() == 1 ? texts.get(0) : "CONCAT(" + String.join(", ", texts) + ")";
    }

    @Override
    String character(char character)
    {
        return "CHAR(" + (int) character + " USING utf8mb4)";
    }

    @Override
    String digest(HashProfile profile, String text)
    {
        String unicode = "CONVERT(" + text + " USING utf8mb4)";
        return "CAST(CONV(RIGHT(" + (profile == HashProfile.MD5 ? "MD5(" + unicode + ")" : "SHA2(" + unicode + ", 256)") + ", 15), 16, 10) AS SIGNED)";
    }

    @Override
    String dayText(String date)
    {
        return "CAST(" + date + " AS CHAR)";
    }

    @Override
    String dateOf(String timestamp)
    {
        return "DATE(" + timestamp + ")";
    }

    @Override
    String instantLiteral(String utc)
    {
        return "TIMESTAMP " + literal(utc);
    }

    @Override
    Optional<ConstantType> constantType(ComparedType type)
    {
        return switch (type.kind()) {
            case INTEGER -> Optional.of(new ConstantType("SIGNED", LegacyType.of("bigint")));
            case DECIMAL -> Optional.of(new ConstantType("DECIMAL(65, " + type.precision() + ")", new LegacyType("decimal", 65, type.precision())));
            case TIMESTAMP -> Optional.of(new ConstantType("DATETIME(" + type.precision() + ")", new LegacyType("datetime", 0, type.precision())));
            case INSTANT -> Optional.of(new ConstantType("DATETIME(6)", new LegacyType("timestamp", 0, type.precision())));
            case DATE -> Optional.of(new ConstantType("DATE", LegacyType.of("date")));
            case TIME -> Optional.of(new ConstantType("TIME(6)", new LegacyType("time", 0, type.precision())));
            case CHAR -> Optional.of(new ConstantType("CHAR(10)", new LegacyType("char", 10, 0)));
            case TEXT -> Optional.of(new ConstantType("CHAR(100)", new LegacyType("varchar", 100, 0)));
            case BOOLEAN, UUID, BINARY, REAL, DOUBLE -> Optional.empty();
        };
    }
}
