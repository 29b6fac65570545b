package io.meshwright.trino;

import io.trino.testing.MaterializedRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Listings of many products come from the registry alone, and say what the products themselves say.
 */
@TestInstance(PER_CLASS)
class TestProductListing
{
    private TestingMesh mesh;

    @BeforeAll
    void setUp()
            throws Exception
    {
        mesh = new TestingMesh(0, Map.of());
        TestingProducts.create(mesh);
    }

    @AfterAll
    void tearDown()
            throws Exception
    {
        mesh.close();
    }

    @Test
    void testAListingAgreesWithTheProduct()
    {
        for (String user : List.of(ANALYST, OFFICER)) {
            List<List<Object>> listed = columns(user, "table_schema = 'orders'");
            assertThat(listed).hasSize(10);
            // a single table is opened
            assertThat(columns(user, "table_schema = 'orders' AND table_name = 'order_events'")).isEqualTo(listed);
        }
        assertThat(columns(ANALYST, "table_schema = 'orders'"))
                .filteredOn(column -> column.getFirst().equals("customer_id"))
                .containsExactly(List.of("customer_id", 2L, "varchar", "YES", "Who ordered. (masked for you: token by customer_id; ask orders@shop.example for clearance)"));
        assertThat(columns(ANALYST, "table_schema = 'orders'")).extracting(List::getFirst).doesNotContain("internal_note");
    }

    @Test
    void testAListingOpensNoTable()
    {
        mesh.producer("CREATE SCHEMA IF NOT EXISTS lake.stock");
        mesh.producer("CREATE TABLE lake.stock.order_events AS SELECT * FROM lake.orders.order_events WITH NO DATA");
        mesh.register(
                TestingProducts.ORDERS_SPEC.replace("domain: orders", "domain: stock"),
                TestingProducts.ORDERS_CONTRACT,
                Optional.empty());
        List<List<Object>> before = columns(ANALYST, "table_schema = 'stock'");
        mesh.producer("DROP TABLE lake.stock.order_events");
        assertThatThrownBy(() -> mesh.query(ANALYST, "SELECT * FROM stock.order_events"))
                .hasMessageContaining("Product stock.order-events is registered, but its storage is missing");
        assertThat(before).hasSize(10);
        assertThat(columns(ANALYST, "table_schema = 'stock'")).isEqualTo(before);
    }

    private List<List<Object>> columns(String user, String condition)
    {
        return mesh.query(user, "SELECT column_name, ordinal_position, data_type, is_nullable, comment FROM mesh.information_schema.columns WHERE %s ORDER BY 2".formatted(condition)).getMaterializedRows().stream()
                .map(MaterializedRow::getFields)
                .toList();
    }
}
