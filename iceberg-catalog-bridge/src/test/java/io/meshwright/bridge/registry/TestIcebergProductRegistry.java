package io.meshwright.bridge.registry;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.ProductAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static io.meshwright.bridge.registry.Registration.Outcome.CREATED;
import static io.meshwright.bridge.registry.Registration.Outcome.UNCHANGED;
import static io.meshwright.bridge.registry.Registration.Outcome.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestIcebergProductRegistry
{
    @TempDir
    private Path folder;

    @Test
    void testRegisterFindAndHistory()
    {
        try (MeshCatalog catalog = open()) {
            ProductRegistry registry = new IcebergProductRegistry(catalog);
            assertThat(registry.current().products()).isEmpty();

            Registration created = registry.register(draft("orders.order-events", "one"), 0);
            assertThat(created.outcome()).isEqualTo(CREATED);
            assertThat(created.row().revision()).isEqualTo(1);
            assertThat(registry.register(draft("orders.order-events", "one"), 0).outcome()).isEqualTo(UNCHANGED);
            Registration updated = registry.register(draft("orders.order-events", "two"), 1);
            assertThat(updated.outcome()).isEqualTo(UPDATED);
            registry.register(draft("pricing.prices", "p"), 0);

            RegistryView view = new IcebergProductRegistry(catalog).current();
            assertThat(view.products()).extracting(ProductRow::address).containsExactly("orders.order-events", "pricing.prices");
            for (String reference : List.of("orders.order-events", "orders.order_events", "mesh://orders/order-events", "dp.orders.order-events")) {
                assertThat(view.find(reference)).as(reference).contains(updated.row());
            }
            assertThat(view.find("orders.nothing")).isEmpty();
            assertThat(view.history(ProductAddress.parse("orders.order-events").orElseThrow())).containsExactly(updated.row(), created.row());
            assertThat(registry.asOf(created.row().registeredAt()).products()).containsExactly(created.row());
            assertThat(registry.asOf(Instant.EPOCH).products()).isEmpty();
        }
    }

    @Test
    void testWhatBelongsToAnotherIsRefused()
    {
        try (MeshCatalog catalog = open()) {
            ProductRegistry registry = new IcebergProductRegistry(catalog);
            registry.register(draft("orders.order-events", "one"), 0);
            long snapshot = registry.current().snapshotId().orElseThrow();

            assertRefused(registry, withPort("a.b", port("other", "file:/lake/orders.order-events")), RegistryRule.LOCATION_TAKEN);
            assertRefused(registry, withPort("a.b", port("other", "file:///lake/orders.order-events/below/")), RegistryRule.LOCATION_TAKEN);
            assertRefused(registry, withPort("a.b", port("orders.order-events", "file:///lake/elsewhere/")), RegistryRule.TABLE_TAKEN);
            ProductDraft draft = draft("a.b", "x");
            assertRefused(registry, new ProductDraft(draft.address(), Optional.of("dp.orders.order-events"), "", "", Optional.empty(), "", List.of(), List.of(), List.of()), RegistryRule.ALIAS_TAKEN);
            assertRefused(registry, new ProductDraft(draft.address(), Optional.of("orders.order_events"), "", "", Optional.empty(), "", List.of(), List.of(), List.of()), RegistryRule.ALIAS_TAKEN);

            assertThat(registry.register(withPort("a.b", port("other", "file:///lake/orders.order-events-2/")), 0).outcome()).isEqualTo(CREATED);
            assertThat(registry.current().snapshotId().orElseThrow()).isNotEqualTo(snapshot);
            assertThat(registry.current().products()).hasSize(2);
        }
    }

    @Test
    void testOneOfManyWritersOfOneAddressWins()
            throws Exception
    {
        int writers = 16;
        try (MeshCatalog catalog = open()) {
            CyclicBarrier start = new CyclicBarrier(writers);
            List<Object> outcomes = inParallel(writers, number -> () -> {
                start.await();
                try {
                    return new IcebergProductRegistry(catalog).register(draft("orders.order-events", "writer " + number), 0);
                }
                catch (MeshException e) {
                    return e;
                }
            });
            List<Object> winners = outcomes.stream().filter(Registration.class::isInstance).toList();
            assertThat(winners).hasSize(1);
            assertThat(outcomes.stream().filter(MeshException.class::isInstance).map(MeshException.class::cast).toList())
                    .hasSize(writers - 1)
                    .allSatisfy(conflict -> {
                        assertThat(conflict.rule()).isEqualTo(RegistryRule.CONFLICT);
                        assertThat(conflict.kind()).isEqualTo(MeshException.Cause.REFUSED);
                        assertThat(conflict).hasMessageContaining("orders.order-events was changed by somebody else: this registration is based on none, but revision 1 was registered by");
                    });
            assertThat(new IcebergProductRegistry(catalog).current().products()).containsExactly(((Registration) winners.get(0)).row());
        }
    }

    @Test
    void testManyWritersOfManyAddressesAllSucceed()
            throws Exception
    {
        int writers = 24;
        CyclicBarrier start = new CyclicBarrier(writers);
        List<Registration> outcomes = inParallel(writers, number -> () -> {
            // a catalog of its own for each writer, as separate processes have
            start.await();
            try (MeshCatalog catalog = open()) {
                return new IcebergProductRegistry(catalog).register(draft("domain.product-" + number, "text"), 0);
            }
        });
        assertThat(outcomes).extracting(Registration::outcome).containsOnly(CREATED);
        try (MeshCatalog catalog = open()) {
            List<ProductRow> products = new IcebergProductRegistry(catalog).current().products();
            assertThat(products).hasSize(writers);
            assertThat(products.stream().map(ProductRow::registeredAt).distinct()).hasSize(writers);
        }
    }

    private static void assertRefused(ProductRegistry registry, ProductDraft draft, RegistryRule rule)
    {
        assertThatThrownBy(() -> registry.register(draft, 0))
                .isInstanceOfSatisfying(MeshException.class, refusal -> {
                    assertThat(refusal.rule()).isEqualTo(rule);
                    assertThat(refusal.kind()).isEqualTo(MeshException.Cause.REFUSED);
                })
                .hasMessageContaining("orders.order-events");
        assertThat(registry.current().products()).hasSize(1);
    }

    private interface Work<V>
    {
        Callable<V> number(int number);
    }

    private static <V> List<V> inParallel(int count, Work<V> work)
            throws Exception
    {
        ExecutorService executor = Executors.newFixedThreadPool(count);
        try {
            List<Callable<V>> tasks = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                tasks.add(work.number(number));
            }
            List<V> results = new ArrayList<>();
            for (Future<V> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
        finally {
            executor.shutdownNow();
        }
    }

    static ProductDraft draft(String address, String body)
    {
        return new ProductDraft(
                ProductAddress.parse(address).orElseThrow(),
                Optional.of("dp." + address),
                "dataproduct.yaml",
                body,
                Optional.empty(),
                "tester",
                List.of(port(address, "file:///lake/" + address + "/")),
                List.of(new ContractRow("table", "./contract.yaml", "id", "1.0.0", ProductDraft.hashOf(body), body)),
                List.of(new ColumnRow("table", "order_id", 1)));
    }

    private static ProductDraft withPort(String address, PortRow port)
    {
        return new ProductDraft(ProductAddress.parse(address).orElseThrow(), Optional.empty(), "", "", Optional.empty(), "", List.of(port), List.of(), List.of());
    }

    private static PortRow port(String table, String location)
    {
        return new PortRow("table", "iceberg", Optional.of("lake"), Optional.of(table), Optional.of("uuid of " + table), Optional.of(location), Optional.empty());
    }

    private MeshCatalog open()
    {
        return TestingCatalogs.openEmbedded(folder);
    }
}
