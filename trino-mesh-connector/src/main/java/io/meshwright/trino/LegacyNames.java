package io.meshwright.trino;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.meshwright.bridge.migration.LegacyName;
import io.meshwright.bridge.migration.MigrationRow;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.Products;
import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.ConnectorIdentity;

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
    private final Set<String> readerGroups;

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

    private LegacyNames(Map<SchemaTableName, LegacyTable> byName, Set<String> readerGroups)
    {
        this.byName = ImmutableMap.copyOf(byName);
        this.readerGroups = ImmutableSet.copyOf(readerGroups);
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
        return new LegacyNames(byName, catalogs.readerGroups());
    }

    private static LegacyTable table(Product product, LegacyName legacy, Map<String, MigrationRow> dials, LegacyCatalogs catalogs)
    {
        boolean cutOver = Optional.ofNullable(dials.get(legacy.toString()))
                .filter(row -> row.state().isProduct() && row.product().equals(product.address()))
                .isPresent();
        return new LegacyTable(
                new SchemaTableName(legacy.sqlSchema(), legacy.sqlTable()),
                product,
                cutOver,
                catalogs.place(legacy.sqlSchema()).map(place -> new CatalogSchemaTableName(
                        place.catalog(),
                        legacy.schema().map(schema -> schema.toLowerCase(Locale.ROOT)).orElse(place.schema()),
                        legacy.sqlTable())));
    }

    Optional<LegacyTable> find(SchemaTableName name)
    {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<LegacyTable> all()
    {
        return byName.values();
    }

    /**
     * Whether somebody reads what lies behind the name now. Nothing masks a legacy table, whatever the product masks for him, so before the cutover only the groups that are named for
     * it do; what its own catalog allows is asked as well.
     */
    boolean mayRead(LegacyTable legacy, ConnectorIdentity identity)
    {
        return legacy.cutOver() || identity.getGroups().stream().anyMatch(readerGroups::contains);
    }

    /**
     * What somebody is told who asks for a legacy table and does not read it.
     */
    String refusal(LegacyTable legacy)
    {
        String readers = readerGroups.isEmpty()
                ? "no group (%s)".formatted(LegacyCatalogs.READER_GROUPS_PROPERTY)
                : "the groups " + String.join(", ", ImmutableSortedSet.copyOf(readerGroups));
        return "%s still is the legacy table, in which nothing is masked; it may be read by %s. Ask %s, which replaces it.".formatted(legacy.name(), readers, legacy.product().name());
    }
}
