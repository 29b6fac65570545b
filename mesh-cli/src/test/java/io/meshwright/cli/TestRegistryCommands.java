package io.meshwright.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class TestRegistryCommands
{
    @TempDir
    private Path folder;

    private MeshCommandTester mesh;

    @BeforeEach
    void setUp()
    {
        mesh = new MeshCommandTester(folder)
                .file("orders/dataproduct.yaml", ProductFixtures.SPEC)
                .file("orders/contracts/v1.yaml", ProductFixtures.CONTRACT);
    }

    @Test
    void testDryRunChangesNothing()
    {
        mesh.run("product", "apply", "orders/dataproduct.yaml", "--dry-run").exits(ExitCode.OK);
        mesh.output().contains("+ create table orders.order_events").contains("nothing was changed (dry run)");
        assertThat(folder.resolve(".mesh")).doesNotExist();

        mesh.run("product", "apply", "orders/dataproduct.yaml", "--dry-run", "-o", "json").exits(ExitCode.OK);
        assertThat(mesh.json().get("dryRun")).isEqualTo(true);
        assertThat(mesh.json().get("product")).isEqualTo("orders.order-events");
        assertThat(mesh.json().get("outcome")).isNull();
    }

    @Test
    void testApplyIsIdempotentAndSaysWhatIsNext()
    {
        mesh.run("product", "apply", "orders/dataproduct.yaml").exits(ExitCode.OK);
        mesh.output().contains("1/4 schema compatibility   pending").contains("2/4 PII scan               pending").contains("orders.order-events created, revision 1");
        mesh.errors().contains("next: mesh catalog get orders.order-events");

        mesh.run("product", "apply", "orders/dataproduct.yaml", "-o", "json").exits(ExitCode.OK);
        assertThat(mesh.json().get("outcome")).isEqualTo("unchanged");
        assertThat(mesh.json().get("revision")).isEqualTo(1L);
        assertThat(mesh.json().get("sqlName")).isEqualTo("orders.order_events");
    }

    @Test
    void testRegisterNeedsTheTable()
    {
        mesh.run("catalog", "register", "orders/dataproduct.yaml", "-o", "json").exits(ExitCode.FINDING);
        assertThat(mesh.json().get("outcome")).isEqualTo("refused");
        assertThat(mesh.finding(0).get("id")).isEqualTo("MESH-ADM-001");

        mesh.run("catalog", "list", "-o", "name").exits(ExitCode.OK);
        mesh.output().isEmpty();
    }

    @Test
    void testLookingDoesNotCreateACatalog()
    {
        mesh.run("catalog", "list").exits(ExitCode.OK);
        mesh.errors().contains("No product is registered.");
        mesh.run("catalog", "search", "orders").exits(ExitCode.OK);
        mesh.run("sla", "list").exits(ExitCode.OK);
        mesh.run("status").exits(ExitCode.OK);
        mesh.run("catalog", "get", "orders.order-events").exits(ExitCode.USAGE);
        mesh.errors().contains("error[MESH-REG-007] No product \"orders.order-events\" is registered").contains("mesh product apply FILE");
        assertThat(folder.resolve(".mesh")).doesNotExist();
    }

    @Test
    void testGet()
    {
        mesh.run("product", "apply", "orders/dataproduct.yaml");

        mesh.run("catalog", "get", "orders.order_events", "--show", "quality,contract,sla,history,versions", "-o", "json").exits(ExitCode.OK);
        Map<?, ?> product = mesh.json();
        assertThat(product.get("id")).isEqualTo("orders.order-events");
        assertThat(product.get("url")).isEqualTo("mesh://orders/order-events");
        assertThat(product.get("quality")).isEqualTo(List.of());
        assertThat(product.containsKey("ports")).isFalse();
        Map<?, ?> contract = (Map<?, ?>) ((List<?>) product.get("contract")).getFirst();
        Map<?, ?> customer = (Map<?, ?>) ((List<?>) contract.get("fields")).get(1);
        assertThat(customer.get("name")).isEqualTo("customer_id");
        assertThat(customer.get("mask")).isEqualTo("token");
        assertThat(((List<?>) product.get("history"))).hasSize(1);

        mesh.run("catalog", "get", "orders.order-events", "--show", "lineag").exits(ExitCode.USAGE);
        mesh.errors().contains("error[MESH-CLI-007] There is no section \"lineag\"").contains("did you mean lineage?");
        mesh.run("catalog", "get", "orders.order-event").exits(ExitCode.USAGE);
        mesh.errors().contains("did you mean orders.order-events?").contains("mesh catalog list");
        mesh.run("catalog", "get", "orders.order-events", "-o", "yaml").exits(ExitCode.OK);
        mesh.output().startsWith("apiVersion: meshwright.io/v1\nkind: DataProduct\nid: orders.order-events\n");
    }

    @Test
    void testInputLocationsAreForTheOwner()
    {
        mesh.run("product", "apply", "orders/dataproduct.yaml");

        mesh.run("catalog", "get", "orders.order-events", "--show", "ports", "-o", "json").exits(ExitCode.OK);
        mesh.output().doesNotContain("db.internal").doesNotContain("file:");
        mesh.with("MESH_USER", "orders-data").run("catalog", "get", "orders.order-events", "--show", "ports", "-o", "json").exits(ExitCode.OK);
        mesh.output().contains("jdbc:postgresql://db.internal/shop");
        mesh.file("mesh.yaml", "users:\n  paul: {groups: [producers]}\n").with("MESH_USER", "paul").run("catalog", "get", "orders.order-events", "--show", "ports");
        mesh.output().contains("db.internal");
    }

    @Test
    void testPrivateProductsAreFoundByTheirReadersOnly()
    {
        mesh.file("orders/dataproduct.yaml", ProductFixtures.SPEC + "  access: {discovery: private, read: [finance]}\n")
                .file("mesh.yaml", "users:\n  frieda: {groups: [finance]}\n")
                .run("product", "apply", "orders/dataproduct.yaml").exits(ExitCode.OK);

        mesh.run("catalog", "list", "-o", "name").output().isEmpty();
        mesh.run("catalog", "search", "orders", "-o", "name").output().isEmpty();
        mesh.run("catalog", "get", "orders.order-events").exits(ExitCode.USAGE);
        mesh.errors().doesNotContain("did you mean");
        mesh.with("MESH_USER", "frieda").run("catalog", "list", "-o", "name").output().isEqualTo("orders.order-events\n");
    }

    @Test
    void testContractIsByteEqual()
            throws Exception
    {
        mesh.run("product", "apply", "orders/dataproduct.yaml");

        mesh.run("contract", "get", "orders.order-events").exits(ExitCode.OK);
        mesh.output().isEqualTo(Files.readString(folder.resolve("orders/contracts/v1.yaml")));
        mesh.run("contract", "get", "orders.order-events", "--port", "tabel").exits(ExitCode.USAGE);
        mesh.errors().contains("error[MESH-CLI-040] orders.order-events has no contract for port tabel").contains("table 1.0.0");
        mesh.run("contract", "list", "orders.order-events", "-o", "json").exits(ExitCode.OK);
        assertThat((List<?>) mesh.json().get("items")).hasSize(1);
    }

    @Test
    void testSearch()
    {
        mesh.run("product", "apply", "orders/dataproduct.yaml");

        mesh.run("catalog", "search", "cancelled").exits(ExitCode.OK);
        mesh.output().contains("orders.order-events").contains("description: Placed, fulfilled and cancelled orders");
        mesh.run("catalog", "search", "--field", "customer_id", "-o", "name").output().isEqualTo("orders.order-events\n");
        mesh.run("catalog", "search", "--domain", "customer", "-o", "name").output().isEmpty();
        mesh.run("catalog", "search").exits(ExitCode.USAGE);
        mesh.errors().contains("Nothing to search for");
    }

    @Test
    void testSyncRegistersWhatCanBeAndReportsTheRest()
    {
        mesh.run("product", "apply", "orders/dataproduct.yaml");
        mesh.file("broken/dataproduct.yaml", ProductFixtures.SPEC.replace("owner: orders-data@example.com", "owner: bob"));

        mesh.run("catalog", "sync", ".", "-o", "json").exits(ExitCode.FINDING);
        assertThat(((Map<?, ?>) mesh.json().get("counts")).get("unchanged")).isEqualTo(1L);
        assertThat(((Map<?, ?>) mesh.json().get("counts")).get("refused")).isEqualTo(1L);
        mesh.run("catalog", "sync", "orders/contracts").exits(ExitCode.USAGE);
        mesh.errors().contains("error[MESH-CLI-004]");
        mesh.run("catalog", "sync", "nowhere").exits(ExitCode.USAGE);
        mesh.errors().contains("There is no folder nowhere");
    }

    @Test
    void testUnreachableCatalogCannotTell()
    {
        mesh.file("mesh.yaml", "catalog:\n  type: rest\n  uri: http://127.0.0.1:1/\n");
        for (String command : List.of("catalog list", "catalog get orders.order-events", "product apply orders/dataproduct.yaml", "catalog register orders/dataproduct.yaml", "contract list a.b", "sla list", "status", "up")) {
            mesh.run((command + " -o json").split(" ")).exits(ExitCode.UNKNOWN);
            assertThat(mesh.finding(0).get("id")).as(command).isEqualTo("MESH-CATALOG-001");
        }
        assertThat(folder.resolve(".mesh")).doesNotExist();
    }
}
