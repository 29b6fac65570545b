package io.meshwright.it;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first command of the README: what it tells, what it refuses, and that it leaves nothing behind.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class DemoIT
{
    // verbatim
    private static final String RECONCILIATION =
            """
            -- Reconciliation during the strangle window: old warehouse vs new product
            SELECT
            (SELECT count(*) FROM legacy_warehouse.fct_orders
            WHERE order_date = current_date - 1) AS legacy_count,
            (SELECT count(*) FROM orders.order_events
            WHERE date(occurred_at) = current_date - 1) AS mesh_count;
            -- alert if the delta exceeds the completeness SLA threshold
            """;
    private static final String SEGMENT = "(?:consumer|business|premium|staff)";

    private Path folder;
    private Execution story;
    private List<String> leftovers;

    @BeforeAll
    void tell()
            throws Exception
    {
        DemoRun.Told told = DemoRun.told();
        folder = told.folder();
        story = told.execution();
        leftovers = told.leftovers();
    }

    @AfterAll
    void stop()
    {
        if (folder != null) {
            mesh("demo", "--stop").expectExit(0);
        }
    }

    @Test
    @Order(1)
    void testEndsWellAndLeavesNoProcess()
    {
        story.expectExit(0);
        assertThat(story.output()).contains("Was it as told?").doesNotContain("NOT TRUE", "\tat ");
        assertThat(chapter("Was it as told?").lines().filter(line -> line.startsWith("  ok "))).hasSizeGreaterThanOrEqualTo(12);
        assertThat(leftovers).isEmpty();
    }

    @Test
    @Order(2)
    void testJoinIsTheSameMaskedAndInClear()
    {
        List<List<String>> masked = segments(chapter("A consumer who knows nobody finds the products and asks"));
        List<List<String>> clear = segments(chapter("The same for somebody who is cleared"));
        assertThat(masked).hasSize(4).isEqualTo(clear);
        assertThat(masked).allSatisfy(row -> assertThat(Long.parseLong(row.get(1))).isPositive());

        assertThat(chapter("A consumer who knows nobody finds the products and asks"))
                .contains("masked for you")
                .doesNotContainPattern("C\\d{8}")
                .doesNotContain("mail.example");
        assertThat(chapter("The same for somebody who is cleared"))
                .containsPattern("ORD-100000001 \\| C\\d{8} +\\|")
                .contains("@mail.example");
    }

    @Test
    @Order(3)
    void testRefusals()
    {
        assertThat(chapter("What is refused"))
                .containsPattern("--user alice \"SELECT \\* FROM inventory\\.stock_levels\"\nerror\\[MESH-[A-Z]+-\\d{3}] Access Denied.*supply-chain")
                .containsPattern("FROM lake\\.orders\\.order_events\"\nerror\\[MESH-[A-Z]+-\\d{3}] Access Denied")
                .containsPattern("\"DELETE FROM orders\\.order_events\"\nerror\\[MESH-[A-Z]+-\\d{3}] Access Denied");
    }

    @Test
    @Order(4)
    void testContractFindingsServiceLevelsAndReconciliation()
    {
        assertThat(chapter("Spark holds the data against its contract"))
                .containsPattern("FAILED +currency\\.pattern +3 ")
                .containsPattern("FAILED +order_id\\.primaryKey +[1-9]\\d* ")
                .containsPattern("FAILED +sql +1 ")
                .contains("FAILED: 18 of 21 checks passed, 3 failed");
        assertThat(chapter("Service levels are measured, not declared"))
                .containsPattern("MET +freshness ")
                .containsPattern("MISSED +completeness ");

        String reconciliation = chapter("The product is reconciled with the legacy warehouse, day by day");
        Matcher total = Pattern.compile("total: legacy (\\d+), mesh (\\d+), net (-?\\d+)").matcher(reconciliation);
        assertThat(total.find()).describedAs(reconciliation).isTrue();
        assertThat(Long.parseLong(total.group(2)) - Long.parseLong(total.group(1))).isEqualTo(Long.parseLong(total.group(3)));
        // one in a hundred orders of the lost day; its length and the first number in it change with daylight saving time
        assertThat(reconciliation.lines().filter(line -> line.endsWith("  confirmed")).map(line -> Integer.parseInt(line.split(" +")[3])))
                .anySatisfy(net -> assertThat(net).isBetween(-16, -13))
                .anySatisfy(net -> assertThat(net).isPositive())
                .anySatisfy(net -> assertThat(net).as("a day whose counts are equal").isZero());
        assertThat(reconciliation).contains("column total_minor: differs in 1 of 1 rows looked at");
        assertThat(reconciliation).containsPattern("BREACH: worst window \\d{4}-\\d{2}-\\d{2} with (?:98|99)");
    }

    @Test
    @Order(5)
    void testReportNeedsNothingFromElsewhere()
            throws Exception
    {
        String report = Files.readString(folder.resolve(".mesh-demo/reconciliation.html"));
        assertThat(report)
                .startsWith("<!doctype html>")
                .contains("orders.order-events", "fct_orders", "</html>")
                .containsPattern("[-−]1[3-6]\\b")
                .doesNotContainIgnoringCase("http:", "https:", "<script src", "<link", "@import", "url(")
                .doesNotContainPattern("(?i)\\b(?:src|href)\\s*=\\s*[\"']?(?!#)");

        // rows were compared by customer numbers and addresses, on a warehouse that has both in clear
        Path spark = folder.resolve(".mesh-demo/.mesh/spark/ReconciliationJob.log");
        for (String text : List.of(report, chapter("The product is reconciled with the legacy warehouse, day by day"), Files.readString(spark))) {
            assertThat(text).doesNotContainPattern("\\bC0\\d{7}\\b").doesNotContainPattern("Straße \\d|Église|Łąkowa|Østergade|Bahnhofstrasse|Großer Weg|東京通り");
        }
    }

    @Test
    @Order(6)
    void testInterruptLeavesNothingRunning()
            throws Exception
    {
        Path mark = Files.createFile(folder.resolve(".mesh-demo/from-the-run-before"));
        DemoRun run = DemoRun.start(folder);
        run.awaitLine("Trino is ready");
        // otherwise the test could not see what it looks for
        assertThat(run.leftovers().running()).anyMatch(process -> process.contains("postgres")).anyMatch(process -> process.contains("java"));
        assertThat(mark).doesNotExist();
        run.interrupt();

        Execution interrupted = run.await();
        assertThat(interrupted.exitCode()).describedAs(interrupted.output()).isEqualTo(130);
        assertThat(interrupted.output()).doesNotContain("\tat ", "Exception");
        assertThat(run.leftovers().running()).isEmpty();
    }

    @Test
    @Order(7)
    void testKeepsTheServersOnRequestAfterAnInterruptedRun()
            throws Exception
    {
        DemoRun run = DemoRun.start(folder, "--keep");
        Execution kept = run.await().expectExit(0);
        assertThat(kept.output()).containsPattern("Trino +jdbc:trino://127\\.0\\.0\\.1:\\d+").containsPattern("PostgreSQL +jdbc:postgresql://").doesNotContain("NOT TRUE");

        Execution pasted = paste(kept, "to paste");
        assertThat(pasted.output()).containsPattern("fulfilled +\\| +\\d+");
        assertThat(run.leftovers().running()).anyMatch(process -> process.contains("postgres"));

        sourceDocumentsStatement(kept);
        dial();

        assertThat(paste(kept, "to end").output()).contains("have ended");
        assertThat(run.leftovers().running()).isEmpty();
    }

    /**
     * The reconciliation as the source documents wrote it, in one Trino over the warehouse and the product. The command's session
     * is in UTC; the statement counts the warehouse's days by the shop's clock and the product's by UTC.
     */
    private void sourceDocumentsStatement(Execution kept)
            throws SQLException
    {
        Matcher address = Pattern.compile("PostgreSQL +(jdbc:postgresql://\\S+)").matcher(kept.output());
        assertThat(address.find()).describedAs(kept.output()).isTrue();
        String day;
        long legacy;
        long legacyByUtc;
        try (Connection connection = DriverManager.getConnection(address.group(1), "recon", "");
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(
                        """
                        SELECT
                            yesterday::text,
                            count(*) FILTER (WHERE order_date = yesterday),
                            count(*) FILTER (WHERE (ordered_at AT TIME ZONE 'Europe/Berlin' AT TIME ZONE 'UTC')::date = yesterday)
                        FROM legacy_warehouse.fct_orders, (SELECT (now() AT TIME ZONE 'UTC')::date - 1 AS yesterday) AS clock
                        GROUP BY yesterday
                        """)) {
            results.next();
            day = results.getString(1);
            legacy = results.getLong(2);
            legacyByUtc = results.getLong(3);
        }
        // in the hours after midnight the planted fault is a day older
        Matcher planted = Pattern.compile("planted differences: \\{.*\\b" + day + "=(-?\\d+)").matcher(kept.output());
        long product = legacyByUtc + (planted.find() ? Long.parseLong(planted.group(1)) : 0);

        assertThat(sql("paul", RECONCILIATION).expectExit(0).output().lines()).containsExactly("legacy_count,mesh_count", legacy + "," + product);
        for (String user : List.of("alice", "carol")) {
            assertThat(sql(user, RECONCILIATION).expectExit(2).errors()).contains("[MESH-TRINO-007] legacy_warehouse.fct_orders still is the legacy table, in which nothing is masked");
        }
    }

    /**
     * The old name means the legacy table, then the product with its masks, then the legacy table again; who read it is known and keeps it.
     */
    private void dial()
    {
        String customers = "SELECT cust_no FROM legacy_warehouse.fct_orders ORDER BY order_no LIMIT 3";
        String inClear = "cust_no\n(C\\d{8}\n){2}C\\d{8}";
        assertThat(sql("paul", customers).expectExit(0).output().strip()).matches(inClear);
        assertThat(inStory("migrate", "cutover", "orders.order-events").expectExit(1).errors()).contains("MESH-MIGRATE-002", "failed contract-test", "failed no-open-window");

        inStory("migrate", "cutover", "orders.order-events", "--force", "--reason", "rehearsal").expectExit(0);
        assertThat(sql("alice", customers).expectExit(0).output().strip()).matches("cust_no\n([a-z2-7]{26}\n){2}[a-z2-7]{26}");
        assertThat(sql("carol", customers).expectExit(0).output().strip()).matches(inClear);

        inStory("migrate", "rollback", "orders.order-events", "--reason", "the rehearsal is over").expectExit(0);
        sql("alice", customers).expectExit(2);
        assertThat(sql("paul", "SELECT min(order_date) <= max(order_date) FROM legacy_warehouse.fct_orders").expectExit(0).output()).contains("true");

        assertThat(inStory("migrate", "decommission", "legacy_warehouse.fct_orders", "--execute").expectExit(1).output())
                .contains("legacy_warehouse.fct_orders: STAYS, FAILED", "FAILED   cut-over", "FAILED   zero-consumers", "PASSED   no-dependents")
                .containsPattern("reads it: paul \\(trino\\): last read \\S+, \\d+ reads");
        assertThat(sql("paul", "SELECT count(*) FROM legacy_warehouse.fct_orders").expectExit(0).output()).describedAs("the table is still there").containsPattern("\n\\d{5}");
        assertThat(sql("paul", "SELECT legacy, dependents FROM lake.mesh.legacy_reads").expectExit(0).output()).contains("legacy_warehouse.fct_orders");
    }

    private Execution sql(String user, String statement)
    {
        return inStory("sql", "--user", user, "-o", "csv", statement);
    }

    private Execution inStory(String... arguments)
    {
        return new Mesh(folder.resolve(".mesh-demo")).run(arguments);
    }

    private Execution paste(Execution kept, String label)
    {
        String line = kept.output().lines().filter(text -> text.startsWith("  " + label + " ")).findFirst().orElseThrow(() -> new AssertionError(kept.output()));
        return Processes.run(folder, mesh().environment(), Mesh.BOUND, "sh", "-c", line.substring(line.indexOf(label) + label.length()).strip()).expectExit(0);
    }

    private Mesh mesh()
    {
        return new Mesh(folder);
    }

    private Execution mesh(String... arguments)
    {
        return mesh().run(arguments);
    }

    private String chapter(String heading)
    {
        Matcher chapter = Pattern.compile("^== \\d+\\. " + Pattern.quote(heading) + "$(.*?)(?=^== |\\z)", Pattern.MULTILINE | Pattern.DOTALL).matcher(story.output());
        assertThat(chapter.find()).describedAs("chapter '%s' of:%n%s", heading, story.output()).isTrue();
        return chapter.group(1);
    }

    private static List<List<String>> segments(String chapter)
    {
        return Pattern.compile("^(" + SEGMENT + ") *\\| *(\\d+) *\\| *([0-9.]+)$", Pattern.MULTILINE).matcher(chapter).results()
                .map(row -> List.of(row.group(1), row.group(2), row.group(3)))
                .toList();
    }
}
