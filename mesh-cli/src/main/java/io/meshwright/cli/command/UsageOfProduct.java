package io.meshwright.cli.command;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.bridge.usage.LineageRow;
import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.bridge.usage.UsageCoverage;
import io.meshwright.bridge.usage.UsageTables;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Console;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.registry.MeshRegistry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What is recorded about one product since an instant, and whether that is all.
 */
record UsageOfProduct(List<ReadRow> reads, List<LineageRow> lineage, UsageCoverage coverage)
{
    UsageOfProduct
    {
        requireNonNull(reads, "reads is null");
        requireNonNull(lineage, "lineage is null");
        requireNonNull(coverage, "coverage is null");
    }

    static UsageOfProduct read(MeshConfiguration configuration, RegistryView products, ProductRow product, String since)
    {
        Instant now = Instant.now();
        Instant from = now.minus(Since.duration(since));
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            UsageTables tables = new UsageTables(registry.catalog());
            // heartbeats first: what they cover is there by then
            UsageCoverage coverage = UsageCoverage.of(tables.heartbeats(_ -> true), from, now);
            List<ReadRow> concerned = tables.reads(row -> !row.endedAt().isBefore(from) && (row.product().equals(product.address()) || isThrough(row, product)));
            ImmutableList.Builder<LineageRow> lineage = ImmutableList.builder();
            lineage.addAll(tables.lineage(row -> !row.occurredAt().isBefore(from) && (row.source().equals(product.address()) || row.target().equals(product.address()))));
            concerned.forEach(row -> throughView(row, products).ifPresent(lineage::add));
            return new UsageOfProduct(
                    concerned.stream().filter(row -> row.product().equals(product.address())).collect(toImmutableList()),
                    lineage.build(),
                    coverage);
        }
    }

    private static boolean isThrough(ReadRow row, ProductRow view)
    {
        return row.through().stream().anyMatch(name -> sqlName(name).equals(view.sqlName()));
    }

    /**
     * A product that is a view is made of what was read through it.
     */
    private static Optional<LineageRow> throughView(ReadRow row, RegistryView products)
    {
        return row.through().stream()
                .reduce((_, inner) -> inner)
                .flatMap(name -> products.find(sqlName(name)))
                .map(view -> new LineageRow(
                        row.batchId(),
                        row.node(),
                        row.queryId(),
                        row.product(),
                        "product",
                        row.revision(),
                        row.snapshotId(),
                        view.address(),
                        "product",
                        List.of(),
                        row.columns(),
                        row.userName(),
                        row.source(),
                        row.statement(),
                        row.residency(),
                        Optional.empty(),
                        Optional.empty(),
                        row.endedAt()));
    }

    private static String sqlName(String catalogSchemaTable)
    {
        return catalogSchemaTable.substring(catalogSchemaTable.indexOf('.') + 1);
    }

    void addCoverage(Map<String, Object> document)
    {
        document.put("from", coverage.from());
        document.put("to", coverage.to());
        document.put("complete", coverage.isComplete());
        document.put("completeTo", coverage.completeTo());
        document.put("gaps", coverage.gaps().stream()
                .map(gap -> Json.object("node", gap.node(), "from", gap.from(), "to", gap.to(), "lost", gap.lost(), "reason", gap.reason()))
                .toList());
    }

    /**
     * Where something may be missing, the result cannot be told.
     */
    ExitCode tell(Console console)
    {
        if (coverage.isComplete()) {
            coverage.completeTo().ifPresent(instant -> console.info("complete to " + instant + "; what ended later may still be on its way"));
            return ExitCode.OK;
        }
        console.info("UNKNOWN: reads may be missing, since nobody watched");
        coverage.gaps().forEach(gap -> console.info("  %s to %s%s: %s%s".formatted(
                gap.from(),
                gap.to(),
                gap.node().map(node -> " on " + node).orElse(""),
                gap.reason(),
                gap.lost() > 0 ? " (" + gap.lost() + " queries)" : "")));
        return ExitCode.UNKNOWN;
    }
}
