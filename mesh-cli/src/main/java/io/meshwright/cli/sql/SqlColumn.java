package io.meshwright.cli.sql;

import static java.util.Objects.requireNonNull;

/**
 * @param type in Trino's words, for example {@code decimal(12,2)}
 */
public record SqlColumn(String name, String type)
{
    public SqlColumn
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
    }

    public boolean isNumeric()
    {
        return switch (type.replaceFirst("\\(.*", "")) {
            case "tinyint", "smallint", "integer", "bigint", "real", "double", "decimal", "number" -> true;
            default -> false;
        };
    }
}
