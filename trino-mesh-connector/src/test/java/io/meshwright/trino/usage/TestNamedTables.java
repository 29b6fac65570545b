package io.meshwright.trino.usage;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class TestNamedTables
{
    @Test
    void testNamesOfProducts()
    {
        assertNames("SELECT * FROM order_events", "mesh.orders.order_events");
        assertNames("SELECT * FROM customer.profile p JOIN lake.x.y ON p.a = y.a", "mesh.customer.profile");
        assertNames("SELECT (SELECT max(a) FROM Mesh.A.B) FROM c WHERE EXISTS (SELECT 1 FROM d.e)", "mesh.orders.c", "mesh.a.b", "mesh.d.e");
        assertNames("WITH t AS (SELECT * FROM a.b) SELECT * FROM t", "mesh.a.b", "mesh.orders.t");
        assertNames("INSERT INTO lake.x.y SELECT * FROM a.b", "mesh.a.b");
        assertNames("CREATE TABLE lake.x.y AS TABLE a.b", "mesh.a.b");
        assertNames("DELETE FROM a.b WHERE c = 'x'", "mesh.a.b");
        assertNames("SHOW STATS FOR (SELECT c FROM a.b)", "mesh.a.b");
        assertNames("EXECUTE IMMEDIATE 'SELECT ''x'' FROM a.b WHERE c = ?' USING 1", "mesh.a.b");
        assertNames("EXPLAIN ANALYZE SELECT * FROM a.b", "mesh.a.b");
    }

    @Test
    void testTextsWithoutNames()
    {
        assertNames("SELEC * FROM a.b");
        assertNames("EXPLAIN SELECT * FROM a.b");
        assertNames("SHOW COLUMNS FROM a.b");
        assertNames("SELECT * FROM lake.x.y");
        assertThat(new NamedTables("mesh").of("SELECT * FROM a", Optional.empty(), Optional.empty()).orElseThrow()).isEmpty();
    }

    @Test
    void testTextsThatWouldKeepOthersWaiting()
    {
        for (String text : List.of("SELECT * FROM a.b -- " + "x".repeat(100_000), "SELECT " + "(".repeat(101) + "1" + ")".repeat(101) + " FROM a.b")) {
            assertThat(new NamedTables("mesh").of(text, Optional.of("mesh"), Optional.of("orders"))).as("not known, rather than none").isEmpty();
        }
    }

    private static void assertNames(String text, String... names)
    {
        assertThat(new NamedTables("mesh").of(text, Optional.of("mesh"), Optional.of("orders")).orElseThrow())
                .as(text)
                .extracting(TableName::toString)
                .containsExactlyInAnyOrder(names);
    }
}
