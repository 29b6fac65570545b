package io.meshwright.trino;

import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.migration.LegacyName;
import io.meshwright.bridge.migration.MigrationRow;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.Products;
import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.connector.SchemaTableName;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import static java.util.Comparator.comparing;

/**
 * The names of the legacy tables that products replace, and what each means now: the legacy table in its own catalog, never a copy, or the product that took it over. A product's own
 * name goes before a legacy table's.
 */
final class LegacyNames
{
    private final Map<SchemaTableName, LegacyTable> byName;

    /**
     * @param product that replaces the table; of several the one that took it over
     * @param cutOver whether the name means the product
     * @param table where the legacy table is; empty where no catalog of this Trino shows its warehouse
     */
    record LegacyTable(SchemaTableName name, Product product, boolean cutOver, Optional<CatalogSchemaTableName> table)
    {
        boolean isShown()
        {
            return cutOver || table.isPresent();
        }
    }

    private LegacyNames(Map<SchemaTableName, LegacyTable> byName)
    {
        this.byName = ImmutableMap.copyOf(byName);
    }

    /**
     * @param dials the newest turn by legacy table; asked for only where a product replaces one
     */
    static LegacyNames of(Products products, Supplier<Map<String, MigrationRow>> dials, LegacyCatalogs catalogs)
    {
        Map<SchemaTableName, LegacyTable> byName = new TreeMap<>(comparing(SchemaTableName::getSchemaName).thenComparing(SchemaTableName::getTableName));
        Set<SchemaTableName> ambiguous = new HashSet<>();
        for (Product product : products.all()) {
            Optional<LegacyName> legacy = product.spec().flatMap(spec -> spec.migration()).map(LegacyName::of);
            if (legacy.isEmpty()) {
                continue;
            }
            LegacyTable table = table(product, legacy.orElseThrow(), dials.get(), catalogs);
            LegacyTable other = byName.putIfAbsent(table.name(), table);
            if (other == null) {
                continue;
            }
            if (!other.table().equals(table.table()) || (other.cutOver() && table.cutOver())) {
                // two tables of different schemas cannot both be meant
                ambiguous.add(table.name());
            }
            else if (table.cutOver()) {
                byName.put(table.name(), table);
            }
        }
        byName.entrySet().removeIf(entry -> ambiguous.contains(entry.getKey()) || !entry.getValue().isShown() || products.find(entry.getKey()).isPresent());
        return new LegacyNames(byName);
    }

    private static LegacyTable table(Product product, LegacyName legacy, Map<String, MigrationRow> dials, LegacyCatalogs catalogs)
    {
        String schema = legacy.schema().map(name -> name.toLowerCase(Locale.ROOT)).orElse(LegacyCatalogs.DEFAULT_SCHEMA);
        boolean cutOver = Optional.ofNullable(dials.get(legacy.toString()))
                .filter(row -> row.state().isProduct() && row.product().equals(product.address()))
                .isPresent();
        return new LegacyTable(
                new SchemaTableName(legacy.sqlSchema(), legacy.sqlTable()),
                product,
                cutOver,
                catalogs.catalog(legacy.sqlSchema()).map(catalog -> new CatalogSchemaTableName(catalog, schema, legacy.sqlTable())));
    }

    Optional<LegacyTable> find(SchemaTableName name)
    {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<LegacyTable> all()
    {
        return byName.values();
    }
}
