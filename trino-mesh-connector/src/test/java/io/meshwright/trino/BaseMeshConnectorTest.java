package io.meshwright.trino;

import io.meshwright.trino.mask.IdentityMasks;
import io.meshwright.trino.mask.ValueMask.Action;
import io.trino.spi.Plugin;
import io.trino.testing.BaseConnectorTest;
import io.trino.testing.MaterializedResult;
import io.trino.testing.QueryRunner;
import io.trino.testing.TestingConnectorBehavior;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import static io.trino.spi.type.VarcharType.VARCHAR;
import static io.trino.testing.MaterializedResult.resultBuilder;
import static io.trino.testing.TestingSession.testSessionBuilder;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Trino's own test of a connector, as a reader of products that are masked for him by masks that change no value.
 */
abstract class BaseMeshConnectorTest
        extends BaseConnectorTest
{
    private static final String CATALOG = "identity";

    private final IdentityMasks masks = new IdentityMasks();
    private final String connector;
    private final Plugin plugin;

    /**
     * @param plugin makes the connector with the given factory
     */
    BaseMeshConnectorTest(String connector, Function<MeshConnectorFactory, Plugin> plugin)
    {
        this.connector = requireNonNull(connector, "connector is null");
        this.plugin = plugin.apply(new MeshConnectorFactory(masks));
    }

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        TestingMesh mesh = closeAfterClass(new TestingMesh(testSessionBuilder().setCatalog(CATALOG).setSchema(TpchProducts.SCHEMA).build(), 2, Map.of()));
        TpchProducts.create(mesh);
        mesh.runner().installPlugin(plugin);
        mesh.createCatalog(CATALOG, connector, Map.of());
        return mesh.runner();
    }

    /**
     * Reads only. A behaviour that a later Trino adds is none of ours until somebody says so here.
     */
    @Override
    protected boolean hasBehavior(TestingConnectorBehavior behavior)
    {
        return switch (behavior) {
            case SUPPORTS_ARRAY,
                 SUPPORTS_MAP_TYPE,
                 SUPPORTS_ROW_TYPE,
                 SUPPORTS_NEGATIVE_DATE,
                 SUPPORTS_DEREFERENCE_PUSHDOWN -> true;
            default -> false;
        };
    }

    @Test
    public void testMasksAreAtWork()
    {
        TpchProducts.personalColumns().forEach((table, columns) -> columns.forEach(column ->
                assertThat((String) computeScalar("EXPLAIN SELECT %s FROM %s".formatted(column, table)))
                        .as("%s.%s", table, column)
                        .containsPattern(column + ":\\S+ MASKED\\((TOKEN|PERMUTE|YEAR)\\)")));
        for (Action action : List.of(Action.TOKEN, Action.PERMUTE, Action.YEAR)) {
            long before = masks.values(action);
            assertQuery("SELECT name, nationkey FROM nation");
            assertQuery("SELECT DISTINCT orderdate FROM orders");
            assertThat(masks.values(action)).as("values through masks of kind %s", action).isGreaterThan(before);
        }
    }

    /**
     * Iceberg has no length of text, and a masked column's comment tells that it is one.
     */
    @Override
    protected MaterializedResult getDescribeOrdersResult()
    {
        return resultBuilder(getSession(), VARCHAR, VARCHAR, VARCHAR, VARCHAR)
                .row("orderkey", "bigint", "", "(masked for you: permute by tpch.orders.orderkey; ask tpch@shop.example for clearance)")
                .row("custkey", "bigint", "", "")
                .row("orderstatus", "varchar", "", "")
                .row("totalprice", "double", "", "")
                .row("orderdate", "date", "", "(masked for you: year; ask tpch@shop.example for clearance)")
                .row("orderpriority", "varchar", "", "")
                .row("clerk", "varchar", "", "(masked for you: token by tpch.orders.clerk; ask tpch@shop.example for clearance)")
                .row("shippriority", "integer", "", "")
                .row("comment", "varchar", "", "")
                .build();
    }

    /**
     * For the same two reasons.
     */
    @Test
    @Override
    public void testShowColumns()
    {
        assertThat(computeActual("SHOW COLUMNS FROM orders").getMaterializedRows()).isEqualTo(getDescribeOrdersResult().getMaterializedRows());
    }

    /**
     * For the same two reasons, and because a product is described.
     */
    @Test
    @Override
    public void testShowCreateTable()
    {
        assertThat((String) computeScalar("SHOW CREATE TABLE orders")).isEqualTo(
                """
                CREATE TABLE identity.tpch.orders (
                   orderkey bigint COMMENT '(masked for you: permute by tpch.orders.orderkey; ask tpch@shop.example for clearance)',
                   custkey bigint,
                   orderstatus varchar,
                   totalprice double,
                   orderdate date COMMENT '(masked for you: year; ask tpch@shop.example for clearance)',
                   orderpriority varchar,
                   clerk varchar COMMENT '(masked for you: token by tpch.orders.clerk; ask tpch@shop.example for clearance)',
                   shippriority integer,
                   comment varchar
                )
                COMMENT 'Table orders of TPC-H. (data product tpch.orders, owner tpch@shop.example)'""");
    }

    /**
     * Versions can be read, and one that is not there is told without Iceberg's words, which name the table.
     */
    @Override
    protected void verifyVersionedQueryFailurePermissible(Exception e)
    {
        assertThat(e).hasMessage("[MESH-TRINO-012] Product tpch.nation has no such version");
    }
}
