package io.meshwright.trino;

import com.google.common.collect.ImmutableSet;
import io.trino.Session;
import io.trino.testing.MaterializedRow;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.CLEARED;
import static java.util.regex.Matcher.quoteReplacement;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Plans through addresses are those of the bare Iceberg connector, with all estimates for a cleared reader and wherever
 * no masked column is touched. On masked columns the shape of the plan stays, and estimates lose ranges only.
 */
@TestInstance(PER_CLASS)
class TestPlanParity
{
    private static final Pattern MASK = Pattern.compile(" MASKED\\(([A-Z]+)\\)");
    private static final Pattern LAYOUT = Pattern.compile("(?<=ayout: )\\[.*]$", Pattern.MULTILINE);
    private static final Pattern RENAMED_SYMBOL = Pattern.compile(" (\\w+) := \\1$");

    private TestingMesh mesh;

    @BeforeAll
    void setUp()
            throws Exception
    {
        mesh = new TestingMesh(2, Map.of());
        TestingTpch.create(mesh, "tiny");
        mesh.producer("CREATE SCHEMA lake.shop");
        createShop("plain", "");
        createShop("by_day", "WITH (partitioning = ARRAY['day(occurred_at)'])");
        createShop("by_status", "WITH (partitioning = ARRAY['status'])");
        createShop("by_code", "WITH (partitioning = ARRAY['truncate(code, 2)'])");
        createShop("bucketed", "WITH (partitioning = ARRAY['bucket(account, 4)'])");
        createShop("bucketed_too", "WITH (partitioning = ARRAY['bucket(account, 4)'])");
        createShop("bucketed_by_customer", "WITH (partitioning = ARRAY['bucket(customer_id, 4)'])");
        createShop("sorted", "WITH (sorted_by = ARRAY['customer_id'])");
    }

    @AfterAll
    void tearDown()
            throws Exception
    {
        mesh.close();
    }

    private void createShop(String table, String properties)
    {
        mesh.producer(
                """
                CREATE TABLE lake.shop.%s (
                    event_id varchar,
                    customer_id varchar,
                    loyalty_number bigint,
                    status varchar,
                    code varchar,
                    account bigint,
                    amount bigint,
                    delivery ROW(city varchar, street varchar),
                    occurred_at timestamp(6) with time zone)
                %s
                """.formatted(table, properties));
        mesh.producer(
                """
                INSERT INTO lake.shop.%s
                SELECT
                    'E' || CAST(n AS varchar),
                    IF(n %% 50 = 0, NULL, 'C' || CAST(n %% 97 AS varchar)),
                    n %% 101,
                    IF(n %% 3 = 0, 'cancelled', 'fulfilled'),
                    'K' || CAST(n %% 7 AS varchar) || '-' || CAST(n AS varchar),
                    n %% 211,
                    n * 100,
                    CAST(ROW(IF(n %% 2 = 0, 'Bern', 'Basel'), 'Secret Lane ' || CAST(n AS varchar)) AS ROW(city varchar, street varchar)),
                    TIMESTAMP '2024-03-01 00:00:00 UTC' + (n %% 10) * INTERVAL '1' DAY
                FROM UNNEST(sequence(1, 1000)) AS t(n)
                """.formatted(table));
        TestingTpch.registerAllColumns(mesh, "shop", table, ImmutableSet.of("customer_id", "loyalty_number", "delivery.street"), ", polyseme: customer_id");
    }

