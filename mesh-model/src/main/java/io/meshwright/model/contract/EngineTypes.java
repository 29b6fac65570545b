package io.meshwright.model.contract;

import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The names that the engines give to the types of contract fields, for messages and for DDL that a person may run.
 */
public final class EngineTypes
{
    private EngineTypes() {}

    /**
     * For example {@code timestamptz} or {@code struct<street: string>}.
     */
    public static String iceberg(ContractField field)
    {
        return switch (field.type()) {
            case STRING -> "string";
            case INTEGER -> "int";
            case LONG -> "long";
            case DECIMAL -> decimal(field, ", ");
            case FLOAT -> "float";
            case DOUBLE -> "double";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIME -> "time";
            case TIMESTAMP -> "timestamptz";
            case TIMESTAMP_NTZ -> "timestamp";
            case BINARY -> "binary";
            case UUID -> "uuid";
            case STRUCT -> "struct<" + nested(field, child -> child.name() + ": " + iceberg(child)) + ">";
            case ARRAY -> "list<" + field.items().map(EngineTypes::iceberg).orElse("?") + ">";
            case MAP -> "map<" + field.key().map(EngineTypes::iceberg).orElse("?") + ", " + field.value().map(EngineTypes::iceberg).orElse("?") + ">";
        };
    }

    /**
     * For example {@code timestamp(6) with time zone} or {@code row("street" varchar)}.
     */
    public static String trino(ContractField field)
    {
        return switch (field.type()) {
            case STRING -> "varchar";
            case INTEGER -> "integer";
            case LONG -> "bigint";
            case DECIMAL -> decimal(field, ",");
            case FLOAT -> "real";
            case DOUBLE -> "double";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIME -> "time(6)";
            case TIMESTAMP -> "timestamp(6) with time zone";
            case TIMESTAMP_NTZ -> "timestamp(6)";
            case BINARY -> "varbinary";
            case UUID -> "uuid";
            case STRUCT -> "row(" + nested(field, child -> "\"" + child.name().replace("\"", "\"\"") + "\" " + trino(child)) + ")";
            case ARRAY -> "array(" + field.items().map(EngineTypes::trino).orElse("?") + ")";
            case MAP -> "map(" + field.key().map(EngineTypes::trino).orElse("?") + ", " + field.value().map(EngineTypes::trino).orElse("?") + ")";
        };
    }

    private static String decimal(ContractField field, String separator)
    {
        return "decimal(" + field.precision().orElse(ContractTypes.DEFAULT_PRECISION) + separator + field.scale().orElse(0) + ")";
    }

    private static String nested(ContractField field, Function<ContractField, String> text)
    {
        return field.fields().stream().map(text).collect(Collectors.joining(", "));
    }
}
