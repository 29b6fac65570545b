package io.meshwright.trino.product;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.log.Logger;
import io.airlift.units.Duration;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.table.Row;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.DataProductSpecParser;
import io.meshwright.trino.registry.RegistryReader;
import io.trino.spi.connector.SchemaTableName;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.trino.MeshErrorCode.MESH_PRODUCT_UNREADABLE;
import static io.meshwright.trino.MeshErrorCode.MESH_REGISTRY_UNAVAILABLE;
import static java.util.Comparator.comparingLong;
import static java.util.Objects.requireNonNull;

/**
 * The products of the registry, read again when its table has a new snapshot. While the registry does not answer, the last
 * known products are served up to a configured age, and after that nothing is.
 */
public final class ProductDirectory
{
    private static final Logger log = Logger.get(ProductDirectory.class);

    /**
     * Where the rows come from.
     */
    public interface Source
    {
        Optional<RegistryReader.Change> read(Optional<RegistryReader.Seen> before)
                throws Exception;
    }

    private record Known(RegistryReader.Seen seen, Map<String, Assembled> byAddress, Products products) {}

    /**
     * @param revision the greatest of the address; beyond all others where it cannot be told
     * @param row the registration, so that an unchanged one is not parsed again; empty when it could not be decoded
     */
    private record Assembled(long revision, Optional<ProductRow> row, List<Product> products)
    {
        /**
         * The specification of today, or of before it was damaged.
         */
        private Optional<DataProductSpec> specification()
        {
            Product product = products.getFirst();
            return product.spec().or(() -> product.port() instanceof Product.Unservable unservable ? unservable.former() : Optional.empty());
        }

        private Assembled after(Supplier<Optional<DataProductSpec>> former)
        {
            if (specification().isPresent()) {
                return this;
            }
            Optional<DataProductSpec> known = former.get();
            return new Assembled(revision, row, products.stream().map(product -> product.after(known)).collect(toImmutableList()));
        }
    }

    private final Source source;
    private final Ticker ticker;
    private final long refreshNanos;
    private final long maxAgeNanos;
    private final ReentrantLock refreshing = new ReentrantLock();

    private volatile Known known;
    private volatile long lastAttempt;
    private volatile long lastAnswer;
    private volatile boolean answered;

    public ProductDirectory(Source source, Duration refreshInterval, Duration maxAge, Ticker ticker)
    {
        this.source = requireNonNull(source, "source is null");
        this.ticker = requireNonNull(ticker, "ticker is null");
        refreshNanos = refreshInterval.roundTo(TimeUnit.NANOSECONDS);
        maxAgeNanos = maxAge.roundTo(TimeUnit.NANOSECONDS);
    }

    public Products current()
    {
        if (known == null) {
            refreshing.lock();
        }
        else if (ticker.read() - lastAttempt < refreshNanos || !refreshing.tryLock()) {
            return lastKnown();
        }
        try {
            refreshIfDue();
        }
        finally {
            refreshing.unlock();
        }
        return lastKnown();
    }

    private void refreshIfDue()
    {
        long now = ticker.read();
        if (known != null && now - lastAttempt < refreshNanos) {
            return;
        }
        try {
            source.read(Optional.ofNullable(known).map(Known::seen)).ifPresent(change -> known = assemble(change));
            lastAnswer = ticker.read();
            answered = true;
        }
        catch (Exception e) {
            answered = false;
            log.warn(e, "The registry did not answer");
        }
        finally {
            lastAttempt = ticker.read();
        }
    }

    private Products lastKnown()
    {
        Known last = known;
        if (last == null) {
            throw MESH_REGISTRY_UNAVAILABLE.exception("The registry of data products cannot be read, so no product can be shown. The server's log has the details.");
        }
        if (answered) {
            return last.products();
        }
        long age = ticker.read() - lastAnswer;
        if (age > maxAgeNanos) {
            throw MESH_REGISTRY_UNAVAILABLE.exception("The registry of data products has not answered for %s, longer than mesh.registry.max-age allows, so no product is shown"
                    .formatted(new Duration(age, TimeUnit.NANOSECONDS).convertToMostSuccinctTimeUnit()));
        }
        return last.products().staleFor(java.time.Duration.ofNanos(age));
    }

