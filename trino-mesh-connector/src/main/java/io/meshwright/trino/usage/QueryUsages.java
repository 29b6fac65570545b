package io.meshwright.trino.usage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Streams;
import io.meshwright.trino.usage.QueryUsage.Input;
import io.meshwright.trino.usage.QueryUsage.Output;
import io.meshwright.trino.usage.QueryUsage.OutputColumn;
import io.meshwright.trino.usage.QueryUsage.SourceColumn;
import io.trino.spi.eventlistener.BaseViewReferenceInfo;
import io.trino.spi.eventlistener.ColumnInfo;
import io.trino.spi.eventlistener.OutputColumnMetadata;
import io.trino.spi.eventlistener.QueryCompletedEvent;
import io.trino.spi.eventlistener.QueryContext;
import io.trino.spi.eventlistener.QueryFailureInfo;
import io.trino.spi.eventlistener.QueryInputMetadata;
import io.trino.spi.eventlistener.QueryOutputMetadata;
import io.trino.spi.eventlistener.TableInfo;
import io.trino.spi.resourcegroups.QueryType;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Takes out of Trino's event what concerns products. The work is bounded by the tables and columns of the query, and nothing
 * of the event is kept alive.
 */
final class QueryUsages
{
    private static final Set<String> CANCELLED = ImmutableSet.of("USER_CANCELED", "ABANDONED_QUERY", "ADMINISTRATIVELY_KILLED");
    private static final Set<String> DENIED = ImmutableSet.of("PERMISSION_DENIED", "MESH_READ_DENIED", "MESH_CLEAR_VALUES_DENIED", "MESH_WRITE_DENIED");
    private static final Pattern RULE = Pattern.compile("\\[(MESH-[A-Z]+-[0-9]{3})]");
    private static final Pattern SHOW_STATS = Pattern.compile("\\s*show\\s+stats\\s.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final String SHOW_STATS_STATEMENT = "SHOW STATS";

    private final String catalogOfProducts;
    private final Set<String> producerCatalogs;
    private final Set<String> legacyCatalogs;
    private final boolean keepText;

    /**
     * A usage that may not be complete yet.
     *
     * @param text to look for names in, where Trino tells none
     */
    record Seen(QueryUsage usage, Optional<String> text, Optional<String> catalog, Optional<String> schema)
    {
        Seen
        {
            requireNonNull(usage, "usage is null");
            requireNonNull(text, "text is null");
            requireNonNull(catalog, "catalog is null");
            requireNonNull(schema, "schema is null");
        }
    }

    /**
     * @param producerCatalogs catalogs in which the tables behind products are found by their own names
     * @param legacyCatalogs catalogs whose reads are recorded, although nothing in them is a product
     * @param keepText whether the text of queries is recorded
     */
    QueryUsages(String catalogOfProducts, Set<String> producerCatalogs, Set<String> legacyCatalogs, boolean keepText)
    {
        this.legacyCatalogs = ImmutableSet.copyOf(legacyCatalogs);
        this.catalogOfProducts = requireNonNull(catalogOfProducts, "catalogOfProducts is null");
        this.producerCatalogs = ImmutableSet.copyOf(producerCatalogs);
        this.keepText = keepText;
    }

    /**
     * Empty for a query that has nothing to do with products.
     */
    Optional<Seen> of(QueryCompletedEvent event)
    {
        Optional<QueryFailureInfo> failure = event.getFailureInfo();
        List<QueryInputMetadata> scans = event.getIoMetadata().getInputs();
        List<TableInfo> tables = event.getMetadata().getTables();
        Optional<Output> output = failure.isPresent() ? Optional.empty() : event.getIoMetadata().getOutput().map(written -> output(written, event));
        boolean explained = event.getContext().getQueryType().filter(QueryType.EXPLAIN::equals).isPresent();
        boolean failedBeforeScans = failure.isPresent() && scans.isEmpty() && !explained;

        List<Input> inputs = ImmutableList.of();
        if (!scans.isEmpty() || failedBeforeScans || output.isPresent()) {
            inputs = inputs(event, output.isPresent());
        }
        boolean reading = !scans.isEmpty() || failedBeforeScans;
        String text = event.getMetadata().getPreparedQuery().orElseGet(() -> event.getMetadata().getQuery());
        boolean statistics = failure.isEmpty() && SHOW_STATS.matcher(text).matches();
        boolean onlyTextTells = (failedBeforeScans && tables.isEmpty()) || statistics;
        if (!onlyTextTells && inputs.stream().noneMatch(this::concernsProduct) && output.filter(this::concernsProduct).isEmpty()) {
            return Optional.empty();
        }
        QueryUsage usage = usage(event, statistics ? SHOW_STATS_STATEMENT : statement(event), reading || statistics, inputs, output);
        return Optional.of(new Seen(
                usage,
                Optional.of(text).filter(_ -> onlyTextTells),
                event.getContext().getCatalog(),
                event.getContext().getSchema()));
    }

    private QueryUsage usage(QueryCompletedEvent event, String statement, boolean reading, List<Input> inputs, Optional<Output> output)
    {
        QueryContext context = event.getContext();
        Optional<QueryFailureInfo> failure = event.getFailureInfo();
        boolean finished = failure.isEmpty();
        boolean wrote = output.isPresent();
        return new QueryUsage(
                event.getMetadata().getQueryId(),
                context.getUser(),
                context.getPrincipal(),
                sorted(context.getGroups()),
                context.getSource(),
                sorted(context.getClientTags()),
                statement,
                failure.map(QueryUsages::outcome).orElse("finished"),
                failure.map(failed -> failed.getErrorCode().getName()),
                failure.map(failed -> failed.getErrorCode().getType().name()),
                failure.flatMap(QueryFailureInfo::getFailureMessage).flatMap(QueryUsages::rule),
                finished ? OptionalLong.of(wrote ? event.getStatistics().getWrittenRows() : event.getStatistics().getOutputRows()) : OptionalLong.empty(),
                Math.max(0, Duration.between(event.getCreateTime(), event.getEndTime()).toMillis()),
                event.getCreateTime(),
                event.getEndTime(),
                reading,
                inputs,
                ImmutableList.of(),
                output,
                Optional.of(event.getMetadata().getQuery()).filter(_ -> keepText));
    }

    private List<Input> inputs(QueryCompletedEvent event, boolean writes)
    {
        List<QueryInputMetadata> scans = event.getIoMetadata().getInputs();
        List<TableInfo> tables = event.getMetadata().getTables();
        Map<Object, Input> inputs = new LinkedHashMap<>();
        for (QueryInputMetadata scan : scans) {
            Input input = scanned(scan, references(tables, scan), event.getContext().getUser());
            if (writes || concernsProduct(input)) {
                // a table that is joined to itself is one input
                inputs.merge(key(input), input, QueryUsages::merge);
            }
        }
        // a view is not scanned, and without scans there is only what the analysis found
        for (TableInfo table : tables) {
            boolean product = table.getCatalog().equals(catalogOfProducts);
            if (scans.isEmpty() ? (writes || product) : (product && table.getViewText().isPresent())) {
                Input input = referenced(table, event.getContext().getUser());
                inputs.merge(key(input), input, QueryUsages::merge);
            }
        }
        return ImmutableList.copyOf(inputs.values());
    }

    private static Input scanned(QueryInputMetadata scan, List<TableInfo> references, String user)
    {
        Optional<ProductRead> product = scan.getConnectorInfo()
                .filter(ProductRead.class::isInstance)
                .map(ProductRead.class::cast);
        List<String> columns = Streams.concat(
                        scan.getColumns().stream().map(QueryInputMetadata.Column::name),
                        product.stream().flatMap(read -> read.filterColumns().stream()))
                .distinct()
                .sorted()
                .collect(toImmutableList());
        return new Input(
                new TableName(scan.getCatalogName(), scan.getSchema(), scan.getTable()),
                product,
                product.flatMap(ProductRead::snapshotId),
                columns,
                references.stream().map(TableInfo::getAuthorization).filter(owner -> !owner.equals(user)).findFirst(),
                references.stream().flatMap(QueryUsages::views).distinct().collect(toImmutableList()),
                scan.getPhysicalInputRows(),
                scan.getPhysicalInputBytes());
    }

    private static Input referenced(TableInfo table, String user)
    {
        return new Input(
                new TableName(table.getCatalog(), table.getSchema(), table.getTable()),
                Optional.empty(),
                Optional.empty(),
                table.getColumns().stream().map(ColumnInfo::getColumn).distinct().sorted().collect(toImmutableList()),
                Optional.of(table.getAuthorization()).filter(owner -> !owner.equals(user)),
                views(table).collect(toImmutableList()),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    private static Stream<TableName> views(TableInfo table)
    {
        return table.getReferenceChain().stream()
                .filter(BaseViewReferenceInfo.class::isInstance)
                .map(BaseViewReferenceInfo.class::cast)
                .map(view -> new TableName(view.catalogName(), view.schemaName(), view.viewName()));
    }

    private static List<TableInfo> references(List<TableInfo> tables, QueryInputMetadata scan)
    {
        return tables.stream()
                .filter(table -> table.getCatalog().equals(scan.getCatalogName()) && table.getSchema().equals(scan.getSchema()) && table.getTable().equals(scan.getTable()))
                .collect(toImmutableList());
    }

    private static Output output(QueryOutputMetadata output, QueryCompletedEvent event)
    {
        List<OutputColumn> columns = output.getColumns().orElse(ImmutableList.of()).stream()
                .map(QueryUsages::outputColumn)
                .collect(toImmutableList());
        boolean view = event.getMetadata().getUpdateType().filter(type -> type.endsWith("VIEW")).isPresent();
        return new Output(new TableName(output.getCatalogName(), output.getSchema(), output.getTable()), view, columns);
    }

    private static OutputColumn outputColumn(OutputColumnMetadata column)
    {
        List<SourceColumn> sources = column.getSourceColumns().stream()
                .map(source -> new SourceColumn(new TableName(source.getCatalog(), source.getSchema(), source.getTable()), source.getColumnName()))
                .sorted((left, right) -> left.toString().compareTo(right.toString()))
                .collect(toImmutableList());
        return new OutputColumn(column.getColumnName(), column.getColumnType(), sources);
    }

    private static Object key(Input input)
    {
        return ImmutableList.of(input.name(), input.snapshotId(), input.product().map(ProductRead::masked));
    }

    private static Input merge(Input left, Input right)
    {
        return new Input(
                left.name(),
                left.product(),
                left.snapshotId(),
                Stream.concat(left.columns().stream(), right.columns().stream()).distinct().sorted().collect(toImmutableList()),
                left.rightsOf().or(right::rightsOf),
                Stream.concat(left.through().stream(), right.through().stream()).distinct().collect(toImmutableList()),
                sum(left.rows(), right.rows()),
                sum(left.bytes(), right.bytes()));
    }

    private static OptionalLong sum(OptionalLong left, OptionalLong right)
    {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isPresent() ? left : right;
        }
        return OptionalLong.of(left.orElseThrow() + right.orElseThrow());
    }

    private boolean concernsProduct(Input input)
    {
        return input.product().isPresent() || input.name().catalog().equals(catalogOfProducts) || producerCatalogs.contains(input.name().catalog()) || legacyCatalogs.contains(input.name().catalog());
    }

    private boolean concernsProduct(Output output)
    {
        return producerCatalogs.contains(output.name().catalog());
    }

    private static String statement(QueryCompletedEvent event)
    {
        return event.getMetadata().getUpdateType()
                .or(() -> event.getContext().getQueryType().map(QueryType::name))
                .orElse("UNKNOWN");
    }

    private static String outcome(QueryFailureInfo failure)
    {
        String code = failure.getErrorCode().getName();
        if (CANCELLED.contains(code)) {
            return "cancelled";
        }
        return DENIED.contains(code) ? "denied" : "failed";
    }

    private static Optional<String> rule(String message)
    {
        Matcher matcher = RULE.matcher(message);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static List<String> sorted(Set<String> values)
    {
        return values.stream().sorted().collect(toImmutableList());
    }
}
