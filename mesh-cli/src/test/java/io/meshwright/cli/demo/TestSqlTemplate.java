package io.meshwright.cli.demo;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

public class TestSqlTemplate
{
    @Test
    public void testExpand()
    {
        assertThat(SqlTemplate.expand("SELECT n::text FROM generate_series(0, :orders - 1) n WHERE d > DATE ':today'", Map.of("orders", "7", "today", "2026-11-21")))
                .isEqualTo("SELECT n::text FROM generate_series(0, 7 - 1) n WHERE d > DATE '2026-11-21'");
    }

    @Test
    public void testUnknownVariable()
    {
        assertThatThrownBy(() -> SqlTemplate.expand("SELECT :order", Map.of("orders", "7")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Unknown variable :order");
    }
}
