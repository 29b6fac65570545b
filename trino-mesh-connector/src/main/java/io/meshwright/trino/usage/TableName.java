package io.meshwright.trino.usage;

import static java.util.Objects.requireNonNull;

/**
 * A table or view as a query names it.
 */
public record TableName(String catalog, String schema, String table)
{
    public TableName
    {
        requireNonNull(catalog, "catalog is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(table, "table is null");
    }

    @Override
    public String toString()
    {
        return catalog + "." + schema + "." + table;
    }
}
