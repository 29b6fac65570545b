package io.meshwright.model.contract;

import com.google.common.collect.ImmutableMap;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.meshwright.model.contract.FieldType.ARRAY;
import static io.meshwright.model.contract.FieldType.BINARY;
import static io.meshwright.model.contract.FieldType.BOOLEAN;
import static io.meshwright.model.contract.FieldType.DATE;
import static io.meshwright.model.contract.FieldType.DECIMAL;
import static io.meshwright.model.contract.FieldType.DOUBLE;
import static io.meshwright.model.contract.FieldType.FLOAT;
import static io.meshwright.model.contract.FieldType.INTEGER;
import static io.meshwright.model.contract.FieldType.LONG;
import static io.meshwright.model.contract.FieldType.MAP;
import static io.meshwright.model.contract.FieldType.STRING;
import static io.meshwright.model.contract.FieldType.STRUCT;
import static io.meshwright.model.contract.FieldType.TIME;
import static io.meshwright.model.contract.FieldType.TIMESTAMP;
import static io.meshwright.model.contract.FieldType.TIMESTAMP_NTZ;
import static io.meshwright.model.contract.FieldType.UUID;
import static java.util.Objects.requireNonNull;

/**
 * The mapping from the type names of both standards to {@link FieldType}, as {@code docs/contracts.md} documents it.
 */
public final class ContractTypes
{
    /**
     * Digits of a decimal that declares none, as DCS has it.
     */
    public static final int DEFAULT_PRECISION = 38;

    private static final Map<String, FieldType> DCS = ImmutableMap.<String, FieldType>builder()
            .put("string", STRING)
            .put("text", STRING)
            .put("varchar", STRING)
            .put("number", DECIMAL)
            .put("decimal", DECIMAL)
            .put("numeric", DECIMAL)
            .put("int", INTEGER)
            .put("integer", INTEGER)
            .put("long", LONG)
            .put("bigint", LONG)
            .put("float", FLOAT)
            .put("double", DOUBLE)
            .put("boolean", BOOLEAN)
            .put("timestamp", TIMESTAMP)
            .put("timestamp_tz", TIMESTAMP)
            .put("timestamp_ntz", TIMESTAMP_NTZ)
            .put("date", DATE)
            .put("time", TIME)
            .put("array", ARRAY)
            .put("map", MAP)
            .put("object", STRUCT)
            .put("record", STRUCT)
            .put("struct", STRUCT)
            .put("bytes", BINARY)
            // carried as text, see UNCOMPARED
            .put("json", STRING)
            .put("variant", STRING)
            .put("null", STRING)
            .buildOrThrow();

    /**
     * Types that no column type says exactly; the values are carried as text.
     */
    private static final Set<String> UNCOMPARED = Set.of("json", "variant", "null");

    private static final Map<String, FieldType> ODCS = ImmutableMap.<String, FieldType>builder()
            .put("string", STRING)
            .put("date", DATE)
            .put("timestamp", TIMESTAMP)
            .put("time", TIME)
            .put("number", DECIMAL)
            .put("integer", LONG)
            .put("object", STRUCT)
            .put("array", ARRAY)
            .put("boolean", BOOLEAN)
            .buildOrThrow();

