package io.meshwright.trino.control;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableSet;
import io.airlift.slice.Slices;
import io.airlift.units.Duration;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.Products;
import io.meshwright.trino.product.ReaderAccess;
import io.meshwright.trino.registry.RegistryTables;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.predicate.Domain;
import io.trino.spi.security.ConnectorIdentity;

import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;

/**
 * What products tell about themselves in SQL: the tables of the schema {@code meta}, and beside each product the tables of
 * its own, for example {@code "order_events$sla"}.
 */
public final class ControlPort
{
    public static final String META = "meta";

    /**
     * What a product tells about itself in a table of its own.
     */
    public enum Facet
    {
        CONTRACT,
        SLA,
        QUALITY,
        RECONCILIATION,
        MASK,
        LINEAGE,
        HISTORY,
        LIFECYCLE,
        SAMPLE;

        private String suffix()
        {
            return "$" + name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The name of a product's table, taken apart.
     */
    public record FacetName(SchemaTableName product, Facet facet)
    {
        /**
         * Empty for the name of anything else.
         */
        public static Optional<FacetName> parse(SchemaTableName name)
        {
            int dollar = name.getTableName().lastIndexOf('$');
            if (dollar <= 0) {
                return Optional.empty();
            }
            return Arrays.stream(Facet.values())
                    .filter(facet -> facet.suffix().equals(name.getTableName().substring(dollar)))
                    .findFirst()
                    .map(facet -> new FacetName(new SchemaTableName(name.getSchemaName(), name.getTableName().substring(0, dollar)), facet));
        }
    }

    private final Function<ConnectorTransactionHandle, Products> products;
    private final Clock clock;
    private final ControlAccess access;
    private final LatestResults results;
    private final StaleNotes staleNotes;
    private final ProductTable productTable;
    private final ContractTable contracts;
    private final SlaTable sla;
    private final SlaMeasurementTable slaMeasurements;
    private final QualityTable quality;
    private final ReconciliationTable reconciliations;
    private final LineageTable lineage;
    private final HistoryTable history;
    private final GrantTable grants;
    private final ReadTable reads;
    private final Set<SystemTable> metaTables;
    private final Set<SchemaTableName> metaNames;

    /**
     * @param auditGroups who sees reads, grants and places of all products
     * @param products the state of the registry that a transaction sees
     */
    public ControlPort(
            RegistryTables tables,
            ReaderAccess readers,
            Collection<String> auditGroups,
            Duration refreshInterval,
            Clock clock,
            Function<ConnectorTransactionHandle, Products> products)
    {
        this.products = requireNonNull(products, "products is null");
        this.clock = requireNonNull(clock, "clock is null");
        access = new ControlAccess(readers, auditGroups);
        results = new LatestResults(tables, refreshInterval, Ticker.systemTicker());
        staleNotes = new StaleNotes(results, refreshInterval, clock, Ticker.systemTicker());
        productTable = new ProductTable(access, results, clock);
        contracts = new ContractTable(access);
        sla = new SlaTable(access, results, clock);
        slaMeasurements = new SlaMeasurementTable(access, tables);
        quality = new QualityTable(access, tables, results);
        reconciliations = new ReconciliationTable(access, tables);
        lineage = new LineageTable(access, new ObservedEdges(tables, refreshInterval, Ticker.systemTicker()));
        history = new HistoryTable(access, tables);
        grants = new GrantTable(access, clock);
        reads = new ReadTable(access, tables);
        metaTables = ImmutableSet.of(
                meta("products", "The products that you may find, and how they are", ProductTable.COLUMNS, productTable::rows),
                meta("product_versions", "All registrations of products, each with the time in which it was in force", HistoryTable.VERSION_COLUMNS, history::versions),
                meta("contracts", "The contracts in force", ContractTable.COLUMNS, contracts::rows),
                meta("sla", "The promises of products, and how they stand by the last measurement", SlaTable.COLUMNS, sla::rows),
                meta("sla_measurements", "All measurements of promises", SlaMeasurementTable.COLUMNS, slaMeasurements::rows),
                meta("quality_results", "All results of contract tests", QualityTable.COLUMNS, quality::all),
                meta("reconciliations", "How products compare with the legacy tables that they replace", ReconciliationTable.COLUMNS, reconciliations::rows),
                meta("lineage", "Where data comes from and where it goes, by declarations and by queries", LineageTable.COLUMNS, lineage::rows),
                meta("reads", "Who read what: your own reads, those of your products, for auditors all", ReadTable.COLUMNS, reads::rows),
                meta("grants", "Who may find, read and see products in clear", GrantTable.COLUMNS, grants::rows));
        metaNames = metaTables.stream().map(table -> table.getTableMetadata().getTable()).collect(toImmutableSet());
    }

    /**
     * Whether somebody may know of a table that a product has of its own. What of the product is masked for him, and a sample,
     * are nothing for an owner or an auditor who is no reader.
     */
    public boolean finds(Product product, Facet facet, ConnectorIdentity identity)
    {
        return switch (facet) {
            case MASK, SAMPLE -> access.readers().mayFind(product, identity);
            case CONTRACT, SLA, QUALITY, RECONCILIATION, LINEAGE, HISTORY, LIFECYCLE -> access.finds(product, identity);
        };
    }

    /**
     * Words for the comment of a product that is known to be stale. Never waits.
     */
    public Optional<String> staleNote(Product product)
    {
        return staleNotes.note(product);
    }

    /**
     * The tables of the schema {@code meta}.
     */
    public Set<SystemTable> metaTables()
    {
        return metaTables;
    }

    public boolean isMetaTable(SchemaTableName name)
    {
        return metaNames.contains(name);
    }

    /**
     * A product's own table.
     *
     * @param storage for the session that asks
     */
    public SystemTable facet(SchemaTableName name, Product product, Facet facet, ProductStorage storage)
    {
        String address = product.address();
        Domain only = Domain.singleValue(VARCHAR, Slices.utf8Slice(address));
        return switch (facet) {
            case CONTRACT -> table(name, "The contracts of %s in force".formatted(address), ContractTable.COLUMNS, contracts::rows, only);
            case SLA -> table(name, "The promises of %s, and how they stand now".formatted(address), SlaTable.COLUMNS, request -> sla.rows(request, (_, now) -> storage.freshness(product, now)), only);
            case QUALITY -> table(name, "What the last contract test of %s found".formatted(address), QualityTable.COLUMNS, quality::last, only);
            case RECONCILIATION -> table(name, "How %s compares with the legacy table that it replaces".formatted(address), ReconciliationTable.COLUMNS, reconciliations::rows, only);
            case MASK -> table(name, "What of %s is masked for you".formatted(address), MaskTable.COLUMNS, new MaskTable(access, storage, product)::rows, only);
            case LINEAGE -> table(name, "Where the data of %s comes from and where it goes".formatted(address), LineageTable.COLUMNS, lineage::rows, only);
            case HISTORY -> table(name, "The registrations of %s".formatted(address), HistoryTable.COLUMNS, history::rows, only);
            case LIFECYCLE -> table(name, "The versions of %s, and which data they serve".formatted(address), LifecycleTable.COLUMNS, new LifecycleTable(access, clock, storage)::rows, only);
            case SAMPLE -> storage.sample(name, product);
        };
    }

    private <T> SystemTable meta(String name, String comment, ControlColumns<T> columns, ControlTable.Source<T> source)
    {
        return table(new SchemaTableName(META, name), comment, columns, source, Domain.all(VARCHAR));
    }

    private <T> SystemTable table(SchemaTableName name, String comment, ControlColumns<T> columns, ControlTable.Source<T> source, Domain addresses)
    {
        return new ControlTable<>(name, comment, columns, source, products, addresses);
    }
}
