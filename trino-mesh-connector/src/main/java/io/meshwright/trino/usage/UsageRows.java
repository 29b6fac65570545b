package io.meshwright.trino.usage;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.usage.LineageColumn;
import io.meshwright.bridge.usage.LineageRow;
import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.model.product.Residency;
import io.meshwright.trino.usage.QueryUsage.Input;
import io.meshwright.trino.usage.QueryUsage.Output;
import io.meshwright.trino.usage.QueryUsage.OutputColumn;
import io.meshwright.trino.usage.QueryUsage.SourceColumn;
import io.meshwright.trino.usage.UsageProducts.Known;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The rows of one batch.
 */
final class UsageRows
{
    private final String batchId;
    private final String node;
    private final UsageProducts products;
    private final Optional<String> region;

    /**
     * @param region where the server stores what queries write, if that is one region
     */
    UsageRows(String batchId, String node, UsageProducts products, Optional<String> region)
    {
        this.batchId = requireNonNull(batchId, "batchId is null");
        this.node = requireNonNull(node, "node is null");
        this.products = requireNonNull(products, "products is null");
        this.region = requireNonNull(region, "region is null");
    }

    /**
     * What a row says about the product itself.
     */
    private record Reading(
            String product,
            Optional<String> port,
            OptionalInt revision,
            Optional<String> contractVersion,
            Optional<String> snapshotId,
            List<String> columns,
            List<String> masked,
            List<String> clearPersonal,
            Optional<String> residency) {}

    List<ReadRow> reads(QueryUsage usage)
    {
        if (!usage.reading()) {
            return ImmutableList.of();
        }
        ImmutableList.Builder<ReadRow> rows = ImmutableList.builder();
        int number = 0;
        for (Input input : usage.inputs()) {
            Optional<Reading> reading = reading(input, usage);
            if (reading.isPresent()) {
                rows.add(row(usage, number, reading.orElseThrow(), input.rightsOf(), input.through(), input.rows(), input.bytes()));
                number++;
            }
        }
        for (TableName name : usage.asked()) {
            Optional<Reading> reading = products.find(name).map(product -> known(product, ImmutableList.of(), ImmutableList.of()));
            if (reading.isPresent()) {
                rows.add(row(usage, number, reading.orElseThrow(), Optional.empty(), ImmutableList.of(), OptionalLong.empty(), OptionalLong.empty()));
                number++;
            }
        }
        return rows.build();
    }

    List<LineageRow> lineage(QueryUsage usage)
    {
        if (usage.output().isEmpty()) {
            return ImmutableList.of();
        }
        Output output = usage.output().orElseThrow();
        Set<TableName> sources = new LinkedHashSet<>();
        usage.inputs().forEach(input -> sources.add(input.name()));
        output.columns().forEach(column -> column.sources().forEach(source -> sources.add(source.table())));
        sources.remove(output.name());
        return sources.stream()
                .filter(source -> products.find(source).isPresent() || products.find(output.name()).isPresent())
                .map(source -> edge(usage, source, output))
                .collect(toImmutableList());
    }

    private LineageRow edge(QueryUsage usage, TableName source, Output output)
    {
        List<Input> inputs = usage.inputs().stream().filter(input -> input.name().equals(source)).collect(toImmutableList());
        Optional<ProductRead> read = inputs.stream().flatMap(input -> input.product().stream()).findFirst();
        Optional<Known> known = products.find(source);
        Optional<Known> target = products.find(output.name());
        ImmutableList.Builder<LineageColumn> columns = ImmutableList.builder();
        Set<String> direct = new LinkedHashSet<>();
        for (OutputColumn column : output.columns()) {
            for (SourceColumn sourceColumn : column.sources()) {
                if (sourceColumn.table().equals(source)) {
                    direct.add(sourceColumn.column());
                    columns.add(new LineageColumn(
                            sourceColumn.column(),
                            column.name(),
                            read.filter(product -> product.isMasked(sourceColumn.column())).isPresent()));
                }
            }
        }
        Optional<String> residency = read.flatMap(ProductRead::residency).or(() -> known.flatMap(Known::residency));
        Optional<String> outputRegion = outputRegion(output);
        return new LineageRow(
                batchId,
                node,
                usage.queryId(),
                known.map(Known::address).orElseGet(source::toString),
                known.isPresent() ? "product" : "table",
                revision(read, known),
                inputs.stream().flatMap(input -> input.snapshotId().stream()).findFirst(),
                target.map(Known::address).orElseGet(output.name()::toString),
                target.isPresent() ? "product" : output.view() ? "view" : "table",
                columns.build(),
                inputs.stream()
                        .flatMap(input -> input.columns().stream())
                        .filter(column -> direct.stream().noneMatch(name -> column.equals(name) || column.startsWith(name + ".")))
                        .distinct()
                        .collect(toImmutableList()),
                usage.userName(),
                usage.source(),
                usage.statement(),
                residency,
                outputRegion,
                leftResidency(residency, outputRegion),
                usage.endedAt());
    }

