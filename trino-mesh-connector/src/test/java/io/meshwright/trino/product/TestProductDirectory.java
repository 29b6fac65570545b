package io.meshwright.trino.product;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.testing.TestingTicker;
import io.airlift.units.Duration;
import io.meshwright.bridge.table.Row;
import io.meshwright.trino.MeshErrorCode;
import io.meshwright.trino.registry.RegistryReader;
import io.meshwright.trino.registry.RegistryReader.Seen;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.ConnectorIdentity;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestProductDirectory
{
    private static final ReaderAccess ACCESS = new ReaderAccess("production", Clock.systemUTC());

    private final TestingTicker ticker = new TestingTicker();
    private final TestingSource source = new TestingSource();
    private final ProductDirectory directory = new ProductDirectory(source, new Duration(5, SECONDS), new Duration(1, MINUTES), ticker);

    @Test
    void testAsksOnlyWhenDueAndReadsOnlyWhatChanged()
    {
        source.rows.add(row("orders.order-events", 1, "not yaml: ["));
        Products first = directory.current();
        assertThat(source.asked).isEqualTo(1);
        ticker.increment(4, SECONDS);
        assertThat(directory.current()).isSameAs(first);
        assertThat(source.asked).isEqualTo(1);
        ticker.increment(1, SECONDS);
        assertThat(directory.current()).isSameAs(first);
        assertThat(source.asked).isEqualTo(2);
        source.snapshot++;
        ticker.increment(5, SECONDS);
        assertThat(directory.current()).isNotSameAs(first);
    }

    @Test
    void testServesTheLastKnownStateUpToItsAge()
    {
        source.rows.add(row("orders.order-events", 1, "x"));
        assertThat(directory.current().staleFor()).isEmpty();
        source.broken = true;
        ticker.increment(10, SECONDS);
        Products stale = directory.current();
        assertThat(stale.all()).hasSize(1);
        assertThat(stale.staleFor()).contains(java.time.Duration.ofSeconds(10));
        ticker.increment(51, SECONDS);
        assertThatThrownBy(directory::current)
                .isInstanceOf(TrinoException.class)
                .hasMessage("[MESH-TRINO-002] The registry of data products has not answered for 1.02m, longer than mesh.registry.max-age allows, so no product is shown");
        source.broken = false;
        ticker.increment(5, SECONDS);
        assertThat(directory.current().staleFor()).isEmpty();
    }

    @Test
    void testNothingIsShownBeforeTheRegistryWasRead()
    {
        source.broken = true;
        assertThatThrownBy(directory::current)
                .isInstanceOf(TrinoException.class)
                .hasMessage("[MESH-TRINO-002] The registry of data products cannot be read, so no product can be shown. The server's log has the details.");
    }

    @Test
    void testDamagedRegistrationsAreKeptApart()
    {
        source.rows.add(row("orders.order-events", 1, "x"));
        source.rows.add(Row.of(Map.of("address", "a.b", "sql_schema", "a", "sql_table", "b", "revision", 1)));
        source.rows.add(Row.of(Map.of("address", "c.d")));
        source.rows.add(Row.of(Map.of()));
        Products products = directory.current();
        assertThat(products.byName().keySet()).containsExactlyInAnyOrder(new SchemaTableName("orders", "order_events"), new SchemaTableName("a", "b"));
        assertThat(products.all()).allMatch(product -> product.spec().isEmpty() && product.port() instanceof Product.Unservable);
    }

    @Test
    void testNewestRevisionWins()
    {
        source.rows.add(row("orders.order-events", 2, "second"));
        source.rows.add(row("orders.order-events", 1, "first"));
        assertThat(directory.current().all()).hasSize(1);
        // a newest row without a revision may be anything, so it is not passed over for an older one
        source.rows.add(Row.of(Map.of("address", "orders.order-events", "sql_schema", "orders", "sql_table", "order_events")));
        source.snapshot++;
        ticker.increment(5, SECONDS);
        assertThat(directory.current().find(new SchemaTableName("orders", "order_events")).orElseThrow().port())
                .isEqualTo(new Product.Unservable(MeshErrorCode.MESH_PRODUCT_UNREADABLE, "its registration is damaged"));
    }

    @Test
    void testAddsToWhatWasSeen()
    {
        source.rows.add(row("orders.order-events", 1, "first"));
        source.rows.add(row("customer.customer-profile", 3, "first"));
        directory.current();
        Product untouched = directory.current().find(new SchemaTableName("customer", "customer_profile")).orElseThrow();

        source.rows.clear();
        source.rows.add(row("orders.order-events", 2, "second"));
        source.rows.add(row("orders.returns", 1, "first"));
        // an earlier revision that was seen late
        source.rows.add(row("customer.customer-profile", 2, "earlier"));
        source.complete = false;
        Product before = directory.current().find(new SchemaTableName("orders", "order_events")).orElseThrow();
        source.snapshot++;
        ticker.increment(5, SECONDS);
        Products products = directory.current();
        assertThat(products.all()).extracting(Product::address).containsExactly("customer.customer-profile", "orders.order-events", "orders.returns");
        assertThat(products.find(new SchemaTableName("customer", "customer_profile"))).containsSame(untouched);
        assertThat(products.find(new SchemaTableName("orders", "order_events")).orElseThrow()).isNotSameAs(before);
        assertThat(products.inSchema("orders")).extracting(Product::address).containsExactly("orders.order-events", "orders.returns");
        assertThat(products.inSchema("order")).isEmpty();

        // rows that take the place of what was seen
        source.complete = true;
        source.snapshot++;
        ticker.increment(5, SECONDS);
        source.rows.removeLast();
        assertThat(directory.current().all()).extracting(Product::address).containsExactly("orders.order-events", "orders.returns");
    }

    /**
     * What was last understood of a product decides who is told that its registration is damaged.
     */
    @Test
    void testDamagedRegistrationsAreToldToWhoFoundTheProduct()
    {
        source.rows.add(row("shop.open", 1, spec("open", "discovery: public")));
        source.rows.add(row("shop.closed", 1, spec("closed", "discovery: private")));
        source.rows.add(row("shop.closing", 1, spec("closing", "discovery: public")));
        directory.current();
        source.complete = false;
        source.rows.clear();
        source.rows.add(row("shop.open", 2, "kind: ["));
        source.rows.add(row("shop.closed", 2, "kind: ["));
        source.rows.add(row("shop.closing", 2, spec("closing", "discovery: private")));
        source.rows.add(row("shop.closing", 3, "kind: ["));
        source.rows.add(row("shop.never", 1, "kind: ["));
        source.snapshot++;
        ticker.increment(5, SECONDS);
        assertThat(known()).containsExactly("shop.open");

        // damaged once more, and then after all is read anew
        source.rows.add(row("shop.open", 3, "kind: ["));
        source.snapshot++;
        ticker.increment(5, SECONDS);
        assertThat(known()).containsExactly("shop.open");
        source.rows.addFirst(row("shop.open", 1, spec("open", "discovery: private")));
        source.complete = true;
        source.snapshot++;
        ticker.increment(5, SECONDS);
        assertThat(new ProductDirectory(source, new Duration(5, SECONDS), new Duration(1, MINUTES), ticker).current().all())
                .filteredOn(product -> ACCESS.mayKnow(product, ConnectorIdentity.ofUser("ann")))
                .isEmpty();
    }

    private List<String> known()
    {
        return directory.current().all().stream()
                .filter(product -> ACCESS.mayKnow(product, ConnectorIdentity.ofUser("ann")))
                .map(Product::address)
                .toList();
    }

    private static String spec(String name, String access)
    {
        return """
               apiVersion: dataproduct.kloudvin.io/v1
               kind: DataProduct
               metadata: {name: %s, domain: shop, owner: shop@shop.example}
               spec:
                 description: "Rows of the shop."
                 outputPorts: [{name: curated, type: iceberg, contract: contract.yaml}]
                 sla: {freshness: "<= 1d"}
                 access: {%s}
               """.formatted(name, access);
    }

    private static Row row(String address, int revision, String spec)
    {
        String[] names = address.replace('-', '_').split("\\.");
        return Row.of(ImmutableMap.<String, Object>builder()
                .put("address", address)
                .put("sql_schema", names[0])
                .put("sql_table", names[1])
                .put("revision", revision)
                .put("product_hash", "hash")
                .put("spec_path", "dataproduct.yaml")
                .put("spec_body", spec)
                .put("registered_at", Instant.EPOCH)
                .put("registered_by", "test")
                .put("ports", ImmutableList.of())
                .put("contracts", ImmutableList.of())
                .put("columns", ImmutableList.of())
                .buildOrThrow());
    }

    private static final class TestingSource
            implements ProductDirectory.Source
    {
        private final List<Row> rows = new ArrayList<>();
        private long snapshot = 1;
        private boolean broken;
        private boolean complete = true;
        private int asked;

        @Override
        public Optional<RegistryReader.Change> read(Optional<RegistryReader.Seen> before)
                throws IOException
        {
            asked++;
            if (broken) {
                throw new IOException("unreachable");
            }
            Seen current = new Seen(OptionalLong.of(snapshot), Set.of());
            return before.equals(Optional.of(current)) ? Optional.empty() : Optional.of(new RegistryReader.Change(current, rows, complete));
        }
    }
}
