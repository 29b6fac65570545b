package io.meshwright.trino.usage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.usage.HeartbeatRow;
import io.meshwright.bridge.usage.LineageColumn;
import io.meshwright.bridge.usage.LineageRow;
import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.bridge.usage.UsageTables;
import io.meshwright.trino.TestingMesh;
import io.meshwright.trino.TestingProducts;
import io.trino.Session;
import io.trino.spi.QueryId;
import io.trino.testing.QueryFailedException;
import io.trino.testing.QueryRunner.MaterializedResultWithPlan;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.CLEARED;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static io.trino.testing.assertions.Assert.assertEventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

@TestInstance(PER_CLASS)
class TestMeshEventListener
{
    private static final String CLOSED_SPEC = TestingProducts.CUSTOMER_SPEC
            .replace("name: customer-profile", "name: closed-profile")
            .replace("    clear:", "    read: [privacy]\n    clear:");
    private static final String PRIVATE_SPEC = TestingProducts.CUSTOMER_SPEC
            .replace("name: customer-profile", "name: private-profile")
            .replace("    clear:", "    discovery: private\n    read: [privacy]\n    clear:");
    private static final String VIEW_SPEC =
            """
            apiVersion: dataproduct.kloudvin.io/v1
            kind: DataProduct
            metadata:
              name: order-status
              domain: orders
              owner: orders@shop.example
            spec:
              description: "Orders by status."
              outputPorts:
                - name: counts
                  type: view
                  query: SELECT status, customer_id FROM orders.order_events
                  contract: contract.yaml
              sla:
                freshness: "<= 15m"
              access:
                discovery: public
            """;
    private static final String VIEW_CONTRACT =
            """
            dataContractSpecification: 1.2.1
            id: orders.order-status
            info: {title: Order status, version: 1.4.0, owner: orders@shop.example}
            models:
              order_status:
                type: table
                fields:
                  status: {type: string}
                  customer_id: {type: string}
            """;

    private TestingMesh mesh;
    private MeshEventListener listener;

    @BeforeAll
    void start()
            throws Exception
    {
        mesh = new TestingMesh(0, Map.of(), folder -> {
            listener = TestingListeners.create(ImmutableMap.of(
                    "mesh.catalog-file", folder.resolve("mesh.properties").toString(),
                    "mesh.usage.spool-directory", folder.resolve("spool").toString(),
                    "mesh.usage.node", "coordinator-1",
                    "mesh.usage.producer-catalogs", "lake",
                    "mesh.usage.region", "us-east-1",
                    "mesh.usage.batch-interval", "200ms"));
            return ImmutableList.of(listener);
        });
        TestingProducts.create(mesh);
        for (String name : List.of("closed", "private", "european")) {
            mesh.producer("CREATE TABLE lake.customer.%s_v1 AS SELECT * FROM lake.customer.profile_v1".formatted(name));
        }
        mesh.register(CLOSED_SPEC, TestingProducts.CUSTOMER_CONTRACT.replace("customer_profile:", "closed_profile:"), Optional.of("closed_v1"));
        mesh.register(PRIVATE_SPEC, TestingProducts.CUSTOMER_CONTRACT.replace("customer_profile:", "private_profile:"), Optional.of("private_v1"));
        mesh.register(VIEW_SPEC, VIEW_CONTRACT, Optional.empty());
    }

    @AfterAll
    void stop()
            throws IOException
    {
        mesh.close();
    }

    @Test
    void testWhoReadWhat()
    {
        ReadRow masked = read(run(ANALYST, "SELECT customer_id, status FROM orders.order_events WHERE total_minor > 500"));
        assertThat(masked.product()).isEqualTo("orders.order-events");
        assertThat(masked.port()).contains("curated");
        assertThat(masked.revision()).hasValue(1);
        assertThat(masked.contractVersion()).contains("1.0.0");
        assertThat(masked.snapshotId()).contains(snapshot("\"order_events$snapshots\""));
        assertThat(masked.userName()).isEqualTo(ANALYST);
        assertThat(masked.groups()).isEmpty();
        assertThat(masked.source()).contains("test");
        assertThat(masked.clientTags()).containsExactly("nightly");
        assertThat(masked.statement()).isEqualTo("SELECT");
        assertThat(masked.columns()).containsExactly("customer_id", "status", "total_minor");
        assertThat(masked.maskedColumns()).containsExactly("customer_id");
        assertThat(masked.clearPersonalColumns()).isEmpty();
        assertThat(masked.outcome()).isEqualTo("finished");
        assertThat(masked.rowsRead()).hasValue(1000);
        assertThat(masked.bytesRead().orElseThrow()).isPositive();
        assertThat(masked.resultRows()).hasValue(995);
        assertThat(masked.node()).isEqualTo("coordinator-1");
        assertThat(masked.queryText()).isEmpty();
        assertThat(masked.rightsOf()).isEmpty();

        ReadRow clear = read(run(OFFICER, "SELECT customer_id, delivery.street, delivery.city FROM orders.order_events"));
        assertThat(clear.columns()).containsExactly("customer_id", "delivery.city", "delivery.street");
        assertThat(clear.maskedColumns()).isEmpty();
        assertThat(clear.clearPersonalColumns()).containsExactly("customer_id", "delivery.street");
        assertThat(clear.groups()).containsExactly("privacy");
    }

