package io.meshwright.bridge.admission;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.product.ProductBundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Versions side by side, and views over registered products.
 */
class TestViewAdmission
{
    private static final String TABLE = "{name: curated, type: iceberg, contract: ./v1.yaml}";
    private static final String NEXT = "{name: next, type: iceberg, contract: ./v3.yaml}";

    @TempDir
    private Path folder;
    private MeshCatalog catalog;
    private Admission admission;

    @BeforeEach
    void setUp()
    {
        catalog = TestingCatalogs.openEmbedded(folder);
        admission = new Admission(catalog, new IcebergProductRegistry(catalog));
    }

    @AfterEach
    void tearDown()
    {
        catalog.close();
    }

    @Test
    void testNamesOfVersionsAreTaken()
            throws IOException
    {
        assertThat(apply("order-events", TABLE, NEXT)).isEmpty();
        assertThat(new IcebergProductRegistry(catalog).current().products().get(0).sqlNames()).containsExactly("orders.order_events", "orders.order_events_v1", "orders.order_events_v3");
        assertThat(apply("order-events-v2", TABLE)).isEmpty();
        for (String taken : List.of("order-events-v1", "order-events-v3")) {
            assertThat(apply(taken, TABLE)).containsExactly(
                    "MESH-REG-002 orders.%s cannot be registered: its SQL name orders.%s is the one of orders.order-events; nothing was written".formatted(taken, taken.replace('-', '_')));
        }
        // the other way round: the new version would take a name that is there
        assertThat(apply("returns-v3", TABLE)).isEmpty();
        assertThat(apply("returns", TABLE, NEXT)).containsExactly("MESH-REG-002 orders.returns cannot be registered: its SQL name orders.returns_v3 is the one of orders.returns-v3; nothing was written");
    }

    @Test
    void testInputsAreRegistered()
            throws IOException
    {
        assertThat(apply("recent", view("SELECT id, total FROM orders.order_event"))).containsExactly("MESH-ADM-005 port view: the view reads orders.order_event, which is not registered");
        assertThat(apply("order-events", TABLE, NEXT)).isEmpty();
        assertThat(apply("recent", view("SELECT id, total FROM orders.order_event"))).containsExactly("MESH-ADM-005 port view: the view reads orders.order_event, which is not registered, did you mean orders.order_events?");
        assertThat(apply("recent", view("SELECT id, total FROM orders.order_events"))).isEmpty();
        assertThat(apply("recent-first", view("SELECT id, total FROM order_events_v1"))).isEmpty();
    }

    @Test
    void testColumnsFitTheInputs()
            throws IOException
    {
        assertThat(apply("order-events", TABLE, NEXT)).isEmpty();
        assertThat(apply("recent", view("SELECT id, o.total FROM orders.order_events_v3 o"))).containsExactly(
                "MESH-PORT-016 port view: column total is string in orders.order_events_v3, and long in the contract of the view");
        assertThat(apply("recent", view("SELECT id, CAST(total AS bigint) AS total FROM orders.order_events_v3"))).isEmpty();
        assertThat(apply("other", view("SELECT id, amount AS total FROM orders.order_events"))).containsExactly(
                "MESH-PORT-016 port view: the view reads orders.order_events.amount, which the contract of orders.order_events does not have");
    }

    @Test
    void testViewThatReadsItselfThroughOthers()
            throws IOException
    {
        assertThat(apply("order-events", TABLE)).isEmpty();
        assertThat(apply("first", view("SELECT id, total FROM orders.order_events"))).isEmpty();
        assertThat(apply("second", view("SELECT id, total FROM orders.first"))).isEmpty();
        assertThat(apply("third", view("SELECT id, total FROM orders.second UNION ALL SELECT id, total FROM orders.first"))).isEmpty();
        assertThat(apply("first", view("SELECT id, total FROM orders.third"))).containsExactly(
                "MESH-PORT-015 port view: the view reads itself through orders.third and orders.second");
    }

    @Test
    void testOlderVersionAsAViewOverTheNewerOne()
            throws IOException
    {
        assertThat(apply("order-events", NEXT, "{name: former, type: view, contract: ./v1.yaml, query: 'SELECT id, CAST(total AS bigint) AS total FROM order_events', deprecated: {until: 2027-03-31, successor: next}}")).isEmpty();
    }

    private static String view(String query)
    {
        return "{name: view, type: view, contract: ./v1.yaml, query: '%s'}".formatted(query);
    }

    private List<String> apply(String name, String... ports)
            throws IOException
    {
        Path product = folder.resolve(name);
        Files.createDirectories(product);
        Files.writeString(product.resolve("dataproduct.yaml"),
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata: {name: %s, domain: orders, owner: team@retailer.example}
                spec:
                  description: Events.
                  outputPorts: [%s]
                  sla: {freshness: "<= 15m"}
                """.formatted(name, String.join(", ", ports)));
        Files.writeString(product.resolve("v1.yaml"), contract(name, "1.4.0", "long"));
        Files.writeString(product.resolve("v3.yaml"), contract(name, "3.0.0", "string"));
        Parsed<ProductBundle> parsed = new ProductFiles(folder).read(name + "/dataproduct.yaml", Set.of());
        assertThat(parsed.findings().stream().filter(Finding::isError)).isEmpty();
        return admission.apply(admission.prepare(parsed.value().orElseThrow()), new SpecificationOrigin("dataproduct.yaml", Optional.empty(), "tester")).findings().stream()
                .map(finding -> finding.rule().id() + " " + finding.message())
                .toList();
    }

    private static String contract(String name, String version, String totalType)
    {
        return """
               dataContractSpecification: 1.2.0
               id: orders.%s
               info: {title: T, version: %s, owner: team}
               models:
                 %s:
                   type: table
                   fields:
                     id: {type: string}
                     total: {type: %s}
               """.formatted(name, version, name.replace('-', '_'), totalType);
    }
}
