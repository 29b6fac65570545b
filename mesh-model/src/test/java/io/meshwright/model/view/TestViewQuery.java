package io.meshwright.model.view;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.SpecRule;
import io.meshwright.model.view.ViewQuery.Column;
import io.meshwright.model.view.ViewQuery.Input;
import io.meshwright.model.view.ViewQuery.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestViewQuery
{
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "SELECT id FROM orders.order_events | orders.order_events",
            "SELECT id FROM order_events | shop.order_events",
            "SELECT id FROM \"orders\".\"Order_Events\" AS o -- a comment | orders.order_events",
            "SELECT a.id FROM orders.a JOIN customer.b ON a.id = b.id LEFT JOIN c USING (id) | orders.a customer.b shop.c",
            "WITH recent AS (SELECT * FROM orders.a WHERE day > current_date - INTERVAL '1' DAY) SELECT id FROM recent | orders.a",
            "SELECT id FROM orders.a UNION ALL SELECT id FROM orders.b | orders.a orders.b",
            "SELECT id FROM orders.a WHERE EXISTS (SELECT 1 FROM orders.b WHERE b.id = a.id) AND id IN (SELECT id FROM orders.c) | orders.a orders.b orders.c",
            "SELECT (SELECT max(id) FROM orders.b) AS m FROM orders.a | orders.b orders.a",
            "SELECT id, row_number() OVER (PARTITION BY k ORDER BY t) AS n FROM (SELECT * FROM orders.a) s | orders.a",
            "SELECT date_trunc('day', t AT TIME ZONE 'UTC') AS d, try_cast(x AS bigint) AS x, approx_distinct(k) AS n FROM orders.a GROUP BY 1, 2 | orders.a",
            "TABLE orders.a | orders.a",
            "SELECT id FROM orders.a WHERE name <> ';' ; | orders.a",
            "SELECT tag FROM orders.a CROSS JOIN UNNEST(tags) AS t(tag) | orders.a",
            "SELECT filter(tags, x -> x <> 'a') AS tags FROM orders.a TABLESAMPLE BERNOULLI (10) | orders.a",
    })
    void testInputs(String sql, String inputs)
    {
        assertThat(ViewQuery.parse(sql, "shop").inputs()).extracting(Input::toString).containsExactlyInAnyOrder(inputs.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "SELECT id FROM lake.orders.a | the query reads lake.orders.a, which names a catalog",
            "SELECT id FROM \"lake\".\"orders\".\"a$files\" | the query reads lake.orders.a$files, which names a catalog",
            "SELECT id FROM orders.a WHERE id IN (SELECT id FROM lake.orders.a) | the query reads lake.orders.a, which names a catalog",
            "WITH a AS (SELECT id FROM lake.orders.a) SELECT id FROM a | the query reads lake.orders.a, which names a catalog",
            "SELECT id FROM information_schema.tables | the query reads information_schema.tables, which is no address of a product",
            "SELECT id FROM mesh.product_versions | the query reads mesh.product_versions, which is no address of a product",
            "SELECT id FROM orders.\"a$latest\" | the query reads orders.a$latest, which is no address of a product",
            "SELECT 1 AS one | the query reads no product",
            "DELETE FROM orders.a | the query is no SELECT",
            "SELECT id INTO orders.b FROM orders.a | the query writes into a table",
            "SELECT lake.system.f(id) AS id FROM orders.a | the query calls lake.system.f, a function of a catalog",
            "SELECT id FROM orders.a, TABLE(lake.system.query('x')) | the query reads a table function",
            "SELECT id FROM orders.a; DROP TABLE orders.a | the query is more than one statement",
    })
    void testRefused(String sql, String message)
    {
        assertThatThrownBy(() -> ViewQuery.parse(sql, "shop")).isInstanceOfSatisfying(MeshException.class, refused -> {
            assertThat(refused.rule()).isEqualTo(SpecRule.VIEW_QUERY);
            assertThat(refused.getMessage()).isEqualTo(message);
            assertThat(refused.fix()).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT id FROM", "", "id", "SELECT id FROM orders.a )"})
    void testNotUnderstood(String sql)
    {
        assertThatThrownBy(() -> ViewQuery.parse(sql, "shop")).isInstanceOf(MeshException.class).hasMessageStartingWith("the query is not understood: ");
    }

    @Test
    void testColumns()
    {
        Input a = new Input("orders", "a");
        assertThat(ViewQuery.parse("SELECT id, Total AS amount, id + 1, id + 1 AS next FROM orders.a", "shop").columns().orElseThrow()).containsExactly(
                new Column(Optional.of("id"), Optional.of(new Source(a, "id"))),
                new Column(Optional.of("amount"), Optional.of(new Source(a, "total"))),
                new Column(Optional.empty(), Optional.empty()),
                new Column(Optional.of("next"), Optional.empty()));
        assertThat(ViewQuery.parse("SELECT x.id, y.id AS other, z FROM orders.a x JOIN (SELECT * FROM orders.b) y ON x.id = y.id", "shop").columns().orElseThrow()).containsExactly(
                new Column(Optional.of("id"), Optional.of(new Source(a, "id"))),
                new Column(Optional.of("other"), Optional.empty()),
                new Column(Optional.of("z"), Optional.empty()));
        assertThat(ViewQuery.parse("SELECT id FROM orders.a UNION SELECT id FROM orders.b", "shop").columns()).contains(List.of(new Column(Optional.of("id"), Optional.empty())));
        assertThat(ViewQuery.parse("SELECT id, a.* FROM orders.a", "shop").columns()).isEmpty();
    }
}
