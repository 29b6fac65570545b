package io.meshwright.legacy.postgresql;

import io.trino.Session;
import io.trino.testing.MaterializedRow;
import io.trino.testing.QueryRunner;
import io.trino.testing.StandaloneQueryRunner;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static io.trino.testing.TestingSession.testSessionBuilder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A catalog of a real PostgreSQL database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestLegacyPostgreSql
{
    private EmbeddedPostgres postgres;
    private QueryRunner trino;

    @BeforeAll
    void start()
            throws Exception
    {
        postgres = EmbeddedPostgres.builder().setLocaleConfig("encoding", "UTF8").setLocaleConfig("locale", "C").start();
        database(
                """
                CREATE SCHEMA shop;
                CREATE TYPE mood AS ENUM ('good', 'bad');
                CREATE TABLE shop.everything (
                    id bigserial PRIMARY KEY, small smallint, whole integer, yes boolean, r real, d double precision, money numeric(12, 2), any_number numeric,
                    name varchar(20), note text, code char(3), raw bytea, day date, clock time(3), at timestamp(6), instant timestamptz(6),
                    key uuid, doc jsonb, feeling mood, tags text[], price money, span interval);
                INSERT INTO shop.everything VALUES
                    (1, -2, 3, true, 1.5, 2.5, -10.50, 1234567890123456789012345678901234567890.5, 'Zoë', 'Łukasz', 'ab', '\\x00ff', '2026-11-20', '12:34:56.789',
                        '2026-11-20 23:59:59.999999', '2026-11-20 23:59:59.999999+02', '00000000-0000-0001-8000-000000000002', '{"b": 1, "a": [2]}', 'bad', '{x,y}', 7, '1 day'),
                    (2, NULL, NULL, NULL, 'NaN', 'NaN', NULL, 'NaN', '', NULL, NULL, NULL, '1500-01-01', NULL, '1500-01-01 00:00:00', '1500-01-01 00:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL);
                CREATE TABLE shop.orders AS SELECT n AS id, date '2026-11-01' + (n % 10)::int AS order_date, 'C' || n AS cust_no FROM generate_series(1::bigint, 50000) n;
                CREATE TABLE shop.endless AS SELECT timestamp 'infinity' AS at, timestamptz 'infinity' AS instant;
                CREATE TABLE shop.parts (id bigint, day date) PARTITION BY RANGE (day);
                CREATE TABLE shop.parts_1 PARTITION OF shop.parts DEFAULT;
                CREATE VIEW shop.latest AS SELECT id FROM shop.orders WHERE id > 49990;
                CREATE COLLATION careless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
                CREATE TABLE shop.careless (name text COLLATE careless);
                INSERT INTO shop.careless VALUES ('alice'), ('ALICE'), ('bob');
                CREATE TABLE public.elsewhere (id int)
                """);
        trino = new StandaloneQueryRunner(session(), _ -> {});
        trino.installPlugin(new LegacyPostgreSqlPlugin());
        trino.createCatalog("old", LegacyPostgreSqlPlugin.CONNECTOR_NAME, Map.of("connection-url", postgres.getJdbcUrl("postgres", "postgres")));
    }

    @AfterAll
    void stop()
            throws Exception
    {
        trino.close();
        postgres.close();
    }

    @Test
    void testShowsWhatIsThere()
    {
        assertThat(column("SHOW SCHEMAS FROM old")).containsExactlyInAnyOrder("information_schema", "public", "shop");
        assertThat(column("SHOW TABLES")).containsExactlyInAnyOrder("everything", "orders", "endless", "parts", "parts_1", "latest", "careless");
        assertThat(column("SELECT count(*) FROM latest")).containsExactly(10L);
    }

    @Test
    void testTypes()
    {
        assertThat(rows("DESCRIBE everything").stream().map(row -> row.get(0) + " " + row.get(1))).containsExactly(
                "id bigint",
                "small smallint",
                "whole integer",
                "yes boolean",
                "r real",
                "d double",
                "money decimal(12,2)",
                "any_number number",
                "name varchar(20)",
                "note varchar",
                "code char(3)",
                "raw varbinary",
                "day date",
                "clock time(3)",
                "at timestamp(6)",
                "instant timestamp(6) with time zone",
                "key uuid",
                "doc json",
                "feeling varchar",
                "tags varchar",
                "price varchar",
                "span varchar");
        assertThat(rows("SELECT id, small, whole, yes, r, d, CAST(money AS varchar), CAST(any_number AS varchar), name, note, code, to_hex(raw) FROM everything ORDER BY id")).containsExactly(
                Arrays.asList(1L, (short) -2, 3, true, 1.5f, 2.5, "-10.50", "1234567890123456789012345678901234567890.5", "Zoë", "Łukasz", "ab ", "00FF"),
                Arrays.asList(2L, null, null, null, Float.NaN, Double.NaN, null, "NaN", "", null, null, null));
        assertThat(rows("SELECT CAST(day AS varchar), CAST(clock AS varchar), CAST(at AS varchar), CAST(instant AS varchar), CAST(key AS varchar), json_format(doc), feeling, tags, price, span FROM everything ORDER BY id")).containsExactly(
                List.of("2026-11-20", "12:34:56.789", "2026-11-20 23:59:59.999999", "2026-11-20 21:59:59.999999 UTC", "00000000-0000-0001-8000-000000000002", "{\"a\":[2],\"b\":1}", "bad", "{x,y}", "$7.00", "1 day"),
                Arrays.asList("1500-01-01", null, "1500-01-01 00:00:00.000000", "1500-01-01 00:00:00.000000 UTC", null, null, null, null, null, null));
    }

    @Test
    void testConditionsMeanWhatTheyMeanInTrino()
    {
        for (String condition : List.of(
                "id = 1",
                "small = SMALLINT '-2'",
                "whole > 2",
                "yes",
                "r < 2",
                "d < 9",
                "money = DECIMAL '-10.50'",
                "any_number > 5 AND id = 1",
                "name = 'Zoë'",
                "name > 'Y'",
                "note = 'Łukasz'",
                "note LIKE 'Ł%'",
                "code = 'ab'",
                "day = DATE '2026-11-20'",
                "clock = TIME '12:34:56.789'",
                "at = TIMESTAMP '2026-11-20 23:59:59.999999'",
                "at > TIMESTAMP '2000-01-01 00:00:00'",
                "instant = TIMESTAMP '2026-11-20 21:59:59.999999 UTC'",
                "key = UUID '00000000-0000-0001-8000-000000000002'",
                "feeling = 'bad'",
                "json_extract_scalar(doc, '$.b') = '1'",
                "tags IS NOT NULL")) {
            assertThat(column("SELECT id FROM everything WHERE " + condition)).as(condition).containsExactly(1L);
        }
        assertThat(column("SELECT name FROM careless WHERE name = 'alice'")).as("the database would take both").containsExactly("alice");
        assertThat(column("SELECT count(*) FROM careless WHERE name = 'alice'")).containsExactly(1L);
        assertThat(rows("SELECT name, count(*) FROM careless GROUP BY name")).hasSize(3);
        assertThat(column("SELECT count(*) FROM everything WHERE d > 9")).as("NaN is greater than nothing").containsExactly(0L);
    }

    @Test
    void testTheDatabaseCounts()
    {
        assertThat(plan("SELECT count(*) FROM orders WHERE order_date = DATE '2026-11-03'")).contains("count(*)").doesNotContain("Aggregate");
        assertThat(column("SELECT count(*) FROM orders WHERE order_date = DATE '2026-11-03'")).containsExactly(5000L);
        assertThat(plan("SELECT order_date, count(*) FROM orders GROUP BY order_date")).doesNotContain("Aggregate");
        assertThat(plan("SELECT cust_no, count(*) FROM orders GROUP BY cust_no")).contains("Aggregate");
        assertThat(plan("SELECT id FROM orders LIMIT 7")).contains("limit=7");
        assertThat(column("SELECT sum(id) FROM orders")).as("by several fetches").containsExactly(50000L * 50001 / 2);
    }

    @Test
    void testInfiniteTimestampsAreRefused()
    {
        assertThatThrownBy(() -> rows("SELECT at FROM endless")).hasMessageContaining("A timestamp of the legacy warehouse is infinite");
        assertThatThrownBy(() -> rows("SELECT instant FROM endless")).hasMessageContaining("A timestamp of the legacy warehouse is infinite");
    }

    @Test
    void testWritesNothing()
            throws SQLException
    {
        for (String statement : List.of(
                "INSERT INTO orders (id) VALUES (0)",
                "DELETE FROM orders",
                "DELETE FROM orders WHERE id = 1",
                "UPDATE orders SET cust_no = 'x'",
                "TRUNCATE TABLE orders",
                "DROP TABLE orders",
                "CREATE TABLE mine (id bigint)",
                "CREATE TABLE mine AS SELECT 1 id",
                "ALTER TABLE orders RENAME TO mine",
                "ALTER TABLE orders ADD COLUMN mine bigint",
                "COMMENT ON TABLE orders IS 'mine'",
                "DROP SCHEMA shop CASCADE",
                "CREATE SCHEMA mine",
                "CALL old.system.execute('DELETE FROM shop.orders')")) {
            assertThatThrownBy(() -> rows(statement)).as(statement).hasMessageContaining("Access Denied");
        }
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("SELECT count(*) FROM shop.orders")) {
            results.next();
            assertThat(results.getLong(1)).isEqualTo(50000);
        }
    }

    private static Session session()
    {
        return testSessionBuilder().setCatalog("old").setSchema("shop").build();
    }

    private void database(String script)
            throws SQLException
    {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    private List<List<Object>> rows(String sql)
    {
        return trino.execute(session(), sql).getMaterializedRows().stream().map(MaterializedRow::getFields).toList();
    }

    private List<Object> column(String sql)
    {
        return rows(sql).stream().map(List::getFirst).toList();
    }

    private String plan(String sql)
    {
        return (String) trino.execute(session(), "EXPLAIN " + sql).getOnlyValue();
    }
}