    private static final Map<String, FieldType> PHYSICAL = ImmutableMap.<String, FieldType>builder()
            .put("string", STRING)
            .put("varchar", STRING)
            .put("varchar2", STRING)
            .put("nvarchar", STRING)
            .put("nvarchar2", STRING)
            .put("char", STRING)
            .put("nchar", STRING)
            .put("bpchar", STRING)
            .put("character", STRING)
            .put("character varying", STRING)
            .put("text", STRING)
            .put("clob", STRING)
            .put("uuid", UUID)
            .put("tinyint", INTEGER)
            .put("smallint", INTEGER)
            .put("mediumint", INTEGER)
            .put("int", INTEGER)
            .put("integer", INTEGER)
            .put("int2", INTEGER)
            .put("int4", INTEGER)
            .put("int32", INTEGER)
            .put("serial", INTEGER)
            .put("bigint", LONG)
            .put("bigserial", LONG)
            .put("long", LONG)
            .put("int8", LONG)
            .put("int64", LONG)
            .put("decimal", DECIMAL)
            .put("dec", DECIMAL)
            .put("numeric", DECIMAL)
            .put("number", DECIMAL)
            .put("float", FLOAT)
            .put("float4", FLOAT)
            .put("float32", FLOAT)
            .put("real", FLOAT)
            .put("double", DOUBLE)
            .put("double precision", DOUBLE)
            .put("float8", DOUBLE)
            .put("float64", DOUBLE)
            .put("boolean", BOOLEAN)
            .put("bool", BOOLEAN)
            .put("date", DATE)
            .put("time", TIME)
            .put("time without time zone", TIME)
            .put("timestamp", TIMESTAMP)
            .put("timestamptz", TIMESTAMP)
            .put("timestamp_tz", TIMESTAMP)
            .put("timestamp_ltz", TIMESTAMP)
            .put("timestamp with time zone", TIMESTAMP)
            .put("datetimeoffset", TIMESTAMP)
            .put("timestamp_ntz", TIMESTAMP_NTZ)
            .put("timestamp without time zone", TIMESTAMP_NTZ)
            .put("datetime", TIMESTAMP_NTZ)
            .put("datetime2", TIMESTAMP_NTZ)
            .put("binary", BINARY)
            .put("varbinary", BINARY)
            .put("bytes", BINARY)
            .put("bytea", BINARY)
            .put("blob", BINARY)
            .put("array", ARRAY)
            .put("list", ARRAY)
            .put("struct", STRUCT)
            .put("row", STRUCT)
            .put("record", STRUCT)
            .put("object", STRUCT)
            .buildOrThrow();

    /**
     * The physical types by which each logical type of ODCS may be refined; others belong to another engine.
     */
    private static final Map<FieldType, Set<FieldType>> REFINEMENTS = ImmutableMap.<FieldType, Set<FieldType>>builder()
            .put(STRING, Set.of(STRING, UUID, BINARY))
            // ODCS 3.0 has no logical timestamp: dates carried it
            .put(DATE, Set.of(DATE, TIMESTAMP, TIMESTAMP_NTZ, TIME))
            .put(TIMESTAMP, Set.of(TIMESTAMP, TIMESTAMP_NTZ))
            .put(TIME, Set.of(TIME))
            .put(DECIMAL, Set.of(INTEGER, LONG, DECIMAL, FLOAT, DOUBLE))
            .put(LONG, Set.of(INTEGER, LONG, DECIMAL))
            .put(STRUCT, Set.of(STRUCT))
            .put(ARRAY, Set.of(ARRAY))
            .put(BOOLEAN, Set.of(BOOLEAN))
            .buildOrThrow();

    private static final Map<String, Declared> FORMATS = ImmutableMap.<String, Declared>builder()
            .put("i8", new Declared(INTEGER, "integer"))
            .put("i16", new Declared(INTEGER, "integer"))
            .put("i32", new Declared(INTEGER, "integer"))
            .put("i64", new Declared(LONG, "integer"))
            .put("i128", decimal("integer", DEFAULT_PRECISION, 0))
            .put("u8", new Declared(INTEGER, "integer"))
            .put("u16", new Declared(INTEGER, "integer"))
            .put("u32", new Declared(LONG, "integer"))
            .put("u64", decimal("integer", 20, 0))
            .put("u128", decimal("integer", DEFAULT_PRECISION, 0))
            .put("f32", new Declared(FLOAT, "number"))
            .put("f64", new Declared(DOUBLE, "number"))
            .buildOrThrow();

    // for example decimal(10, 2), varchar(18) or timestamp(6) with time zone
    private static final Pattern PHYSICAL_TYPE = Pattern.compile("([a-z][a-z0-9_ ]*?)\\s*(?:[(<](.*)[)>])?\\s*((?:with|without) (?:local )?time zone)?", Pattern.DOTALL);
    private static final Pattern DIGITS = Pattern.compile("\\s*(\\d{1,3})\\s*(?:,\\s*(\\d{1,3})\\s*)?");

