package io.meshwright.cli.demo;

import com.google.common.base.Stopwatch;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.Installation;
import io.meshwright.cli.output.Console;
import io.meshwright.cli.sql.SqlResult;
import io.meshwright.cli.sql.TrinoSession;
import io.meshwright.cli.trino.LocalTrino;
import io.meshwright.cli.trino.LocalTrinoSettings;
import io.meshwright.model.finding.MeshException;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * A retailer moves four domains off a legacy warehouse. What it shows are the real commands; what it claims is asked from the
 * engines and compared with the faults that were planted in the data.
 */
final class DemoStory
{
    private static final List<String> PRODUCTS = List.of(
            "orders/data-products/order-events",
            "customer/data-products/customer-profile",
            "inventory/data-products/stock-levels",
            "pricing/data-products/price-list");
    private static final Map<String, String> LOADS = Map.of(
            "data/customers.sql", "customer.customer_profile",
            "data/orders.sql", "orders.order_events",
            "data/price-list.sql", "pricing.price_list",
            "data/stock-levels.sql", "inventory.stock_levels");
    private static final String REPORT = "reconciliation.html";

    private static final String ANALYST = "alice";
    private static final String CLEARED = "carol";
    private static final String PRODUCER = "paul";

    private static final String SOME_ORDERS = "SELECT order_id, customer_id, shipping_address, total_minor, currency FROM orders.order_events WHERE order_id BETWEEN 'ORD-100000001' AND 'ORD-100000003' ORDER BY order_id";
    private static final String SOME_CUSTOMERS = "SELECT customer_id, full_name, email, birth_date, segment FROM customer.customer_profile ORDER BY updated_at DESC LIMIT 4";

    private final DemoFolder folder;
    private final DemoServers servers;
    private final RetailData data;
    private final Narrator narrator;
    private final Console console;
    private final Installation installation;

    DemoStory(CommandContext context, DemoFolder folder, DemoServers servers, RetailData data)
    {
        this.folder = requireNonNull(folder, "folder is null");
        this.servers = requireNonNull(servers, "servers is null");
        this.data = requireNonNull(data, "data is null");
        this.narrator = new Narrator(context);
        this.console = context.console();
        this.installation = context.installation();
    }

    ExitCode tell()
    {
        Stopwatch stopwatch = Stopwatch.createStarted();
        narrator.text("A retailer moves off its central warehouse. Everything below is real: a PostgreSQL, a Trino, a Spark,");
        narrator.text("Iceberg tables, and the commands as you would type them in " + folder.root());
        declareProducts();
        fillTables();
        askMasked();
        askInClear();
        refuse();
        testContract();
        reconcile();
        checkServiceLevels();
        narrator.chapter("Was it as told?", "");
        ExitCode verdict = narrator.verdict();
        console.data("");
        console.data("Report: " + folder.root().resolve(REPORT));
        console.data("The story took " + seconds(stopwatch.elapsed()) + ".");
        if (verdict != ExitCode.OK) {
            console.error("error[" + DemoRule.STORY.id() + "] Not everything was as told: see the list above");
        }
        return verdict;
    }

    private void declareProducts()
    {
        narrator.chapter("Four domains declare their data products",
                """
                The legacy warehouse starts, and gets its orders in the background. Meanwhile each domain applies its dataproduct.yaml:
                the table is made from the contract, the product is registered.""");
        console.progress("starting PostgreSQL, the legacy warehouse ...");
        LegacyWarehouse warehouse = servers.start(() -> LegacyWarehouse.start(folder.warehouse()));
        configure(warehouse);
        FutureTask<Duration> load = inBackground(warehouse);
        for (String product : PRODUCTS) {
            narrator.need("product", "apply", product + "/dataproduct.yaml");
        }
        console.progress("waiting for the legacy warehouse to be filled ...");
        Duration duration = await(load);
        narrator.text("");
        narrator.text(String.format(Locale.ROOT, "The legacy warehouse at %s has %,d orders (filled in %s), the newest of them:", warehouse.jdbcUrl(), data.orders(), seconds(duration)));
        SqlResult newest = warehouse.query("SELECT order_no, cust_no, status, total_amount, currency_code, ordered_at, order_date FROM legacy_warehouse.fct_orders ORDER BY ordered_at DESC LIMIT 3");
        narrator.lines(newest.table().lines());
    }

    private void configure(LegacyWarehouse warehouse)
    {
        Path file = folder.root().resolve("mesh.yaml");
        String placeholder = "jdbc:postgresql://localhost:5432/warehouse";
        String text = read(file);
        if (!text.contains(placeholder)) {
            throw new IllegalStateException("mesh.yaml of the example does not name " + placeholder);
        }
        try {
            Files.writeString(file, text.replace(placeholder, warehouse.jdbcUrl()));
        }
        catch (IOException e) {
            throw new MeshException(DemoRule.FOLDER, USER, "Cannot write " + file + ": " + e.getMessage(), "look after the rights and the free space there", e);
        }
    }

