package io.meshwright.trino.benchmark;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import io.meshwright.bridge.registry.ContractRow;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.trino.TestingMesh;
import io.meshwright.trino.TestingProducts;
import io.trino.execution.QueryStats;
import io.trino.testing.QueryRunner.MaterializedResultWithPlan;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.trino.TestingMesh.ANALYST;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

/**
 * How the number of registered products tells on planning and on listings. Each of them has a specification and a contract of
 * its own; the table behind them is the same, and no listing opens it.
 */
public final class RegistryBenchmark
{
    private static final int DOMAINS = 50;
    private static final int REGISTRATIONS_IN_A_FILE = 100;
    private static final int RUNS = 15;
    private static final int WARM_UPS = 5;
    private static final String QUERY = "SELECT status, total_minor FROM %s WHERE order_id = 'ORD-7'";

    private final TestingMesh mesh;
    private final int products;

    private RegistryBenchmark(TestingMesh mesh, int products)
    {
        this.mesh = mesh;
        this.products = products;
    }

    /**
     * @param arguments the number of products, 10000 if left out
     */
    public static void main(String[] arguments)
            throws Exception
    {
        int products = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
        checkArgument(products >= DOMAINS, "At least %s products are needed", DOMAINS);
        try (TestingMesh mesh = new TestingMesh(0, ImmutableMap.of())) {
            mesh.createCatalog("mesh_default", "mesh", ImmutableMap.of("mesh.registry.refresh-interval", "1s"));
            TestingProducts.create(mesh);
            new RegistryBenchmark(mesh, products).run();
        }
    }

    private void run()
    {
        register();
        print("%s products in %s domains; load average %.2f", products, DOMAINS, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        print("| what | first, ms | median of %s, ms |", RUNS);
        print("|---|---|---|");
        time("reading the registry for the first time, and a query", "SELECT count(*) FROM mesh.domain7.product_7", 1);
        time("SHOW TABLES of a domain", "SHOW TABLES FROM mesh.domain7", products / DOMAINS);
        time("SHOW SCHEMAS", "SHOW SCHEMAS FROM mesh LIKE 'domain%'", DOMAINS);
        time("information_schema.tables, all", "SELECT * FROM mesh.information_schema.tables WHERE table_schema LIKE 'domain%'", products);
        time("information_schema.columns of a domain", "SELECT * FROM mesh.information_schema.columns WHERE table_schema = 'domain7'", products / DOMAINS * 10);
        time("information_schema.columns, all", "SELECT * FROM mesh.information_schema.columns WHERE table_schema LIKE 'domain%'", products * 10);
        time("system.metadata.table_comments, all", "SELECT * FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name LIKE 'domain%'", products);
        planning();
    }

    private void register()
    {
        RowTable<ProductRow> table = new RowTable<>(mesh.catalog(), ProductRow.TABLE, ProductRow.SCHEMA);
        ProductRow model = new IcebergProductRegistry(mesh.catalog()).current().find("orders.order_events").orElseThrow();
        List<ProductRow> rows = IntStream.range(0, products)
                .mapToObj(number -> row(model, number))
                .collect(toImmutableList());
        Lists.partition(rows, REGISTRATIONS_IN_A_FILE).forEach(table::append);
    }

    private static ProductRow row(ProductRow model, int number)
    {
        String domain = "domain" + number % DOMAINS;
        return new ProductRow(
                domain + ".product-" + number,
                Optional.empty(),
                domain,
                "product_" + number,
                1,
                "hash-" + number,
                model.specPath(),
                model.specBody().replace("domain: orders", "domain: " + domain).replace("name: order-events", "name: product-" + number),
                Optional.empty(),
                Instant.now(),
                "benchmark",
                model.ports(),
                model.contracts().stream()
                        .map(contract -> new ContractRow(
                                contract.port(),
                                contract.path(),
                                contract.contractId(),
                                contract.version(),
                                contract.hash(),
                                contract.body().replace("order_events:", "product_" + number + ":")))
                        .collect(toImmutableList()),
                model.columns());
    }

    private void time(String what, String sql, int expectedRows)
    {
        double first = millis(() -> mesh.query(ANALYST, sql).getRowCount(), expectedRows);
        List<Double> runs = IntStream.range(0, RUNS)
                .mapToObj(_ -> millis(() -> mesh.query(ANALYST, sql).getRowCount(), expectedRows))
                .collect(toImmutableList());
        print("| %s | %.0f | %.0f |", what, first, median(runs));
    }

    /**
     * Analysis and planning of one query by its address, less those of the same query on the bare table.
     */
    private void planning()
    {
        List<Double> asked = new ArrayList<>();
        List<Double> remembered = new ArrayList<>();
        for (int round = -WARM_UPS; round < RUNS; round++) {
            double bare = planningMillis("lake.orders.order_events");
            double withRefresh = planningMillis("mesh.domain7.product_7");
            double byDefault = planningMillis("mesh_default.domain7.product_7");
            if (round >= 0) {
                asked.add(withRefresh - bare);
                remembered.add(byDefault - bare);
            }
        }
        print("| added to planning, registry asked each time | | %.1f |", median(asked));
        print("| added to planning, registry asked once a second | | %.1f |", median(remembered));
    }

    private double planningMillis(String table)
    {
        MaterializedResultWithPlan result = mesh.runner().executeWithPlan(mesh.session(ANALYST), QUERY.formatted(table));
        checkState(result.result().getRowCount() == 1, "Not one row: %s", result.result());
        QueryStats stats = mesh.runner().getCoordinator().getQueryManager().getFullQueryInfo(result.queryId()).getQueryStats();
        return (stats.getAnalysisTime().roundTo(NANOSECONDS) + stats.getPlanningTime().roundTo(NANOSECONDS)) / 1e6;
    }

    private static double millis(Supplier<Integer> run, int expectedRows)
    {
        long start = System.nanoTime();
        int rows = run.get();
        long end = System.nanoTime();
        checkState(rows == expectedRows, "%s rows instead of %s", rows, expectedRows);
        return (end - start) / 1e6;
    }

    private static void print(String format, Object... arguments)
    {
        // in one call, since the server takes every call for a line of its log
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }

    private static double median(List<Double> values)
    {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
