package io.meshwright.cli.sql;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.MeshException.Cause;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

class TestSqlOutput
{
    private static final SqlResult RESULT = new SqlResult(
            List.of(new SqlColumn("name", "varchar"), new SqlColumn("total", "decimal(12,2)")),
            List.of(Arrays.asList("a,\"b\"", new BigDecimal("10.50")), Arrays.asList(null, null), Arrays.asList("", new BigDecimal("1E+2"))),
            OptionalLong.empty(),
            true);

    @Test
    void testTable()
    {
        assertThat(RESULT.table().lines()).containsExactly(
                "name  | total",
                "------+------",
                "a,\"b\" | 10.50",
                "NULL  |  NULL",
                "      |   100");
    }

    @Test
    void testCsvTellsNullFromEmpty()
    {
        assertThat(Csv.header(RESULT.columns())).isEqualTo("name,total");
        assertThat(RESULT.rows().stream().map(Csv::line)).containsExactly("\"a,\"\"b\"\"\",10.50", ",", "\"\",100");
    }

    @Test
    void testProblemsByWhoseTurnItIs()
    {
        assertProblem("Query failed (#1): line 1:1: mismatched input", 1, "MESH-CLI-030", Cause.USER, "line 1:1: mismatched input");
        assertProblem("Query failed (#1): Access Denied: Cannot select", 4, "MESH-CLI-031", Cause.REFUSED, "Access Denied: Cannot select");
        assertProblem("Query failed (#1): Access Denied: [MESH-LIFE-002] retired", 4, "MESH-LIFE-002", Cause.REFUSED, "Access Denied: retired");
        assertProblem("Query failed (#1): boom", 0x1_0000, "MESH-CLI-030", Cause.USER, "Trino failed: boom");
        assertProblem("Query failed (#1): no memory", 0x2_0000, "MESH-CLI-030", Cause.EXTERNAL, "no memory");
        MeshException unreachable = SqlProblem.of(new SQLException("Error executing query", new IOException("Connection refused")), "jdbc:trino://x", "bob");
        assertThat(unreachable.rule().id()).isEqualTo("MESH-CLI-032");
        assertThat(unreachable.kind()).isEqualTo(Cause.EXTERNAL);
        assertThat(unreachable).hasMessage("No answer from Trino at jdbc:trino://x: Connection refused");
    }

    @Test
    void testFixOfWhatNobodyMayDo()
    {
        assertThat(SqlProblem.of(new SQLException("Query failed (#1): Access Denied: [MESH-TRINO-008] Cannot insert into orders.order_events", "", 4), "jdbc:trino://x", "bob").fix())
                .isEqualTo("write to the product's own table, not to its address; on a Trino of mesh up that is in the catalog lake, as a user of the group producers");
        assertThat(SqlProblem.of(new SQLException("Query failed (#1): Access Denied: [MESH-TRINO-007] Product a.b may be read by the groups c", "", 4), "jdbc:trino://x", "bob").fix())
                .isEqualTo("ask as another user, or ask the product's owner for access; user bob has no right to this");
    }

    private static void assertProblem(String message, int code, String rule, Cause cause, String text)
    {
        MeshException problem = SqlProblem.of(new SQLException(message, "", code), "jdbc:trino://x", "bob");
        assertThat(problem.rule().id()).isEqualTo(rule);
        assertThat(problem.kind()).isEqualTo(cause);
        assertThat(problem).hasMessage(text);
        assertThat(problem.fix()).isNotBlank();
    }
}