    @Test
    void testColumnsThatOnlyFilterAreRead()
    {
        assertThat(read(run(ANALYST, "SELECT count(*) FROM orders.order_events")).columns()).isEmpty();
        // the partition's transform answers the filter, so that the scan itself needs no column
        assertThat(read(run(ANALYST, "SELECT count(*) FROM orders.order_events WHERE occurred_at >= TIMESTAMP '2001-01-01 00:00:00 UTC'")).columns()).containsExactly("occurred_at");
    }

    @Test
    void testAJoinReadsTwoProductsAndASelfJoinOne()
    {
        List<ReadRow> join = reads(run(ANALYST, "SELECT c.segment FROM orders.order_events o JOIN customer.customer_profile c ON o.customer_id = c.customer_id"), 2);
        assertThat(join).extracting(ReadRow::product).containsExactlyInAnyOrder("orders.order-events", "customer.customer-profile");
        assertThat(join).extracting(ReadRow::readId).doesNotHaveDuplicates();

        ReadRow self = read(run(ANALYST, "SELECT a.status FROM orders.order_events a JOIN orders.order_events b ON a.order_id = b.order_id WHERE b.total_minor = 100"));
        assertThat(self.columns()).containsExactly("order_id", "status", "total_minor");
        assertThat(self.rowsRead().orElseThrow()).isPositive();
    }

    @Test
    void testViewsAndWhatIsBelowThem()
    {
        List<ReadRow> rows = reads(run(ANALYST, "SELECT customer_id FROM orders.order_status"), 2);
        ReadRow base = rows.stream().filter(row -> row.product().equals("orders.order-events")).findFirst().orElseThrow();
        assertThat(base.through()).containsExactly("mesh.orders.order_status");
        assertThat(base.columns()).containsExactly("customer_id");
        assertThat(base.maskedColumns()).containsExactly("customer_id");
        ReadRow view = rows.stream().filter(row -> row.product().equals("orders.order-status")).findFirst().orElseThrow();
        assertThat(view.port()).contains("counts");
        assertThat(view.contractVersion()).contains("1.4.0");
        assertThat(view.columns()).containsExactly("customer_id");
        assertThat(view.snapshotId()).isEmpty();

        run(ANALYST, "CREATE VIEW lake.orders.by_ann AS SELECT customer_id FROM mesh.orders.order_events");
        ReadRow lent = read(run(OFFICER, "SELECT * FROM lake.orders.by_ann"));
        assertThat(lent.userName()).isEqualTo(OFFICER);
        assertThat(lent.rightsOf()).contains(ANALYST);
        assertThat(lent.through()).containsExactly("lake.orders.by_ann");
        assertThat(lent.maskedColumns()).as("masked for the owner of the view").containsExactly("customer_id");
    }

    @Test
    void testRefusedAndFailedQueries()
    {
        ReadRow denied = read(fail(ANALYST, "SELECT email FROM customer.closed_profile"));
        assertThat(denied.product()).isEqualTo("customer.closed-profile");
        assertThat(denied.outcome()).isEqualTo("denied");
        assertThat(denied.rule()).contains("MESH-TRINO-007");
        assertThat(denied.columns()).isEmpty();
        assertThat(denied.snapshotId()).isEmpty();

        ReadRow hidden = read(fail(ANALYST, "WITH p AS (SELECT * FROM mesh.customer.private_profile) SELECT * FROM p"));
        assertThat(hidden.product()).isEqualTo("customer.private-profile");
        assertThat(hidden.outcome()).isEqualTo("failed");
        assertThat(hidden.errorCode()).contains("TABLE_NOT_FOUND");

        ReadRow prepared = read(fail(ANALYST, "EXECUTE IMMEDIATE 'SELECT nothing FROM orders.order_events WHERE status = ?' USING 'x'"));
        assertThat(prepared.product()).isEqualTo("orders.order-events");
        assertThat(prepared.errorCode()).contains("COLUMN_NOT_FOUND");

        ReadRow execution = read(fail(CLEARED, "SELECT CAST(customer_id AS bigint) FROM orders.order_events"));
        assertThat(execution.outcome()).isEqualTo("failed");
        assertThat(execution.errorCode()).contains("INVALID_CAST_ARGUMENT");
        assertThat(execution.errorType()).contains("USER_ERROR");
        assertThat(execution.clearPersonalColumns()).containsExactly("customer_id");
        assertThat(execution.snapshotId()).isPresent();
    }

