package io.meshwright.model.check;

import io.meshwright.model.finding.MeshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

final class TestReadOnlySql
{
    private static final Set<String> NAMES = Set.of("order_event", "order-events", "orders.order_events");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            SELECT count(*) FROM order_event | SELECT count(*) FROM table_under_test AS order_event
                                            SELECT count(*) FROM order_events; | SELECT count(*) FROM table_under_test AS order_events
                                            SELECT count(*) FROM orders.order_events WHERE x = 'a -- b; /* c */' | SELECT count(*) FROM table_under_test AS order_events WHERE x = 'a -- b; /* c */'
                                            SELECT COUNT(*) FROM "order-events" | SELECT COUNT(*) FROM table_under_test AS `order-events`
                                            SELECT count(*) FROM ${model} | SELECT count(*) FROM table_under_test AS table_under_test
                                            SELECT count(*) FROM {schema}.{table} | SELECT count(*) FROM table_under_test AS table_under_test
                                            SELECT count(*) FROM "{model}" e WHERE e.total < 0 | SELECT count(*) FROM table_under_test e WHERE e.total < 0
                                            SELECT count(*) FROM {object} WHERE {property} IS NULL | SELECT count(*) FROM table_under_test AS table_under_test WHERE `status` IS NULL
                                            SELECT max(n) FROM (SELECT count(*) AS n FROM order_event GROUP BY status) q | SELECT max(n) FROM (SELECT count(*) AS n FROM table_under_test AS order_event GROUP BY status) q
                                            """)
    void testRewrites(String sql, String expected)
    {
        assertThat(ReadOnlySql.parse(sql, NAMES, Optional.of("status")).text()).isEqualTo(expected);
    }

    @Test
    void testCountsOfRows()
    {
        RowFilter rows = ReadOnlySql.parse("SELECT COUNT(*) FROM orders.order_events WHERE total < 0 OR `status` IS NULL", NAMES, Optional.empty()).countedRows().orElseThrow();
        assertThat(rows.text()).isEqualTo("(total < 0 OR `status` IS NULL)");
        assertThat(rows.columns()).containsExactly("total", "status");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "SELECT count(*) FROM order_event",
            "SELECT count(total) FROM order_event WHERE total < 0",
            "SELECT count(DISTINCT total) FROM order_event WHERE total < 0",
            "SELECT count(*) + 1 FROM order_event WHERE total < 0",
            "SELECT count(*) FILTER (WHERE total > 1) FROM order_event WHERE total < 0",
            "SELECT DISTINCT count(*) FROM order_event WHERE total < 0",
            "SELECT count(*), 1 FROM order_event WHERE total < 0",
            "SELECT count(*) FROM order_event WHERE total < 0 GROUP BY status",
            "SELECT count(*) FROM order_event WHERE total < 0 HAVING count(*) > 1",
            "SELECT count(*) FROM order_event WHERE total < 0 LIMIT 0",
            "SELECT count(*) FROM order_event a JOIN order_event b ON a.id = b.id WHERE total < 0",
            "SELECT count(*) FROM order_event e WHERE e.total < 0",
            "SELECT count(*) FROM order_event WHERE total < (SELECT max(total) FROM order_event)",
            "SELECT count(*) FROM (SELECT 1 AS total FROM order_event) WHERE total < 0",
            "WITH x AS (SELECT total FROM order_event) SELECT count(*) FROM x WHERE total < 0",
            "SELECT count(*) FROM order_event WHERE total < 0 UNION ALL SELECT 1 FROM order_event WHERE total < 0",
    })
    void testOtherStatementsAreNoCountsOfRows(String sql)
    {
        assertThat(ReadOnlySql.parse(sql, NAMES, Optional.empty()).countedRows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "SELECT count(*) FROM order_event WHERE total_minor < 0 OR currency NOT IN ('EUR', 'USD')",
            "SELECT sum(CASE WHEN status = 'x' THEN 1 ELSE 0 END) * 100.0 / count(*) FROM order_event",
            "WITH recent AS (SELECT * FROM order_event WHERE occurred_at >= current_date - INTERVAL '1' DAY) SELECT count(*) FROM recent",
            "SELECT count(*) FROM order_event a JOIN order_event b ON a.order_id = b.order_id AND a.total <> b.total",
            "SELECT count(*) FROM (SELECT order_id, row_number() OVER (PARTITION BY order_id ORDER BY occurred_at DESC) AS n FROM order_event) t WHERE n > 1",
            "SELECT count(DISTINCT order_id) FROM order_event WHERE occurred_at BETWEEN DATE '2026-01-01' AND DATE '2026-02-01'",
            "SELECT count(*) FROM order_event WHERE CAST(total AS decimal(10, 2)) > 5 AND NOT (name LIKE 'a%')",
            "SELECT count(*) FROM order_event e WHERE EXISTS (SELECT 1 FROM order_event f WHERE f.order_id = e.order_id)",
            "SELECT count(*) FROM order_event UNION ALL SELECT count(*) FROM order_event",
            "SELECT avg(total) FROM order_event GROUP BY status HAVING count(*) > 3 ORDER BY 1 LIMIT 1",
            "SELECT count(*) FROM order_event WHERE extract(year FROM occurred_at) < 2020 OR trim(name) = '' OR coalesce(total, 0) = -1",
    })
    void testAccepts(String sql)
    {
        assertThat(ReadOnlySql.parse(sql, NAMES, Optional.empty()).text()).contains(ReadOnlySql.TABLE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            DELETE FROM order_event | SQL_NOT_READ_ONLY
                                            DROP TABLE order_event | SQL_NOT_READ_ONLY
                                            INSERT INTO order_event SELECT * FROM order_event | SQL_NOT_READ_ONLY
                                            CREATE TABLE x AS SELECT * FROM order_event | SQL_NOT_READ_ONLY
                                            SELECT * INTO x FROM order_event | SQL_NOT_READ_ONLY
                                            SELECT 1 FROM order_event; DROP TABLE order_event | SQL_NOT_READ_ONLY
                                            SELECT count(*) FROM order_event FOR UPDATE | SQL_NOT_READ_ONLY
                                            WITH d AS (DELETE FROM order_event RETURNING *) SELECT count(*) FROM d | SQL_NOT_READ_ONLY
                                            VALUES (1) | SQL_NOT_READ_ONLY
                                            SELECT count(*) FROM order_event TABLESAMPLE (1 PERCENT) | SQL_SYNTAX
                                            SET x = 1 | SQL_NOT_READ_ONLY
                                            SELECT count(*) FROM customers | SQL_TABLE
                                            SELECT count(*) FROM order_event, customers | SQL_TABLE
                                            SELECT count(*) FROM order_event WHERE id IN (SELECT id FROM customers) | SQL_TABLE
                                            SELECT (SELECT max(ssn) FROM hr.people) FROM order_event | SQL_TABLE
                                            SELECT count(*) FROM other.order_event | SQL_TABLE
                                            SELECT count(*) FROM mesh_qualifier.customers | SQL_TABLE
                                            SELECT count(*) FROM parquet.`/etc/passwd` | SQL_TABLE
                                            SELECT count(*) FROM `parquet`.`/etc/x` | SQL_TABLE
                                            SELECT 1 | SQL_TABLE
                                            SELECT current_date | SQL_TABLE
                                            WITH order_event AS (SELECT 1 AS x) SELECT count(*) FROM order_event | SQL_TABLE
                                            WITH table_under_test AS (SELECT 1 AS x) SELECT count(*) FROM table_under_test | SQL_TABLE
                                            WITH customers AS (SELECT ssn FROM customers) SELECT count(*) FROM customers, order_event | SQL_TABLE
                                            WITH a AS (SELECT x FROM customers), customers AS (SELECT 1 AS x FROM order_event) SELECT count(*) FROM a | SQL_TABLE
                                            WITH `hr.people` AS (SELECT 1 AS x FROM order_event) SELECT count(*) FROM hr.people | SQL_TABLE
                                            WITH people AS (SELECT 1 AS x FROM order_event) SELECT count(*) FROM hr.people | SQL_TABLE
                                            WITH a AS (WITH b AS (SELECT 1 AS x FROM order_event) SELECT x FROM b) SELECT count(*) FROM b | SQL_TABLE
                                            WITH RECURSIVE a AS (SELECT 1 AS x FROM order_event UNION ALL SELECT x FROM a) SELECT count(*) FROM a | SQL_TABLE
                                            SELECT count(*) FROM order_event JOIN LATERAL (SELECT ssn FROM hr.people) p ON true | SQL_NOT_READ_ONLY
                                            SELECT count(*) FROM sys.tables | SQL_TABLE
                                            SELECT count(*) FROM range(10) | SQL_NOT_READ_ONLY
                                            SELECT count(*) FROM order_event WHERE x = sys.fn() | SQL_FUNCTION
                                            SELECT count(*) FROM order_event WHERE java_method('java.lang.Runtime', 'getRuntime') = 'x' | SQL_FUNCTION
                                            SELECT reflect('java.lang.System', 'getenv', 'HOME') FROM order_event | SQL_FUNCTION
                                            SELECT input_file_name() FROM order_event | SQL_FUNCTION
                                            SELECT pg_read_file('/etc/passwd') FROM order_event | SQL_FUNCTION
                                            SELECT pg_sleep(100) FROM order_event | SQL_FUNCTION
                                            SELECT count(*) FROM order_event ORDER BY java_method('a', 'b') | SQL_FUNCTION
                                            SELECT count(*) FROM order_event GROUP BY reflect('a', 'b') | SQL_FUNCTION
                                            SELECT sum(x) OVER (ORDER BY reflect('a', 'b')) FROM order_event | SQL_FUNCTION
                                            SELECT pg_catalog.pg_sleep(1) FROM order_event | SQL_FUNCTION
                                            SELECT count(*) FROM read_files('/etc') | SQL_NOT_READ_ONLY
                                            SELECT count(*) FROM order_event, LATERAL explode(items) | SQL_NOT_READ_ONLY
                                            SELECT count(*) -- all | SQL_TEXT
                                            SELECT count(*) /* x */ FROM order_event | SQL_TEXT
                                            SELECT /*+ BROADCAST(x) */ count(*) FROM order_event | SQL_TEXT
                                            SELECT count(*) FROM order_event # x | SQL_TEXT
                                            SELECT count(*) FROM order_event WHERE x = 'a\\' OR 1=1 OR x = '' | SQL_TEXT
                                            SELECT count(*) FROM order_event WHERE x = e'a' | SQL_TEXT
                                            SELECT count(*) FROM order_event WHERE x = $$a$$ | SQL_TEXT
                                            SELECT count(*) FROM order_event WHERE x = ? | SQL_TEXT
                                            SELECT count(*) FROM order_event WHERE x = :name | SQL_TEXT
                                            SELECT count(*) FROM order_event WHERE x = @name | SQL_TEXT
                                            SELECT count(*) FROM order_event WHERE x = '${env:SECRET}' OR x = '${model}' | SQL_TEXT
                                            SELECT count(*) FROM ${secret} | SQL_TEXT
                                            SELECT count(*) FROM order_event WHERE {field} = 1 | SQL_TEXT
                                            SELECT count(*) FROM order_event WHERE x = 'open | SQL_TEXT
                                            SELECT count(*) FROM | SQL_SYNTAX
                                            not sql at all | SQL_SYNTAX
                                            """)
    void testRefuses(String sql, CheckRule rule)
    {
        assertThatThrownBy(() -> ReadOnlySql.parse(sql, NAMES, Optional.empty()))
                .isInstanceOf(MeshException.class)
                .asInstanceOf(type(MeshException.class))
                .extracting(MeshException::rule)
                .isEqualTo(rule);
    }

    @Test
    void testRefusesDepthAndLength()
    {
        String deep = "SELECT " + "(".repeat(1_000) + "1" + ")".repeat(1_000) + " FROM order_event";
        assertThatThrownBy(() -> ReadOnlySql.parse(deep, NAMES, Optional.empty()))
                .hasMessage("Parentheses are nested more than 40 deep");
        String lengthy = "SELECT count(*) FROM order_event WHERE x IN (1" + ", 1".repeat(20_000) + ")";
        assertThatThrownBy(() -> ReadOnlySql.parse(lengthy, NAMES, Optional.empty()))
                .hasMessageStartingWith("The statement has 60");
    }

    @Test
    void testMessagesSayWhatToDo()
    {
        assertThatThrownBy(() -> ReadOnlySql.parse("SELECT count(*) FROM customers", Set.of("orders"), Optional.empty()))
                .hasMessage("The statement reads customers, which is not the table under test")
                .asInstanceOf(type(MeshException.class))
                .extracting(MeshException::fix)
                .isEqualTo("read from one of: orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "status <> 'test'",
            "a = 1 AND (b IS NOT NULL OR lower(c) LIKE 'x%')",
            "cast(created_at AS date)",
            "(total_amount * 100)::bigint",
            "ordered_at AT TIME ZONE 'Europe/Berlin'",
            "order_date",
    })
    void testAcceptsExpressions(String expression)
    {
        assertThat(ReadOnlyExpression.parse(expression).text()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "1 = 1) UNION SELECT password FROM users WHERE (1 = 1",
            "x IN (SELECT y FROM z)",
            "pg_sleep(10) IS NULL",
            "1 = 1; DROP TABLE x",
            "1 = 1 -- x",
            "1 = 1) GROUP BY (1",
            "nextval('s') > 0",
            "",
    })
    void testRefusesExpressions(String expression)
    {
        assertThatThrownBy(() -> ReadOnlyExpression.parse(expression))
                .isInstanceOf(MeshException.class)
                .hasMessageMatching("(?s).{10,}");
    }

    @Test
    void testQuotesNamesForDatabases()
    {
        assertThat(ReadOnlyExpression.parse("\"Order Date\" = '`'").ansiText()).isEqualTo("(\"Order Date\" = '`')");
    }
}