    private FutureTask<Duration> inBackground(LegacyWarehouse warehouse)
    {
        FutureTask<Duration> load = new FutureTask<>(() -> {
            Stopwatch stopwatch = Stopwatch.createStarted();
            warehouse.execute(read(folder.root().resolve("legacy/schema.sql")));
            warehouse.execute(SqlTemplate.expand(read(folder.root().resolve("legacy/seed.sql")), data.variables()));
            return stopwatch.elapsed();
        });
        Thread.ofPlatform().daemon().name("legacy-warehouse-load").start(load);
        return load;
    }

    private static <T> T await(FutureTask<T> task)
    {
        try {
            return task.get();
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeshException(DemoRule.WAREHOUSE, EXTERNAL, "The demonstration was interrupted", "run it again", e);
        }
        catch (ExecutionException e) {
            if (e.getCause() instanceof MeshException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void fillTables()
    {
        narrator.chapter("The domains fill their tables",
                """
                A local Trino serves the products in the catalog mesh; the group producers writes by the catalog lake.""");
        servers.start(() -> {
            narrator.need("up", "--detach");
            return null;
        });
        Map<String, Long> rows = new HashMap<>();
        try (TrinoSession session = session(PRODUCER)) {
            for (String script : LOADS.keySet().stream().sorted().toList()) {
                console.progress(PRODUCER + " runs " + script + " ...");
                Stopwatch stopwatch = Stopwatch.createStarted();
                long count = session.execute(SqlTemplate.expand(read(folder.root().resolve(script)), data.variables())).updated().orElse(0);
                rows.put(LOADS.get(script), count);
                narrator.text(String.format(Locale.ROOT, "%s ran %-22s %,12d rows in %s", PRODUCER, script, count, seconds(stopwatch.elapsed())));
            }
        }
        narrator.claim(
                String.format(Locale.ROOT, "orders.order_events has the %,d rows that the planted faults leave of the %,d", data.productOrders(), data.orders()),
                rows.get("orders.order_events") == data.productOrders());
    }

    private void askMasked()
    {
        narrator.chapter("A consumer who knows nobody finds the products and asks",
                """
                Alice is an analyst. Nobody granted her anything: public products are readable, their personal data is masked.""");
        narrator.claim("a word of the description finds the product", narrator.mesh("catalog", "search", "cancelled") == ExitCode.OK);
        narrator.need("sql", "--user", ANALYST, "DESCRIBE orders.order_events");
        narrator.need("sql", "--user", ANALYST, SOME_ORDERS);
        narrator.need("sql", "--user", ANALYST, SOME_CUSTOMERS);
        narrator.text("");
        narrator.text("Masked, and still the cross-domain join works, because both domains say that customer_id means the same:");
        narrator.need("sql", "--user", ANALYST, join());
    }

    private void askInClear()
    {
        narrator.chapter("The same for somebody who is cleared",
                """
                Carol is in the group customer-care, to which both products grant clear values.""");
        narrator.need("sql", "--user", CLEARED, SOME_ORDERS);
        narrator.need("sql", "--user", CLEARED, SOME_CUSTOMERS);
        narrator.need("sql", "--user", CLEARED, join());

        String customers = "SELECT customer_id FROM orders.order_events WHERE order_id = 'ORD-100000001'";
        String masked = (String) value(ask(ANALYST, customers));
        String clear = (String) value(ask(CLEARED, customers));
        narrator.claim("carol sees customer numbers, alice sees tokens", clear.matches("C[0-9]{8}") && !masked.matches("C[0-9]{8}"));
        List<List<Object>> maskedJoin = ask(ANALYST, join()).rows();
        narrator.claim("the join gives both the same segments, counts and sums", !maskedJoin.isEmpty() && maskedJoin.equals(ask(CLEARED, join()).rows()));
    }

    private void refuse()
    {
        narrator.chapter("What is refused",
                """
                Stock levels are readable for the group supply-chain only, raw tables for producers only, and nobody writes by the catalog mesh.""");
        narrator.claim("alice may not read stock levels", narrator.mesh("sql", "--user", ANALYST, "SELECT * FROM inventory.stock_levels") == ExitCode.FINDING);
        narrator.claim("sam of the supply chain may", narrator.mesh("sql", "--user", "sam", "SELECT sku, sum(on_hand) AS pieces FROM inventory.stock_levels GROUP BY sku ORDER BY pieces DESC LIMIT 3") == ExitCode.OK);
        narrator.claim("alice may not read raw tables", narrator.mesh("sql", "--user", ANALYST, "SELECT count(*) FROM lake.orders.order_events") == ExitCode.FINDING);
        narrator.claim("alice may not delete", narrator.mesh("sql", "--user", ANALYST, "DELETE FROM orders.order_events") == ExitCode.FINDING);
    }

    private void testContract()
    {
        narrator.chapter("Spark holds the data against its contract",
                """
                Three orders came with a currency in lower case, one refund was booked as an order, and an import ran twice.""");
        ExitCode result = narrator.mesh("contract", "test", "orders.order-events");
        String failed = "SELECT check_name, field, actual FROM lake.mesh.check_results WHERE product = 'orders.order-events' AND status = 'failed' ORDER BY check_name";
        narrator.text("");
        narrator.text("Each verdict is also a row of an Iceberg table:");
        narrator.need("sql", "--user", PRODUCER, failed);
        List<BigDecimal> figures = ask(PRODUCER, failed).rows().stream().map(row -> new BigDecimal(row.get(2).toString()).stripTrailingZeros()).sorted().collect(toImmutableList());
        List<BigDecimal> planted = Stream.of(1L, 3L, data.duplicateOrders())
                .map(figure -> BigDecimal.valueOf(figure).stripTrailingZeros())
                .sorted()
                .collect(toImmutableList());
        narrator.claim(
                "the contract test finds 1 negative total, 3 currencies in lower case and orders delivered twice (" + data.duplicateOrders() + "), and nothing else",
                result == ExitCode.FINDING && figures.equals(planted));
    }

    private void reconcile()
    {
        narrator.chapter("The product is reconciled with the legacy warehouse, day by day",
                """
                Tills that were offline have not reported yesterday's last orders; three days ago a partition of the stream was lost;
                a week ago an import ran twice; twelve days ago a job rounded totals up, which no count can show.""");
        ExitCode result = narrator.mesh("reconcile", "orders.order-events", "--html", REPORT);
        SqlResult differing = ask(PRODUCER, "SELECT \"window\", net FROM lake.mesh.reconciliation_windows WHERE product = 'orders.order-events' AND net <> 0");
        Map<LocalDate, Long> found = new TreeMap<>();
        differing.rows().forEach(row -> found.put(LocalDate.parse((String) row.get(0)), ((Number) row.get(1)).longValue()));
        narrator.claim(
                "the reconciliation finds exactly the planted differences: " + data.plantedDifferences(),
                result == ExitCode.FINDING && found.equals(data.plantedDifferences()) && Files.exists(folder.root().resolve(REPORT)));
        List<Long> rows = ask(PRODUCER, "SELECT sum(missing), sum(extra), sum(changed), sum(duplicate) FROM lake.mesh.reconciliation_windows WHERE product = 'orders.order-events'").rows().getFirst().stream()
                .map(figure -> ((Number) figure).longValue())
                .collect(toImmutableList());
        narrator.claim(
                "by key and value %s orders are missing, %s have another total, %s came twice, and nothing else".formatted(data.missingOrders(), data.changedOrders(), data.duplicateOrders()),
                rows.equals(List.of(data.missingOrders(), 0L, data.changedOrders(), data.duplicateOrders())));
    }

    private void checkServiceLevels()
    {
        narrator.chapter("Service levels are measured, not declared", "");
        narrator.claim("freshness is met", narrator.mesh("sla", "check", "orders.order-events", "--slo", "freshness") == ExitCode.OK);
        narrator.claim("completeness is missed, for the lost partition", narrator.mesh("sla", "check", "orders.order-events", "--slo", "completeness") == ExitCode.FINDING);
    }

    /**
     * Says how to go on with the servers that are left running.
     */
    void connect()
    {
        LocalTrino trino = trino();
        narrator.text("");
        narrator.text("Trino and the legacy warehouse go on running, on this machine only and without passwords:");
        narrator.text("  Trino       " + trino.jdbcUrl() + "   users alice (masked), carol (in clear), sam (stock levels), paul (writes in catalog lake)");
        narrator.text("  PostgreSQL  " + LegacyWarehouse.find(folder.warehouse()).map(LegacyWarehouse::jdbcUrl).orElse("has ended") + "   user recon");
        String mesh = Narrator.quote(installation.home().map(home -> home.resolve("bin/mesh").toString()).orElse("mesh"));
        narrator.text("  to paste    (cd " + Narrator.quote(folder.root().toString()) + " && " + mesh + " sql --user alice \"SELECT status, count(*) FROM orders.order_events GROUP BY status\")");
        narrator.text("  to end      (cd " + Narrator.quote(folder.root().getParent().toString()) + " && " + mesh + " demo --stop)");
    }

    private String join()
    {
        return read(folder.root().resolve("queries/revenue-by-segment.sql"));
    }

    private SqlResult ask(String user, String sql)
    {
        try (TrinoSession session = session(user)) {
            return session.execute(sql);
        }
    }

    private static Object value(SqlResult result)
    {
        return result.rows().getFirst().getFirst();
    }

    private TrinoSession session(String user)
    {
        return TrinoSession.open(trino().jdbcUrl(), user);
    }

    private LocalTrino trino()
    {
        return LocalTrino.find(LocalTrinoSettings.folderBelow(folder.root().resolve(".mesh")))
                .orElseThrow(() -> new MeshException(DemoRule.STORY, EXTERNAL, "Trino has ended in the middle of the story", "its log is in " + folder.root().resolve(".mesh/trino")));
    }

    private static String read(Path file)
    {
        try {
            return Files.readString(file);
        }
        catch (IOException e) {
            throw new MeshException(DemoRule.FOLDER, USER, "Cannot read " + file + ": " + e.getMessage(), "install the command again: the example belongs to it", e);
        }
    }

    private static String seconds(Duration duration)
    {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
