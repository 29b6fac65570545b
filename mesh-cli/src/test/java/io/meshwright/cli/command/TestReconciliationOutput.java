package io.meshwright.cli.command;

import io.meshwright.bridge.migration.Gate;
import io.meshwright.cli.output.Console;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.cli.report.TestingReconciliation;
import io.meshwright.model.json.RecordJson;
import io.meshwright.model.reconciliation.ReconciliationReport;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

final class TestReconciliationOutput
{
    private static final List<Gate> GATES = List.of(
            new Gate("green-days", Gate.Status.FAILED, "2 of 14 green days"),
            new Gate("contract-test", Gate.Status.PASSED, "passed"));

    @Test
    void testTableTellsTheWorstFirstAndFoldsWhatIsFine()
    {
        String text = print(OutputFormat.TABLE, TestingReconciliation.report());
        assertThat(text.lines().filter(line -> (line.startsWith("2026-") || line.startsWith("null ")) && !line.contains(": ")).map(line -> line.replaceAll(" +", " ")).toList()).containsExactly(
                "2026-11-17 28800 28512 -288 290 2 50 0 98.993 % confirmed",
                "null 28800 28799 -1 1 0 50 0 98.993 % confirmed",
                "2026-11-18 28800 28800 0 0 0 0 0 100 % skipped",
                "2026-11-20 28800 28797 -3 3 0 0 0 98.993 % settling",
                "2026-11-15 28800 28740 -60 60 0 0 0 98.993 % accepted");
        assertThat(text)
                .contains("days in Europe/Berlin\ndecimals to 2 digits\nchar(n) without the blanks at its end\n")
                .contains("3 of 8 windows are equal: 2026-11-14 to 2026-11-19")
                .contains("accepted: 2026-11-15 until 2026-12-31 by ana@retailer.example: <b>test orders</b>")
                .contains("total: legacy 230400, mesh 230048, net -352, missing 354 (late 2), extra 2, changed 50 (format only 10), duplicate 0")
                .contains("column occurred_at: differs in 40 of 50 rows looked at; likely cause: time zone: the product is 1 h later")
                .contains("no day: changed in occurred_at, amount, key email=1f0c5be2a4d3970e")
                .contains("cost on the legacy side: 3 statements, 2.5 s, 30000 bytes; in all 37 runs 91.5 s")
                .contains("oldest open difference: found 6 d ago")
                .contains("NO-GO for cutover: 1 of 2 gates passed\n  gate green-days failed: 2 of 14 green days")
                .contains("BREACH: worst window 2026-11-17 with 98.993 %; completeness over all windows 99.8 %, required of each 99.9 %");
    }

    @Test
    void testJsonIsTheReport()
    {
        ReconciliationReport report = TestingReconciliation.report();
        String json = print(OutputFormat.JSON, report);
        assertThat(RecordJson.read(json, ReconciliationReport.class)).isEqualTo(report);
        assertThat(json).contains("\"kind\" : \"ReconciliationReport\"", "\"formatOnly\" : 10", "\"state\" : \"accepted\"", "\"until\" : \"2026-12-31\"");
    }

    @Test
    void testJUnit()
    {
        assertThat(print(OutputFormat.JUNIT, TestingReconciliation.report()))
                .contains("<testsuite name=\"mesh reconcile orders.order-events\" tests=\"9\" failures=\"2\" errors=\"2\" skipped=\"2\">")
                .contains("name=\"2026-11-17\"")
                .contains("confirmed: legacy 28800, mesh 28512, net -288, missing 290, extra 2, changed 50, duplicate 0, completeness 98.993 %")
                .contains("accepted until 2026-12-31 by ana@retailer.example: &lt;b&gt;test orders&lt;/b&gt;")
                .contains("name=\"not compared: column payload\"");
    }

    @Test
    void testAnnotations()
    {
        assertThat(print(OutputFormat.GITHUB, TestingReconciliation.report())).contains("::error file=orders/dataproduct.yaml").contains("2026-11-17: legacy 28800, mesh 28512");
        assertThat(print(OutputFormat.SARIF, TestingReconciliation.report())).contains("MESH-CLI-045").contains("2026-11-17: legacy 28800, mesh 28512");
    }

    private static String print(OutputFormat format, ReconciliationReport report)
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(bytes, true, UTF_8), new PrintStream(new ByteArrayOutputStream(), true, UTF_8), false, false);
        new ReconciliationOutput(console, report, GATES, "orders/dataproduct.yaml").print(format);
        return bytes.toString(UTF_8);
    }
}