    private Known assemble(RegistryReader.Change change)
    {
        Map<String, Row> newest = new HashMap<>();
        for (Row row : change.rows()) {
            newest.merge(String.valueOf(row.values().get("address")), row, ProductDirectory::newer);
        }
        Map<String, Assembled> byAddress = change.complete() ? new HashMap<>() : new HashMap<>(known.byAddress());
        newest.forEach((address, row) -> {
            Assembled before = byAddress.get(address);
            if (before == null || revision(row) > before.revision()) {
                assemble(address, row)
                        .map(assembled -> assembled.after(() -> former(address, row, change.rows(), before)))
                        .ifPresent(assembled -> byAddress.put(address, assembled));
            }
        });
        Map<SchemaTableName, Product> byName = new HashMap<>();
        for (Assembled entry : byAddress.values()) {
            byName.merge(entry.products().getFirst().name(), entry.products().getFirst(), ProductDirectory::collision);
        }
        Map<SchemaTableName, Product> versions = new HashMap<>();
        for (Assembled entry : byAddress.values()) {
            entry.products().stream()
                    .skip(1)
                    // a product's own name goes before another one's version: admission refuses both, but not what was there before
                    .filter(version -> !byName.containsKey(version.name()))
                    .forEach(version -> versions.merge(version.name(), version, ProductDirectory::collision));
        }
        return new Known(change.seen(), ImmutableMap.copyOf(byAddress), Products.of(byName.values(), versions.values()));
    }

    /**
     * The last specification of an address that could be understood, before its newest registration.
     */
    private static Optional<DataProductSpec> former(String address, Row newest, List<Row> rows, Assembled before)
    {
        return rows.stream()
                .filter(row -> row != newest && address.equals(row.values().get("address")))
                .sorted(comparingLong(ProductDirectory::revision).reversed())
                .flatMap(row -> specification(row).stream())
                .findFirst()
                .or(() -> Optional.ofNullable(before).flatMap(Assembled::specification));
    }

    private static Optional<DataProductSpec> specification(Row row)
    {
        if (!(row.values().get("spec_body") instanceof String body)) {
            return Optional.empty();
        }
        try {
            return DataProductSpecParser.parseRegistered(String.valueOf(row.values().get("spec_path")), body).value();
        }
        catch (RuntimeException e) {
            log.error(e, "A former registration of product %s cannot be understood", row.values().get("address"));
            return Optional.empty();
        }
    }

    private Optional<Assembled> assemble(String address, Row row)
    {
        ProductRow decoded;
        try {
            decoded = ProductRow.SCHEMA.decode(row);
        }
        catch (RuntimeException e) {
            log.error(e, "The registration of product %s cannot be decoded", address);
            if (row.values().get("sql_schema") instanceof String schema && row.values().get("sql_table") instanceof String table) {
                Product.Unservable reason = new Product.Unservable(MESH_PRODUCT_UNREADABLE, "its registration is damaged");
                return Optional.of(new Assembled(revision(row), Optional.empty(), ImmutableList.of(new Product(new SchemaTableName(schema, table), address, Optional.empty(), reason))));
            }
            return Optional.empty();
        }
        Assembled before = known == null ? null : known.byAddress().get(address);
        if (before != null && before.row().equals(Optional.of(decoded))) {
            return Optional.of(before);
        }
        return Optional.of(new Assembled(decoded.revision(), Optional.of(decoded), assembleClosed(decoded)));
    }

    private static List<Product> assembleClosed(ProductRow row)
    {
        try {
            return ProductAssembly.assemble(row);
        }
        catch (RuntimeException e) {
            log.error(e, "The registration of product %s cannot be understood", row.address());
            return ImmutableList.of(new Product(
                    new SchemaTableName(row.sqlSchema(), row.sqlTable()),
                    row.address(),
                    Optional.empty(),
                    new Product.Unservable(MESH_PRODUCT_UNREADABLE, "its registration cannot be understood")));
        }
    }

    private static Row newer(Row left, Row right)
    {
        return revision(left) >= revision(right) ? left : right;
    }

    private static long revision(Row row)
    {
        return row.values().get("revision") instanceof Number number ? number.longValue() : Long.MAX_VALUE;
    }

    /**
     * Admission refuses this; should it happen all the same, neither product is served under the other's masks, and nobody is
     * told, since one of the two may be private.
     */
    private static Product collision(Product left, Product right)
    {
        log.error("The products %s and %s have the same name in SQL, so that neither is shown", left.address(), right.address());
        return new Product(left.name(), left.address(), Optional.empty(), new Product.Unservable(
                MESH_PRODUCT_UNREADABLE,
                "%s and %s have the same name in SQL".formatted(left.address(), right.address())));
    }
}
