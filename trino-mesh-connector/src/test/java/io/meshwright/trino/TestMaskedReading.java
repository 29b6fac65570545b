package io.meshwright.trino;

import com.google.common.collect.ImmutableSet;
import io.trino.Session;
import io.trino.operator.OperatorStats;
import io.trino.plugin.base.metrics.LongCount;
import io.trino.spi.metrics.Metric;
import io.trino.testing.QueryRunner.MaterializedResultWithPlan;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.List;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.CLEARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * How much work masks cause, counted and not timed.
 */
@TestInstance(PER_CLASS)
class TestMaskedReading
{
    private static final int ROWS = 60_000;
    private static final int CUSTOMERS = 500;

    private TestingMesh mesh;

    @BeforeAll
    void setUp()
            throws Exception
    {
        // longer than a busy machine takes for the build side
        mesh = new TestingMesh(0, Map.of("iceberg.dynamic-filtering.wait-timeout", "30s"));
        mesh.producer("CREATE SCHEMA lake.shop");
        mesh.producer(
                """
                CREATE TABLE lake.shop.visits AS
                SELECT
                    'V' || CAST(n AS varchar) AS visit_id,
                    'C' || CAST(n %% %s AS varchar) AS customer_id,
                    n %% %s AS account,
                    n %% 1000 AS amount
                FROM (SELECT a.x * 1000 + b.x AS n FROM UNNEST(sequence(0, %s)) AS a(x) CROSS JOIN UNNEST(sequence(0, 999)) AS b(x))
                """.formatted(CUSTOMERS, CUSTOMERS, ROWS / 1000 - 1));
        mesh.producer(
                """
                CREATE TABLE lake.shop.customers AS
                SELECT 'C' || CAST(n AS varchar) AS customer_id, CAST(n AS bigint) AS account, n %% 50 AS segment
                FROM UNNEST(sequence(0, %s)) AS t(n)
                """.formatted(CUSTOMERS - 1));
        TestingTpch.registerAllColumns(mesh, "shop", "visits", ImmutableSet.of("visit_id", "customer_id", "account"), ", polyseme: customer_id");
        TestingTpch.registerAllColumns(mesh, "shop", "customers", ImmutableSet.of("customer_id", "account"), ", polyseme: customer_id");
    }

    @AfterAll
    void tearDown()
            throws Exception
    {
        mesh.close();
    }

    @Test
    void testDictionaryIsMaskedOnce()
    {
        long files = (long) execute("lake", CLEARED, "SELECT count(*) FROM \"visits$files\"").result().getOnlyValue();
        // the first pages of a file are so small that their positions are masked and not the dictionary
        for (String sql : List.of(
                "SELECT count(DISTINCT customer_id) FROM visits",
                "SELECT customer_id, sum(amount) FROM visits GROUP BY customer_id",
                "SELECT max(customer_id) FROM visits WHERE amount < 900")) {
            assertThat(maskedValues(sql)).as(sql).isBetween((long) CUSTOMERS, CUSTOMERS * files * 3 / 2);
        }
        assertThat(maskedValues("SELECT count(DISTINCT visit_id) FROM visits")).isEqualTo(ROWS);
    }

    @Test
    void testNothingIsMaskedThatIsNotNeeded()
    {
        assertThat(maskedValues("SELECT sum(amount) FROM visits")).isEqualTo(0);
        assertThat(maskedValues("SELECT max(visit_id) FROM visits WHERE amount = 1000 - 2000")).isEqualTo(0);
        // not pushed into files, which are read, and no row is left
        assertThat(maskedValues("SELECT max(visit_id) FROM visits WHERE amount % 1001 = 1000")).isEqualTo(0);
    }

    /**
     * The filter holds tokens, which mean nothing to files, so the engine itself drops the rows before the join.
     */
    @Test
    void testDynamicFilterOnMaskedKeyDropsRows()
    {
        for (String key : List.of("customer_id", "account")) {
            String sql = "SELECT count(*), sum(v.amount) FROM visits v JOIN customers c ON v.%1$s = c.%1$s WHERE c.segment = 7".formatted(key);
            MaterializedResultWithPlan clear = execute("mesh", CLEARED, sql);
            MaterializedResultWithPlan masked = execute("mesh", ANALYST, sql);
            assertThat(masked.result().getMaterializedRows()).isEqualTo(clear.result().getMaterializedRows());
            assertThat((long) masked.result().getMaterializedRows().getFirst().getField(0)).isEqualTo(ROWS / 50);
            assertThat(joinedRows(clear)).as("clear %s", key).isEqualTo(ROWS / 50);
            assertThat(joinedRows(masked)).as("masked %s", key).isEqualTo(ROWS / 50);
        }
    }

    @Test
    void testPartialAggregationOnMaskedKey()
    {
        @Language("SQL") String sql = "SELECT customer_id, count(*) FROM visits GROUP BY customer_id";
        assertThat(operators(execute("mesh", ANALYST, sql)).stream().map(OperatorStats::getOperatorType).toList())
                .containsExactlyInAnyOrderElementsOf(operators(execute("lake", CLEARED, sql)).stream().map(OperatorStats::getOperatorType).toList());
    }

    private long joinedRows(MaterializedResultWithPlan execution)
    {
        return operators(execution).stream()
                .filter(operator -> operator.getOperatorType().equals("LookupJoinOperator"))
                .mapToLong(OperatorStats::getInputPositions)
                .sum();
    }

    private long maskedValues(@Language("SQL") String sql)
    {
        return operators(execute("mesh", ANALYST, sql)).stream()
                .map(operator -> operator.getConnectorMetrics().getMetrics().get(MeshPageSource.MASKED_VALUES))
                .mapToLong(TestMaskedReading::count)
                .sum();
    }

    private static long count(Metric<?> metric)
    {
        return metric == null ? 0 : ((LongCount) metric).getTotal();
    }

    private List<OperatorStats> operators(MaterializedResultWithPlan execution)
    {
        return mesh.runner().getCoordinator().getQueryManager().getFullQueryInfo(execution.queryId())
                .getQueryStats().getOperatorSummaries().stream().collect(toImmutableList());
    }

    private MaterializedResultWithPlan execute(String catalog, String user, @Language("SQL") String sql)
    {
        Session session = Session.builder(mesh.session(user)).setCatalog(catalog).setSchema("shop").build();
        return mesh.runner().executeWithPlan(session, sql);
    }
}