    @Test
    void testCancelledQueries()
    {
        ReadRow cancelled = read(TestingListeners.cancel(mesh, ANALYST, "SELECT count(*) FROM orders.order_events a, orders.order_events b, orders.order_events c, orders.order_events d WHERE a.order_id || b.order_id || c.order_id <> d.status"));
        assertThat(cancelled.outcome()).isEqualTo("cancelled");
        assertThat(cancelled.errorCode()).contains("USER_CANCELED");
        assertThat(cancelled.product()).isEqualTo("orders.order-events");
    }

    @Test
    void testWhatIsNoRead()
    {
        List<QueryId> others = List.of(
                run(ANALYST, "SELECT 1"),
                run(ANALYST, "SHOW TABLES FROM orders"),
                run(ANALYST, "DESCRIBE orders.order_events"),
                run(ANALYST, "EXPLAIN SELECT * FROM orders.order_events"),
                run(ANALYST, "SELECT * FROM orders.order_events WHERE false"),
                run(ANALYST, "SELECT * FROM information_schema.columns"));
        // what came before the last is there when the last is
        QueryId last = run(ANALYST, "EXPLAIN ANALYZE SELECT status FROM orders.order_events");
        assertThat(read(last).columns()).containsExactly("status");
        assertThat(usage().reads(row -> others.stream().anyMatch(id -> row.queryId().equals(id.toString())))).isEmpty();

        ReadRow statistics = read(run(CLEARED, "SHOW STATS FOR orders.order_events"));
        assertThat(statistics.statement()).isEqualTo("SHOW STATS");
        assertThat(statistics.product()).isEqualTo("orders.order-events");
    }

    @Test
    void testTablesBehindProducts()
    {
        ReadRow raw = read(run("producer", "SELECT customer_id, status FROM lake.orders.order_events"));
        assertThat(raw.product()).isEqualTo("orders.order-events");
        assertThat(raw.clearPersonalColumns()).containsExactly("customer_id");
    }

    @Test
    void testLineage()
    {
        QueryId created = run(ANALYST, "CREATE TABLE lake.orders.mart AS SELECT upper(customer_id) AS customer, sum(total_minor) AS total FROM orders.order_events WHERE status = 'fulfilled' GROUP BY 1");
        LineageRow edge = lineage(created, 1).getFirst();
        assertThat(edge.source()).isEqualTo("orders.order-events");
        assertThat(edge.sourceKind()).isEqualTo("product");
        assertThat(edge.sourceRevision()).hasValue(1);
        assertThat(edge.sourceSnapshotId()).isPresent();
        assertThat(edge.target()).isEqualTo("lake.orders.mart");
        assertThat(edge.targetKind()).isEqualTo("table");
        assertThat(edge.columns()).containsExactly(new LineageColumn("customer_id", "customer", true), new LineageColumn("total_minor", "total", false));
        assertThat(edge.indirectColumns()).containsExactly("status");
        assertThat(edge.statement()).isEqualTo("CREATE TABLE");
        assertThat(edge.job()).contains("test");
        ReadRow read = read(created);
        assertThat(read.writtenTo()).contains("lake.orders.mart");
        assertThat(read.outputRegion()).contains("us-east-1");
        assertThat(read.leftResidency()).as("the product has no residency").isEmpty();

        LineageRow view = lineage(run(ANALYST, "CREATE VIEW lake.orders.mart_view AS SELECT status AS state FROM mesh.orders.order_events"), 1).getFirst();
        assertThat(view.targetKind()).isEqualTo("view");
        assertThat(view.columns()).containsExactly(new LineageColumn("status", "state", false));
        assertThat(view.outputRegion()).isEmpty();

        LineageRow toProduct = lineage(run("producer", "INSERT INTO lake.customer.profile_v1 SELECT mart.customer, 'gold', NULL FROM lake.orders.mart WHERE total < 0"), 1).getFirst();
        assertThat(toProduct.source()).isEqualTo("lake.orders.mart");
        assertThat(toProduct.targetKind()).isEqualTo("product");

        List<LineageRow> between = lineage(run("producer", "INSERT INTO lake.customer.profile_v1 (customer_id) SELECT order_id FROM lake.orders.order_events WHERE total_minor < 0"), 1);
        assertThat(between).extracting(LineageRow::source).containsExactly("orders.order-events");
    }

