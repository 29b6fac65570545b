package io.meshwright.model.fingerprint;

import io.meshwright.model.fingerprint.ComparedType.Kind;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static java.util.stream.Collectors.joining;

/**
 * PostgreSQL, whose own hash of rows is reproduced since its version 14.
 */
public final class PostgreSqlDialect
        extends CanonicalDialect
{
    private static final int FIRST_WITH_RECORD_HASH = 14;

    @Override
    public String name()
    {
        return "PostgreSQL";
    }

    @Override
    public Optional<ComparedType> comparedType(LegacyType type)
    {
        return switch (type.name()) {
            // the driver calls a column with a sequence by the name that declares one
            case "int2", "int4", "int8", "smallint", "integer", "bigint", "smallserial", "serial", "bigserial" -> Optional.of(ComparedType.of(Kind.INTEGER));
            case "numeric", "decimal" -> Optional.of(new ComparedType(Kind.DECIMAL, type.precision() == 0 ? ComparedType.ANY_SCALE : Math.max(0, Math.min(type.scale(), ComparedType.ANY_SCALE))));
            case "float4", "real" -> Optional.of(ComparedType.of(Kind.REAL));
            case "float8", "double precision" -> Optional.of(ComparedType.of(Kind.DOUBLE));
            case "date" -> Optional.of(ComparedType.of(Kind.DATE));
            case "time", "time without time zone" -> Optional.of(new ComparedType(Kind.TIME, type.scale()));
            case "timestamp", "timestamp without time zone" -> Optional.of(new ComparedType(Kind.TIMESTAMP, type.scale()));
            case "timestamptz", "timestamp with time zone" -> Optional.of(new ComparedType(Kind.INSTANT, type.scale()));
            case "bool", "boolean" -> Optional.of(ComparedType.of(Kind.BOOLEAN));
            case "bpchar" -> Optional.of(ComparedType.of(Kind.CHAR));
            case "varchar", "text", "citext" -> Optional.of(ComparedType.of(Kind.TEXT));
            case "uuid" -> Optional.of(ComparedType.of(Kind.UUID));
            case "bytea" -> Optional.of(ComparedType.of(Kind.BINARY));
            default -> Optional.empty();
        };
    }

    @Override
    public boolean hasNativeHash(int majorVersion)
    {
        return majorVersion >= FIRST_WITH_RECORD_HASH;
    }

    @Override
    public Optional<String> refusal(HashProfile profile, List<ComparedColumn> columns)
    {
        return Optional.empty();
    }

    @Override
    public Optional<String> nativeRefusals(String table)
    {
        return Optional.of("SELECT 'the server stores texts as ' || current_setting('server_encoding') WHERE current_setting('server_encoding') <> 'UTF8'"
                + " UNION ALL SELECT 'column ' || a.attname || ' has the nondeterministic collation ' || c.collname"
                + " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation"
                + " WHERE a.attrelid = to_regclass(" + literal(table) + ") AND a.attnum > 0 AND NOT a.attisdropped AND NOT c.collisdeterministic");
    }

    @Override
    public RowHash rowHash(HashProfile profile, List<ComparedColumn> columns)
    {
        return profile == HashProfile.NATIVE ? new PostgresRowHash(types(columns)) : super.rowHash(profile, columns);
    }

    @Override
    public String rowHashSql(HashProfile profile, List<ComparedColumn> columns)
    {
        if (profile != HashProfile.NATIVE) {
            return super.rowHashSql(profile, columns);
        }
        types(columns);
        String row = columns.stream().map(this::rowField).collect(joining(", "));
        return "hashint4extended(0, hash_record_extended(ROW(" + row + "), 0))";
    }

    private String rowField(ComparedColumn column)
    {
        String operand = nativeOperand(column);
        return column.type().kind() == Kind.DECIMAL ? operand + ", " + operand + " < 0" : operand;
    }

    private String nativeOperand(ComparedColumn column)
    {
        String operand = operand(column);
        return switch (column.type().kind()) {
            case DECIMAL -> legacy(column).kind() == Kind.INTEGER ? operand + "::numeric" : operand;
            case UUID -> uuidText(operand);
            case CHAR, TEXT -> column.legacyType().name().equals("citext") ? operand + "::text" : operand;
            default -> operand;
        };
    }

    @Override
    public String columnHashSql(HashProfile profile, ComparedColumn column)
    {
        if (profile != HashProfile.NATIVE || column.type().kind() == Kind.INTEGER) {
            return super.columnHashSql(profile, column);
        }
        String operand = nativeOperand(column);
        return switch (column.type().kind()) {
            case DECIMAL -> "CASE WHEN " + operand + " < 0 THEN ~hash_numeric_extended(" + operand + ", 0) ELSE hash_numeric_extended(" + operand + ", 0) END";
            case TEXT, UUID -> "hashtextextended(" + operand + ", 0)";
            case CHAR -> "hashbpcharextended(" + operand + ", 0)";
            case TIMESTAMP -> "timestamp_hash_extended(" + operand + ", 0)";
            // the hash of a row of one value is that of the value; NULL has to stay NULL
            default -> "NULLIF(hash_record_extended(ROW(" + operand + "), 0), 0)";
        };
    }

    @Override
    public String numberSql(ComparedColumn column)
    {
        return switch (column.type().kind()) {
            case INTEGER -> operand(column) + "::bigint";
            case DECIMAL -> operand(column) + "::numeric";
            default -> operand(column) + "::double precision";
        };
    }

    @Override
    public String sumSql(String integer)
    {
        // of bigint it is a numeric
        return "COALESCE(SUM(" + integer + "), 0)";
    }

    @Override
    public String bucketSql(Bucketing bucketing, String number)
    {
        return bucketing.byKey() ? "(" + number + " >> " + bucketing.bits() + ")" : "(" + number + " & " + ((1L << bucketing.bits()) - 1) + ")";
    }

    @Override
    public String distinctSql(LegacyType type, String expression)
    {
        // a nondeterministic collation and citext hold texts for equal that are not
        boolean text = comparedType(type).filter(compared -> compared.kind() == Kind.TEXT || compared.kind() == Kind.CHAR).isPresent();
        return text ? expression + "::text COLLATE \"C\"" : expression;
    }

    @Override
    public List<String> session(Duration statementTimeout)
    {
        return List.of(
                "SET statement_timeout = " + statementTimeout.toMillis(),
                "SET TIME ZONE 'UTC'",
                // expressions were read by the standard's rules
                "SET standard_conforming_strings = on");
    }

    @Override
    public List<String> begin()
    {
        return List.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }

    @Override
    public String now()
    {
        return "SELECT (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint";
    }

    @Override
    String integerText(String integer)
    {
        return integer + "::text";
    }

    @Override
    String decimalText(String number, int scale)
    {
        return number + "::text";
    }

    @Override
    String timestampText(String timestamp, int digits)
    {
        return "CASE WHEN isfinite(" + timestamp + ") THEN " + microseconds(timestamp) + " ELSE " + timestamp + "::text END";
    }

    @Override
    String instantText(String instant, int digits)
    {
        return timestampText(instant, digits);
    }

    @Override
    String timeText(String time, int digits)
    {
        return microseconds(time);
    }

    private static String microseconds(String operand)
    {
        return "(extract(epoch FROM " + operand + ") * 1000000)::bigint::text";
    }

    @Override
    String dateText(String date)
    {
        return "CASE WHEN isfinite(" + date + ") THEN (" + date + " - DATE '1970-01-01')::text ELSE " + date + "::text END";
    }

    @Override
    String booleanText(String condition)
    {
        return "CASE " + condition + " WHEN true THEN '1' WHEN false THEN '0' END";
    }

    @Override
    String charText(String text)
    {
        // the cast leaves padding out
        return text + "::text";
    }

    @Override
    String text(String text)
    {
        return text + "::text";
    }

    @Override
    String uuidText(String uuid)
    {
        return "lower(" + uuid + "::text)";
    }

    @Override
    String hexText(String bytes)
    {
        return "encode(" + bytes + ", 'hex')";
    }

    @Override
    String floatText(String number)
    {
        return number + "::text";
    }

    @Override
    String rounded(String number, int scale)
    {
        return "round(" + number + ", " + scale + ")";
    }

    @Override
    String timestampOfDate(String date)
    {
        return date + "::timestamp";
    }

    @Override
    String character(char character)
    {
        return "chr(" + (int) character + ")";
    }

    @Override
    String digest(HashProfile profile, String text)
    {
        // of UTF-8 whatever the server stores
        String bytes = "convert_to(" + text + ", 'UTF8')";
        return "('x' || right(" + (profile == HashProfile.MD5 ? "md5(" + bytes + ")" : "encode(sha256(" + bytes + "), 'hex')") + ", 15))::bit(60)::bigint";
    }

    @Override
    String dayText(String date)
    {
        return date;
    }

    @Override
    String dateOf(String timestamp)
    {
        return timestamp + "::date";
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
            case DECIMAL -> Optional.of(new ConstantType("numeric(60, " + type.precision() + ")", new LegacyType("numeric", 60, type.precision())));
            case TIMESTAMP -> Optional.of(new ConstantType("timestamp(" + type.precision() + ")", new LegacyType("timestamp", 0, type.precision())));
            case INSTANT -> Optional.of(new ConstantType("timestamptz(" + type.precision() + ")", new LegacyType("timestamptz", 0, type.precision())));
            case DATE -> Optional.of(new ConstantType("date", LegacyType.of("date")));
            case TIME -> Optional.of(new ConstantType("time(" + type.precision() + ")", new LegacyType("time", 0, type.precision())));
            case BOOLEAN -> Optional.of(new ConstantType("boolean", LegacyType.of("bool")));
            case CHAR -> Optional.of(new ConstantType("char(10)", new LegacyType("bpchar", 10, 0)));
            case TEXT -> Optional.of(new ConstantType("text", LegacyType.of("text")));
            case UUID -> Optional.of(new ConstantType("uuid", LegacyType.of("uuid")));
            case BINARY -> Optional.of(new ConstantType("bytea", LegacyType.of("bytea")));
            case REAL, DOUBLE -> Optional.empty();
        };
    }

    @Override
    String constantSql(ComparedType type, String sqlType, String value)
    {
        return switch (type.kind()) {
            case INSTANT -> super.constantSql(type, sqlType, value + "Z");
            case BINARY -> "decode(" + literal(value) + ", 'hex')";
            default -> super.constantSql(type, sqlType, value);
        };
    }
}