    /**
     * A type with its parameters.
     *
     * @param declared as written, for messages
     */
    record Declared(FieldType type, String declared, OptionalInt precision, OptionalInt scale)
    {
        Declared
        {
            requireNonNull(type, "type is null");
            requireNonNull(declared, "declared is null");
            requireNonNull(precision, "precision is null");
            requireNonNull(scale, "scale is null");
        }

        Declared(FieldType type, String declared)
        {
            this(type, declared, OptionalInt.empty(), OptionalInt.empty());
        }

        Declared as(String written)
        {
            return new Declared(type, written, precision, scale);
        }
    }

    private ContractTypes() {}

    /**
     * The type that a DCS type name means, for example {@code bigint}; empty when DCS has no such type.
     */
    public static Optional<FieldType> ofDcs(String name)
    {
        return Optional.ofNullable(DCS.get(name));
    }

    /**
     * The type that an ODCS logical type means by itself; empty when ODCS has no such type.
     */
    public static Optional<FieldType> ofOdcs(String logicalType)
    {
        return Optional.ofNullable(ODCS.get(logicalType));
    }

    static Set<String> dcsNames()
    {
        return DCS.keySet();
    }

    static Set<String> odcsNames()
    {
        return ODCS.keySet();
    }

    /**
     * Whether values of a DCS type are carried as text, so that their type is not compared with the table's.
     */
    static boolean isCarriedAsText(String dcsName)
    {
        return UNCOMPARED.contains(dcsName);
    }

    static Declared decimal(String declared, int precision, int scale)
    {
        return new Declared(DECIMAL, declared, OptionalInt.of(precision), OptionalInt.of(scale));
    }

    /**
     * The type of an ODCS property: the physical type where it is known and belongs to the logical one's family,
     * else the number format, else the logical type.
     *
     * @return empty when nothing tells the type
     */
    static Optional<Declared> ofOdcs(Optional<String> logicalType, Optional<String> physicalType, Optional<String> format)
    {
        Optional<FieldType> logical = logicalType.flatMap(ContractTypes::ofOdcs);
        Optional<Declared> physical = physicalType.flatMap(ContractTypes::ofPhysical);
        if (logical.isEmpty()) {
            return physical;
        }
        String written = logicalType.orElseThrow();
        if (physical.isPresent() && REFINEMENTS.get(logical.orElseThrow()).contains(physical.orElseThrow().type())) {
            return physical.map(type -> type.as(written + " (" + physicalType.orElseThrow().strip() + ")"));
        }
        boolean numeric = logical.orElseThrow() == LONG || logical.orElseThrow() == DECIMAL;
        Optional<Declared> sized = numeric ? format.map(FORMATS::get).filter(type -> type.declared().equals(written)) : Optional.empty();
        if (sized.isPresent()) {
            return sized.map(type -> type.as(written + " (" + format.orElseThrow() + ")"));
        }
        return Optional.of(logical.orElseThrow() == DECIMAL ? decimal(written, DEFAULT_PRECISION, 0) : new Declared(logical.orElseThrow(), written));
    }

    /**
     * The type that a column type of some engine means; empty for an engine's type that is not known here.
     */
    static Optional<Declared> ofPhysical(String physicalType)
    {
        String text = physicalType.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        Matcher matcher = PHYSICAL_TYPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = matcher.group(1) + (matcher.group(3) == null ? "" : " " + matcher.group(3));
        FieldType type = PHYSICAL.get(name.replace("with local time zone", "with time zone"));
        if (type == null) {
            return Optional.empty();
        }
        if (type != DECIMAL) {
            return Optional.of(new Declared(type, physicalType.strip()));
        }
        Matcher digits = DIGITS.matcher(matcher.group(2) == null ? "" : matcher.group(2));
        if (!digits.matches()) {
            return Optional.of(decimal(physicalType.strip(), DEFAULT_PRECISION, 0));
        }
        return Optional.of(decimal(physicalType.strip(), Integer.parseInt(digits.group(1)), digits.group(2) == null ? 0 : Integer.parseInt(digits.group(2))));
    }
}
