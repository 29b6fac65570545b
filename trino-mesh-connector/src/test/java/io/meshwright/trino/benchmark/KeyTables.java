package io.meshwright.trino.benchmark;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.meshwright.trino.TestingMesh;
import io.meshwright.trino.TestingTpch;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A table of visits by customers, for what TPC-H does not do: join and group by masked keys.
 */
final class KeyTables
{
    static final String SCHEMA = "keys";
    private static final int CUSTOMERS = 20_000;

    private KeyTables() {}

    static void create(TestingMesh mesh, int rows)
    {
        mesh.producer("CREATE SCHEMA lake." + SCHEMA);
        mesh.producer(
                """
                CREATE TABLE lake.keys.visits AS
                SELECT
                    'V-' || lpad(CAST((n * 7919) %% %1$s AS varchar), 10, '0') AS visit_id,
                    'CUST-' || lpad(CAST((n * 31) %% %2$s AS varchar), 6, '0') AS customer_id,
                    (n * 104729) %% %1$s AS account,
                    (n * 31) %% %2$s AS customer_number,
                    n %% 1000 AS amount,
                    element_at(ARRAY['web', 'app', 'shop', 'phone'], CAST(1 + n %% 4 AS integer)) AS channel,
                    date '2024-01-01' + (n %% 365) * INTERVAL '1' DAY AS visited_on
                FROM (
                    SELECT (a.x - 1) * 1000 + b.x AS n
                    FROM UNNEST(sequence(1, %3$s)) AS a(x) CROSS JOIN UNNEST(sequence(1, 1000)) AS b(x))
                """.formatted(rows, CUSTOMERS, rows / 1000));
        mesh.producer(
                """
                CREATE TABLE lake.keys.customers AS
                SELECT
                    'CUST-' || lpad(CAST(n AS varchar), 6, '0') AS customer_id,
                    CAST(n AS bigint) AS customer_number,
                    's' || CAST(n %% 20 AS varchar) AS segment
                FROM (
                    SELECT (a.x - 1) * 1000 + b.x - 1 AS n
                    FROM UNNEST(sequence(1, %s)) AS a(x) CROSS JOIN UNNEST(sequence(1, 1000)) AS b(x))
                """.formatted(CUSTOMERS / 1000));
        masks().get(SCHEMA).forEach((table, columns) ->
                TestingTpch.registerAllColumns(mesh, SCHEMA, table, columns.keySet(), ", polyseme: benchmark_key"));
    }

    static Map<String, Map<String, Map<String, String>>> masks()
    {
        return ImmutableMap.of(SCHEMA, ImmutableMap.of(
                "visits", ImmutableMap.<String, String>builder()
                        .putAll(SqlMasks.ofText(ImmutableSet.of("visit_id", "customer_id")))
                        .put("account", SqlMasks.integer("account"))
                        .put("customer_number", SqlMasks.integer("customer_number"))
                        .buildOrThrow(),
                "customers", ImmutableMap.of(
                        "customer_id", SqlMasks.text("customer_id"),
                        "customer_number", SqlMasks.integer("customer_number"))));
    }

    static List<BenchmarkQuery> queries()
    {
        return ImmutableList.of(
                query("scan and aggregate, unmasked columns", 1.05, "SELECT channel, sum(amount), max(visited_on) FROM visits GROUP BY channel"),
                query("filter, unmasked columns", 1.05, "SELECT count(*), sum(amount) FROM visits WHERE amount BETWEEN 100 AND 300 AND channel = 'web'"),
                query("join on masked text", 1.1, "SELECT c.segment, count(*), sum(v.amount) FROM visits v JOIN customers c ON v.customer_id = c.customer_id GROUP BY c.segment"),
                query("join on masked text, selective", 1.1, "SELECT c.segment, count(*), sum(v.amount) FROM visits v JOIN customers c ON v.customer_id = c.customer_id WHERE c.segment = 's7' GROUP BY c.segment"),
                query("join on masked bigint", 1.1, "SELECT c.segment, count(*), sum(v.amount) FROM visits v JOIN customers c ON v.customer_number = c.customer_number GROUP BY c.segment"),
                query("group by masked text, 20 000 distinct", 1.3, "SELECT count(*), max(n) FROM (SELECT customer_id, count(*) AS n FROM visits GROUP BY customer_id)"),
                query("group by masked text, all distinct", 1.3, "SELECT count(*), max(n) FROM (SELECT visit_id, count(*) AS n FROM visits GROUP BY visit_id)"),
                query("group by masked bigint, all distinct", 1.3, "SELECT count(*), max(n) FROM (SELECT account, count(*) AS n FROM visits GROUP BY account)"),
                query("few masked values of a filter", "SELECT max(visit_id) FROM visits WHERE amount = 500"),
                query("max of masked text, all distinct", "SELECT max(visit_id) FROM visits"),
                query("max of masked bigint, all distinct", "SELECT max(account) FROM visits"),
                query("self-join on masked text, all distinct", "SELECT count(*), sum(a.amount) FROM visits a JOIN visits b ON a.visit_id = b.visit_id"));
    }

    private static BenchmarkQuery query(String name, double limit, String sql)
    {
        return new BenchmarkQuery(name, SCHEMA, sql, OptionalDouble.of(limit));
    }

    private static BenchmarkQuery query(String name, String sql)
    {
        return new BenchmarkQuery(name, SCHEMA, sql, OptionalDouble.empty());
    }
}
