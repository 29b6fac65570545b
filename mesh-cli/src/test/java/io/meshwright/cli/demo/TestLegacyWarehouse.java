package io.meshwright.cli.demo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The shipped SQL files on a real PostgreSQL.
 */
public class TestLegacyWarehouse
{
    private static final Path SCRIPTS = Path.of("..", "examples", "retail", "legacy");

    @Test
    public void testRowsAreTheOnesThatAreForetold(@TempDir Path folder)
            throws IOException
    {
        RetailData data = RetailData.of(RetailData.SMALLEST_SCALE, Instant.parse("2026-11-21T10:20:30Z"));
        try (LegacyWarehouse warehouse = LegacyWarehouse.start(folder.resolve("a folder"))) {
            warehouse.execute(Files.readString(SCRIPTS.resolve("schema.sql")));
            warehouse.execute(SqlTemplate.expand(Files.readString(SCRIPTS.resolve("seed.sql")), data.variables()));

            Map<LocalDate, Long> days = new TreeMap<>();
            warehouse.query("SELECT order_date, count(*) FROM legacy_warehouse.fct_orders GROUP BY order_date").rows()
                    .forEach(row -> days.put(LocalDate.parse((String) row.get(0)), Long.parseLong((String) row.get(1))));
            assertThat(days).isEqualTo(data.legacyOrders());

            // the names resolve without their schema, as a reconciliation writes them
            assertThat(warehouse.query("SELECT count(*), count(DISTINCT order_no) FROM fct_orders").rows())
                    .containsExactly(List.of(Long.toString(data.orders()), Long.toString(data.orders())));
            assertThat(warehouse.query("SELECT total_amount, count(*) FROM fct_orders WHERE total_amount < 0 GROUP BY 1").rows())
                    .containsExactly(List.of("-19.99", "1"));
            assertThat(warehouse.query("SELECT count(*) FROM fct_orders WHERE currency_code !~ '^[A-Z]{3}$'").rows())
                    .containsExactly(List.of("3"));
            assertThat(warehouse.query("SELECT count(*) FROM dim_customer WHERE full_name LIKE '美咲%'").rows())
                    .containsExactly(List.of("227"));
            assertThat(LegacyWarehouse.find(folder.resolve("a folder")).orElseThrow().jdbcUrl()).isEqualTo(warehouse.jdbcUrl());
            // midnight in Berlin is not midnight in UTC
            assertThat(warehouse.query("SELECT min(ordered_at) FROM fct_orders WHERE order_date = '2026-11-20'").rows().getFirst().getFirst().toString())
                    .startsWith("2026-11-20 00:00:");
            assertThatThrownBy(() -> warehouse.query("DELETE FROM fct_orders"))
                    .hasMessageContaining("permission denied for table fct_orders");
        }
        assertThat(LegacyWarehouse.find(folder.resolve("a folder"))).isEmpty();
        assertThat(LegacyWarehouse.stop(folder.resolve("a folder"))).as("is still running").isFalse();
    }
}
