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
        switch (field.type()) {
            case STRING:
                return "string";
            case INTEGER:
                return "int";
            case LONG:
                return "long";
            case DECIMAL:
                return decimal(field, ", ");
            case FLOAT:
                return "float";
            case DOUBLE:
                return "double";
            case BOOLEAN:
                return "boolean";
            case DATE:
                return "date";
            case TIME:
                return "time";
            case TIMESTAMP:
                return "timestamptz";
            case TIMESTAMP_NTZ:
                return "timestamp";
            case BINARY:
                return "binary";
            case UUID:
                return "uuid";
            case STRUCT:
                return "struct<" + nested(field, child -> child.name() + ": " + iceberg(child)) + ">";
            case ARRAY:
                return "list<" + field.items().map(EngineTypes::iceberg).orElse("?") + ">";
            case MAP:
                return "map<" + field.key().map(EngineTypes::iceberg).orElse("?") + ", " + field.value().map(EngineTypes::iceberg).orElse("?") + ">";
        }
        throw new IllegalStateException("Unknown type: " + field.type());
    }

    /**
     * For example {@code timestamp(6) with time zone} or {@code row("street" varchar)}.
     */
    public static String trino(ContractField field)
    {
        switch (field.type()) {
            case STRING:
                return "varchar";
            case INTEGER:
                return "integer";
            case LONG:
                return "bigint";
            case DECIMAL:
                return decimal(field, ",");
            case FLOAT:
                return "real";
            case DOUBLE:
                return "double";
            case BOOLEAN:
                return "boolean";
            case DATE:
                return "date";
            case TIME:
                return "time(6)";
            case TIMESTAMP:
                return "timestamp(6) with time zone";
            case TIMESTAMP_NTZ:
                return "timestamp(6)";
            case BINARY:
                return "varbinary";
            case UUID:
                return "uuid";
            case STRUCT:
                return "row(" + nested(field, child -> "\"" + child.name().replace("\"", "\"\"") + "\" " + trino(child)) + ")";
            case ARRAY:
                return "array(" + field.items().map(EngineTypes::trino).orElse("?") + ")";
            case MAP:
                return "map(" + field.key().map(EngineTypes::trino).orElse("?") + ", " + field.value().map(EngineTypes::trino).orElse("?") + ")";
        }
        throw new IllegalStateException("Unknown type: " + field.type());
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