    @Test
    void testTpch()
    {
        ImmutableSet.Builder<Integer> touchingMasks = ImmutableSet.builder();
        for (int number = 1; number <= TestingTpch.QUERIES; number++) {
            String sql = TestingTpch.query(number);
            String bare = plan("lake", "tpch", CLEARED, sql);
            assertThat(plan("mesh", "tpch", CLEARED, sql)).as("cleared, query %s", number).isEqualTo(bare);

            String masked = plan("mesh", "tpch", ANALYST, sql);
            if (masks(masked).isEmpty()) {
                assertThat(masked).as("masked, query %s", number).isEqualTo(bare);
            }
            else {
                touchingMasks.add(number);
                assertThat(withoutEstimates(withoutMasks(masked))).as("masked, query %s", number).isEqualTo(withoutEstimates(bare));
            }
        }
        assertThat(touchingMasks.build()).containsExactly(2, 10, 15, 18, 20, 21);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            // pushed into files and partitions
            "SELECT count(*) FROM plain WHERE amount > 5000 AND amount < 90000",
            "SELECT event_id FROM plain WHERE amount = 700",
            "SELECT event_id FROM plain WHERE amount IN (700, 800, 900) OR status = 'x'",
            "SELECT count(*) FROM by_day WHERE occurred_at >= TIMESTAMP '2024-03-04 00:00:00 UTC'",
            "SELECT count(*) FROM by_day WHERE occurred_at >= TIMESTAMP '2024-03-05 12:00:00 UTC' - INTERVAL '30' DAY",
            "SELECT count(*) FROM by_day WHERE occurred_at >= current_date - INTERVAL '30' DAY",
            "SELECT count(*) FROM by_day WHERE CAST(occurred_at AS date) = DATE '2024-03-04'",
            "SELECT count(*) FROM by_day WHERE date_trunc('day', occurred_at) = TIMESTAMP '2024-03-04 00:00:00 UTC'",
            "SELECT count(*) FROM by_status WHERE status = 'cancelled'",
            "SELECT status, count(*) FROM by_status WHERE status IN ('cancelled', 'x') GROUP BY status",
            "SELECT DISTINCT status FROM by_status",
            "SELECT event_id FROM by_code WHERE code = 'K3-3'",
            "SELECT event_id FROM by_code WHERE code LIKE 'K3%'",
            "SELECT count(*) FROM by_code WHERE code >= 'K2' AND code < 'K4'",
            "SELECT event_id FROM bucketed WHERE account = 5",
            // limits, order, samples
            "SELECT event_id FROM plain LIMIT 7",
            "SELECT event_id FROM plain WHERE status LIKE 'ful%' LIMIT 7",
            "SELECT event_id FROM plain ORDER BY amount DESC LIMIT 3",
            "SELECT event_id FROM plain ORDER BY amount DESC OFFSET 3",
            "SELECT event_id, amount FROM plain TABLESAMPLE BERNOULLI (10)",
            "SELECT event_id, amount FROM plain TABLESAMPLE SYSTEM (10)",
            // groups
            "SELECT status, count(DISTINCT event_id) FROM plain GROUP BY status",
            "SELECT status, code, sum(amount) FROM plain GROUP BY GROUPING SETS ((status), (code), ())",
            "SELECT status, code, sum(amount) FROM plain GROUP BY CUBE (status, code)",
            "SELECT account, count(*) FROM bucketed GROUP BY account",
            "SELECT status, rank() OVER (PARTITION BY status ORDER BY amount) FROM plain",
            "SELECT account, sum(amount) OVER (PARTITION BY account) FROM bucketed",
            // joins
            "SELECT a.status, count(*) FROM plain a JOIN sorted b ON a.event_id = b.event_id WHERE b.amount < 1000 GROUP BY a.status",
            "SELECT count(*) FROM bucketed a JOIN bucketed_too b ON a.account = b.account",
            "SELECT a.account, sum(b.amount) FROM bucketed a JOIN bucketed_too b ON a.account = b.account GROUP BY a.account",
            "SELECT count(*) FROM plain a LEFT JOIN sorted b ON a.event_id = b.event_id AND b.amount < 1000",
            "SELECT count(*) FROM plain a FULL JOIN sorted b ON a.event_id = b.event_id",
            "SELECT count(*) FROM plain WHERE event_id IN (SELECT event_id FROM sorted WHERE status = 'x')",
            "SELECT count(*) FROM plain WHERE event_id NOT IN (SELECT event_id FROM sorted WHERE status = 'x')",
            "SELECT count(*) FROM plain a WHERE EXISTS (SELECT 1 FROM sorted b WHERE a.account = b.account AND b.amount < 500)",
            "SELECT count(*) FROM plain a WHERE NOT EXISTS (SELECT 1 FROM sorted b WHERE a.account = b.account AND b.amount < 500)",
            "SELECT a.event_id FROM plain a CROSS JOIN LATERAL (SELECT max(b.amount) m FROM sorted b WHERE b.account = a.account) WHERE m > a.amount",
            "SELECT count(*) FROM by_day a JOIN plain b ON a.occurred_at = b.occurred_at WHERE b.amount < 300",
            // sets and fields of rows
            "SELECT event_id FROM plain UNION ALL SELECT event_id FROM sorted WHERE amount > 5",
            "SELECT status FROM plain INTERSECT SELECT status FROM sorted",
            "SELECT status FROM plain EXCEPT SELECT status FROM sorted",
            "SELECT delivery.city FROM plain WHERE delivery.city = 'Bern'",
            "SELECT delivery.city, count(*) FROM plain GROUP BY delivery.city",
            "SELECT count(*) FROM plain",
            "SELECT count(*), min(amount), max(occurred_at) FROM plain",
            "SELECT event_id FROM plain WHERE false",
    })
    void testUnmaskedColumns(@Language("SQL") String sql)
    {
        String bare = plan("lake", "shop", CLEARED, sql);
        assertThat(bare).contains("Estimates: {rows: ");
        assertThat(plan("mesh", "shop", CLEARED, sql)).isEqualTo(bare);
        assertThat(plan("mesh", "shop", ANALYST, sql)).isEqualTo(bare);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "SELECT * FROM plain",
            "SELECT * FROM plain a JOIN sorted b ON a.event_id = b.event_id",
            "SELECT customer_id FROM sorted LIMIT 3",
            "SELECT customer_id FROM plain ORDER BY customer_id LIMIT 3",
            "SELECT customer_id, count(*) FROM plain GROUP BY customer_id",
            "SELECT count(DISTINCT customer_id) FROM plain",
            "SELECT loyalty_number, sum(amount) FROM plain GROUP BY loyalty_number",
            "SELECT customer_id, row_number() OVER (PARTITION BY customer_id ORDER BY amount) FROM plain",
            "SELECT a.status, count(*) FROM plain a JOIN sorted b ON a.customer_id = b.customer_id WHERE b.amount < 1000 GROUP BY a.status",
            "SELECT a.status, count(*) FROM plain a JOIN sorted b ON a.loyalty_number = b.loyalty_number WHERE b.amount < 1000 GROUP BY a.status",
            "SELECT count(*) FROM plain a LEFT JOIN sorted b ON a.customer_id = b.customer_id",
            "SELECT count(*) FROM plain WHERE customer_id IN (SELECT customer_id FROM sorted WHERE status = 'x')",
            "SELECT count(*) FROM plain WHERE customer_id NOT IN (SELECT customer_id FROM sorted WHERE status = 'x')",
            "SELECT count(*) FROM plain a WHERE NOT EXISTS (SELECT 1 FROM sorted b WHERE a.customer_id = b.customer_id AND b.amount < 500)",
            "SELECT count(*) FROM plain WHERE customer_id IS NOT NULL",
            "SELECT count(*) FROM plain WHERE customer_id IS NULL",
            "SELECT customer_id, amount FROM by_day WHERE occurred_at >= TIMESTAMP '2024-03-04 00:00:00 UTC'",
            "SELECT customer_id FROM plain UNION SELECT customer_id FROM sorted",
            "SELECT customer_id, status, count(*) FROM plain GROUP BY ROLLUP (customer_id, status)",
            "SELECT a.customer_id, sum(b.amount) FROM bucketed a JOIN bucketed_too b ON a.account = b.account GROUP BY a.customer_id",
            "SELECT delivery.street FROM plain WHERE delivery.city = 'Bern'",
    })
    void testMaskedColumns(@Language("SQL") String sql)
    {
        String bare = plan("lake", "shop", CLEARED, sql);
        assertThat(plan("mesh", "shop", CLEARED, sql)).isEqualTo(bare);
        String masked = plan("mesh", "shop", ANALYST, sql);
        if (!sql.contains("NULL")) {
            assertThat(masks(masked)).isNotEmpty();
        }
        assertThat(withoutEstimates(withoutMasks(masked))).isEqualTo(withoutEstimates(bare));
    }

    /**
     * The condition of the last days is evaluated on partitions, not on rows.
     */
    @Test
    void testConditionOnPartitionsIsPushed()
    {
        for (String user : List.of(CLEARED, ANALYST)) {
            assertThat(plan("mesh", "shop", user, "SELECT customer_id FROM by_day WHERE occurred_at >= TIMESTAMP '2024-03-04 00:00:00 UTC'"))
                    .contains("TableScan[table = shop.by_day constraint on [occurred_at]]")
                    .contains("Estimates: {rows: 700 ")
                    .doesNotContain("filterPredicate");
        }
    }

    /**
     * Buckets are of raw values, which do not tell where a token is: the engine distributes the tokens itself.
     */
    @Test
    void testBucketsOfMaskedColumn()
    {
        String sql = "SELECT customer_id, count(*) FROM bucketed_by_customer GROUP BY customer_id";
        String bare = plan("lake", "shop", CLEARED, sql);
        assertThat(bare).contains("IcebergPartitioningHandle");
        assertThat(plan("mesh", "shop", CLEARED, sql)).isEqualTo(bare);
        String masked = plan("mesh", "shop", ANALYST, sql);
        assertThat(masked).doesNotContain("IcebergPartitioningHandle");
        assertThat(withoutEstimates(withoutMasks(masked)).replace("bucketed_by_customer", "plain"))
                .isEqualTo(withoutEstimates(plan("lake", "shop", CLEARED, "SELECT customer_id, count(*) FROM plain GROUP BY customer_id")));
    }

    /**
     * EXPLAIN with the names of catalogs, tables, dynamic filters and symbols made the same. Iceberg's hidden columns take
     * numbers of symbols, and the engine lists columns in the order of the symbols' hash codes.
     */
    private String plan(String catalog, String schema, String user, @Language("SQL") String sql)
    {
        Session session = Session.builder(mesh.session(user)).setCatalog(catalog).setSchema(schema).build();
        List<MaterializedRow> rows = mesh.runner().execute(session, "EXPLAIN " + sql).getMaterializedRows();
        String plan = ((String) rows.getFirst().getField(0))
                .replaceAll("(lake|mesh):(\\w+)\\.(\\w+)(\\$data@[0-9]+)?", "$2.$3")
                .replaceAll("(lake|mesh):IcebergPartitioningHandle", "IcebergPartitioningHandle")
                .replaceAll("\\bdf_[0-9]+", "df")
                .replaceAll("(?<=[a-z])_[0-9]+\\b", "");
        return sortAssignments(LAYOUT.matcher(plan).replaceAll(layout -> quoteReplacement(sorted(layout.group()))));
    }

    private static String sorted(String layout)
    {
        return Stream.of(layout.substring(1, layout.length() - 1).split(", ")).sorted().collect(joining(", "));
    }

    private static String sortAssignments(String plan)
    {
        List<String> result = new ArrayList<>();
        List<String> assignments = new ArrayList<>();
        for (String line : plan.lines().toList()) {
            if (line.contains(" := ")) {
                assignments.add(line);
                continue;
            }
            assignments.stream()
                    .filter(assignment -> !RENAMED_SYMBOL.matcher(assignment).find())
                    .sorted()
                    .forEach(result::add);
            assignments.clear();
            result.add(line);
        }
        return String.join("\n", result);
    }

    private static Set<String> masks(String plan)
    {
        return ImmutableSet.copyOf(MASK.matcher(plan).results().map(result -> result.group(1)).toList());
    }

    private static String withoutMasks(String plan)
    {
        return MASK.matcher(plan).replaceAll("");
    }

    private static String withoutEstimates(String plan)
    {
        return plan.lines()
                .filter(line -> !line.contains("Estimates:"))
                .collect(joining("\n"));
    }
}
