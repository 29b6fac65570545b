package io.meshwright.spark.benchmark;

import com.google.common.collect.ImmutableSet;
import io.meshwright.spark.benchmark.ReconciliationOutcome.Planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Plants what a leg is about, and takes it away, also after a run that was killed.
 */
final class ReconciliationLegs
{
    private static final LocalDate MISSING_DAY = OrderRows.FIRST.plusDays(90);

    private final Path unfinished;
    private final LegacyTables tables;
    private final ReconciledProducts products;

    ReconciliationLegs(Path folder, LegacyTables tables, ReconciledProducts products)
    {
        this.unfinished = folder.resolve("unfinished");
        this.tables = requireNonNull(tables, "tables is null");
        this.products = requireNonNull(products, "products is null");
    }

    Planted change(ReconciliationLeg leg)
            throws IOException
    {
        String table = leg.table();
        Files.writeString(unfinished, leg + " " + products.snapshot(table));
        return switch (leg) {
            case A, D, E, EN, H -> Planted.NOTHING;
            case B, F -> {
                tables.scatter(table);
                OrderRows orders = tables.orders(table);
                yield new Planted(orders.missing().size(), orders.extra().size(), orders.changed().size(), keys(table, orders));
            }
            case C -> {
                products.deleteDay(table, MISSING_DAY);
                yield new Planted(tables.deleteDay(table, MISSING_DAY), 0, 0, Set.of());
            }
            case EX -> {
                tables.dropDayIndex(table);
                yield Planted.NOTHING;
            }
            case G -> new Planted(0, 0, tables.changeHundredth(table), Set.of());
        };
    }

    private static Set<String> keys(String table, OrderRows orders)
    {
        ImmutableSet.Builder<String> keys = ImmutableSet.builder();
        orders.missing().forEach(id -> keys.add("missing\t" + OrderRows.keyText(table, id)));
        orders.extra().forEach(id -> keys.add("extra\t" + OrderRows.keyText(table, id)));
        orders.changed().forEach(id -> keys.add("changed\t" + OrderRows.keyText(table, id)));
        return keys.build();
    }

    /**
     * What happens between two runs.
     */
    void beforeRun(ReconciliationLeg leg)
    {
        if (leg == ReconciliationLeg.EN) {
            products.rewriteDay(leg.table(), ReconciliationBenchmark.DAY);
        }
    }

    void undoUnfinished()
            throws IOException
    {
        if (!Files.exists(unfinished)) {
            return;
        }
        String[] parts = Files.readString(unfinished).split(" ");
        ReconciliationLeg leg = ReconciliationLeg.valueOf(parts[0]);
        String table = leg.table();
        switch (leg) {
            case A, D, E, EN, H -> {}
            case B, F -> tables.gather(table);
            case C -> {
                products.rollBack(table, Long.parseLong(parts[1]));
                tables.insertDay(table, MISSING_DAY);
            }
            case EX -> tables.createDayIndex(table);
            case G -> tables.changeHundredthBack(table);
        }
        Files.delete(unfinished);
    }
}
