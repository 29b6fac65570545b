package io.meshwright.bridge.migration;

import com.google.common.base.Splitter;
import io.meshwright.model.product.MigrationSpec;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A legacy table, by the name that {@code migration.replaces} gives it.
 *
 * @param reference the name below {@code legacy:} in {@code mesh.yaml}
 * @param table with its schema when it has one
 */
public record LegacyName(String reference, String table)
{
    public LegacyName
    {
        requireNonNull(reference, "reference is null");
        requireNonNull(table, "table is null");
    }

    public static LegacyName of(MigrationSpec migration)
    {
        return new LegacyName(migration.legacyReference(), migration.legacyTable());
    }

    /**
     * The schema under which Trino shows it.
     */
    public String sqlSchema()
    {
        return reference.toLowerCase(Locale.ROOT);
    }

    /**
     * The name by which Trino shows it: without the schema that it has in the legacy database, so that statements of two parts find it.
     */
    public String sqlTable()
    {
        return table.substring(table.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    public String sqlName()
    {
        return sqlSchema() + "." + sqlTable();
    }

    /**
     * As whose reads {@code mesh.reads} records those of a table in Trino: no product has such an address.
     */
    public static String usageName(String reference, String schema, String table)
    {
        return "legacy:" + (reference + "." + schema + "." + table).toLowerCase(Locale.ROOT);
    }

    /**
     * The schema that the name has in the legacy database; empty where the database finds it.
     */
    public Optional<String> schema()
    {
        List<String> parts = Splitter.on('.').splitToList(table);
        return parts.size() > 1 ? Optional.of(parts.get(parts.size() - 2)) : Optional.empty();
    }

    @Override
    public String toString()
    {
        return reference + "." + table;
    }
}