    @Test
    void testResidency()
    {
        mesh.register(
                TestingProducts.CUSTOMER_SPEC
                        .replace("name: customer-profile", "name: european-profile")
                        .replace("    contains_pii", "    residency: EU\n    contains_pii")
                        .replace("type: iceberg", "type: iceberg\n      region: eu-central-1"),
                TestingProducts.CUSTOMER_CONTRACT.replace("customer_profile:", "european_profile:"),
                Optional.of("european_v1"));
        QueryId left = run(ANALYST, "CREATE TABLE lake.orders.global AS SELECT segment, count(*) AS people FROM customer.european_profile GROUP BY 1");
        ReadRow read = read(left);
        assertThat(read.residency()).contains("EU");
        assertThat(read.outputRegion()).contains("us-east-1");
        assertThat(read.leftResidency()).contains(true);
        assertThat(lineage(left, 1).getFirst().leftResidency()).contains(true);
    }

    @Test
    void testHeartbeatsVouchForTheTime()
    {
        read(run(ANALYST, "SELECT status FROM orders.order_events"));
        List<HeartbeatRow> heartbeats = usage().heartbeats(_ -> true);
        assertThat(heartbeats).isNotEmpty().allSatisfy(heartbeat -> {
            assertThat(heartbeat.node()).isEqualTo("coordinator-1");
            assertThat(heartbeat.lost()).isZero();
            assertThat(heartbeat.stopped()).isFalse();
        });
        assertThat(heartbeats).extracting(HeartbeatRow::start).containsOnly(heartbeats.getFirst().start());
    }

    @Test
    void testQueryDetailsHoldNothingPhysical()
    {
        QueryId id = run(ANALYST, "SELECT email FROM customer.customer_profile");
        Object info = mesh.runner().getCoordinator().getFullQueryInfo(id).getInputs().iterator().next().connectorInfo().orElseThrow();
        assertThat(info).isInstanceOf(ProductRead.class);
        assertThat(info.toString()).contains("customer.customer-profile").contains("email").doesNotContain("profile_v1").doesNotContain("warehouse");
    }

    @Test
    void testNoTextIsKept()
            throws IOException
    {
        read(run(ANALYST, "SELECT 'hunter2' FROM orders.order_events WHERE order_id = 'hunter3'"));
        read(fail(ANALYST, "SELECT 'hunter4' FROM customer.closed_profile"));
        try (Stream<Path> files = Files.walk(mesh.folder().resolve("spool"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain("hunter");
            }
        }
        assertThat(usage().reads(_ -> true).toString()).doesNotContain("hunter");
    }

    private QueryId run(String user, @Language("SQL") String sql)
    {
        Session session = Session.builder(mesh.session(user))
                .setSource("test")
                .setClientTags(Set.of("nightly"))
                .build();
        MaterializedResultWithPlan result = mesh.runner().executeWithPlan(session, sql);
        return result.queryId();
    }

    private QueryId fail(String user, @Language("SQL") String sql)
    {
        return catchThrowableOfType(QueryFailedException.class, () -> run(user, sql)).getQueryId();
    }

    private String snapshot(String table)
    {
        return mesh.query("producer", "SELECT CAST(snapshot_id AS varchar) FROM lake.orders." + table + " ORDER BY committed_at DESC LIMIT 1").getOnlyValue().toString();
    }

    private UsageTables usage()
    {
        return new UsageTables(mesh.catalog());
    }

    private ReadRow read(QueryId query)
    {
        return reads(query, 1).getFirst();
    }

    private List<ReadRow> reads(QueryId query, int count)
    {
        assertEventually(() -> assertThat(usage().reads(row -> row.queryId().equals(query.toString()))).isNotEmpty());
        List<ReadRow> rows = usage().reads(row -> row.queryId().equals(query.toString()));
        assertThat(rows).hasSize(count);
        return rows;
    }

    private List<LineageRow> lineage(QueryId query, int count)
    {
        assertEventually(() -> assertThat(usage().lineage(row -> row.queryId().equals(query.toString()))).isNotEmpty());
        List<LineageRow> rows = usage().lineage(row -> row.queryId().equals(query.toString()));
        assertThat(rows).hasSize(count);
        return rows;
    }
}