    private Optional<Reading> reading(Input input, QueryUsage usage)
    {
        if (input.product().isPresent()) {
            ProductRead read = input.product().orElseThrow();
            return Optional.of(new Reading(
                    read.product(),
                    Optional.of(read.port()),
                    OptionalInt.of(read.revision()),
                    Optional.of(read.contractVersion()),
                    read.snapshotId(),
                    input.columns(),
                    input.columns().stream().filter(read::isMasked).collect(toImmutableList()),
                    input.columns().stream().filter(column -> !read.masked() && read.isPersonal(column)).collect(toImmutableList()),
                    read.residency()));
        }
        return products.find(input.name()).map(product -> known(product, input.columns(), shownInClear(product, input, usage)))
                .or(() -> products.legacyName(input.name()).map(legacy -> legacy(legacy, input)));
    }

    /**
     * A table read by its own name shows everything. A view says nothing of masks: the rows of what is below it do.
     */
    private List<String> shownInClear(Known product, Input input, QueryUsage usage)
    {
        if (!products.isProducerCatalog(input.name().catalog()) || !usage.outcome().equals("finished")) {
            return ImmutableList.of();
        }
        // of an unreadable registration any column may be personal
        return input.columns().stream()
                .filter(column -> product.personal().isEmpty() || product.personal().orElseThrow().stream()
                        .anyMatch(personal -> personal.equals(column) || personal.startsWith(column + ".") || column.startsWith(personal + ".")))
                .collect(toImmutableList());
    }

    private static Reading legacy(String name, Input input)
    {
        return new Reading(name, Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(), input.columns(), ImmutableList.of(), ImmutableList.of(), Optional.empty());
    }

    private static Reading known(Known product, List<String> columns, List<String> clearPersonal)
    {
        return new Reading(
                product.address(),
                product.port(),
                OptionalInt.of(product.revision()),
                product.contractVersion(),
                Optional.empty(),
                columns,
                ImmutableList.of(),
                clearPersonal,
                product.residency());
    }

    private ReadRow row(QueryUsage usage, int number, Reading reading, Optional<String> rightsOf, List<TableName> through, OptionalLong rows, OptionalLong bytes)
    {
        Optional<String> outputRegion = usage.output().flatMap(this::outputRegion);
        return new ReadRow(
                usage.queryId() + "/" + number,
                batchId,
                node,
                usage.queryId(),
                reading.product(),
                reading.port(),
                reading.revision(),
                reading.contractVersion(),
                reading.snapshotId(),
                usage.userName(),
                usage.principal(),
                usage.groups(),
                usage.source(),
                usage.clientTags(),
                rightsOf,
                through.stream().map(TableName::toString).collect(toImmutableList()),
                usage.statement(),
                reading.columns(),
                reading.masked(),
                reading.clearPersonal(),
                usage.outcome(),
                usage.errorCode(),
                usage.errorType(),
                usage.rule(),
                rows,
                bytes,
                usage.resultRows(),
                BigDecimal.valueOf(usage.durationMillis(), 3),
                usage.output().map(Output::name).map(products::address),
                reading.residency(),
                outputRegion,
                leftResidency(reading.residency(), outputRegion),
                usage.text(),
                usage.startedAt(),
                usage.endedAt());
    }

    /**
     * A view moves no data.
     */
    private Optional<String> outputRegion(Output output)
    {
        return output.view() ? Optional.empty() : products.find(output.name()).flatMap(Known::region).or(() -> region);
    }

    private static Optional<Boolean> leftResidency(Optional<String> residency, Optional<String> outputRegion)
    {
        return residency.flatMap(required -> outputRegion.map(actual -> !Residency.contains(required, actual)));
    }

    private static OptionalInt revision(Optional<ProductRead> read, Optional<Known> known)
    {
        Optional<Integer> revision = read.map(ProductRead::revision).or(() -> known.map(Known::revision));
        return revision.isPresent() ? OptionalInt.of(revision.orElseThrow()) : OptionalInt.empty();
    }
}
