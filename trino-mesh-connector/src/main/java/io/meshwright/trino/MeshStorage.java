package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.result.ContractVerdicts;
import io.meshwright.model.sla.SlaMeasurement;
import io.meshwright.model.view.ViewQuery;
import io.meshwright.trino.control.ProductStorage;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.snapshot.SnapshotChoice;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.ConnectorViewDefinition.ViewColumn;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.meshwright.trino.MeshErrorCode.MESH_NOT_OF_VIEWS;
import static java.util.Objects.requireNonNull;

/**
 * The tables behind products for the user of one session. They are opened as a query of that user opens them.
 */
final class MeshStorage
        implements ProductStorage
{
    private final MeshConnector connector;
    private final ConnectorTransactionHandle transaction;
    private final ConnectorSession session;
    private final MeshMetadata metadata;
    private final ConnectorMetadata iceberg;

    MeshStorage(MeshConnector connector, ConnectorTransactionHandle transaction, ConnectorSession session, MeshMetadata metadata, ConnectorMetadata iceberg)
    {
        this.connector = requireNonNull(connector, "connector is null");
        this.transaction = requireNonNull(transaction, "transaction is null");
        this.session = requireNonNull(session, "session is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
    }

    @Override
    public List<ShownField> fields(Product product)
    {
        return product.port() instanceof Product.View view ? viewFields(product, view) : new TableFields(product, metadata.getColumnHandles(session, open(metadata, session, product))).fields();
    }

    /**
     * Columns that the query passes on as they are have the masks of their inputs. What it computes is clear where nothing in its
     * inputs is masked, and not known otherwise.
     */
    private List<ShownField> viewFields(Product product, Product.View view)
    {
        // refuses what asking the view refuses, an endless chain of views among it
        List<ViewColumn> columns = metadata.getView(session, product.name()).orElseThrow().getColumns();
        Map<SchemaTableName, List<ShownField>> inputs = view.inputs().stream().collect(toImmutableMap(input -> input, this::inputFields));
        boolean allClear = inputs.values().stream().flatMap(List::stream).allMatch(field -> field.masked().equals(Optional.of(false)));
        List<ViewQuery.Column> selected = view.query().columns().orElse(List.of());
        ImmutableList.Builder<ShownField> fields = ImmutableList.builder();
        for (int index = 0; index < columns.size(); index++) {
            ViewColumn column = columns.get(index);
            List<ShownField> passedOn = index < selected.size() ? selected.get(index).source().map(source -> passedOn(inputs, source, column.getName())).orElse(List.of()) : List.of();
            if (passedOn.isEmpty()) {
                fields.add(new ShownField(column.getName(), column.getType().getId(), allClear ? Optional.of(false) : Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
            }
            fields.addAll(passedOn);
        }
        return fields.build();
    }

    private List<ShownField> inputFields(SchemaTableName input)
    {
        return fields(connector.products(transaction).find(input).orElseThrow());
    }

    /**
     * A column of an input, with the masked fields within it, under the name that the view gives it.
     */
    private static List<ShownField> passedOn(Map<SchemaTableName, List<ShownField>> inputs, ViewQuery.Source source, String name)
    {
        return inputs.getOrDefault(new SchemaTableName(source.input().schema(), source.input().table()), List.of()).stream()
                .filter(field -> field.path().equals(source.column()) || field.path().startsWith(source.column() + "."))
                .map(field -> new ShownField(name + field.path().substring(source.column().length()), field.type(), field.masked(), field.mask(), field.tokenDomain(), field.origin()))
                .collect(toImmutableList());
    }

    @Override
    public Optional<ServedData> served(Product product)
    {
        if (!(product.port() instanceof Product.Table port)) {
            return Optional.empty();
        }
        SnapshotChoice.Served served = new ReadErrors(product.name()).hidingNames(() -> connector.snapshots().served(session, product, port, connector.state(transaction).verdicts()));
        return Optional.of(new ServedData(
                served.snapshot().map(SnapshotChoice.Commit::snapshotId),
                served.snapshot().map(SnapshotChoice.Commit::committedAt),
                served.verdict().map(ContractVerdicts.Verdict::passed),
                served.verdict().map(ContractVerdicts.Verdict::finishedAt),
                served.newest().map(SnapshotChoice.Commit::snapshotId),
                served.newest().map(SnapshotChoice.Commit::committedAt)));
    }

    @Override
    public Optional<SlaMeasurement> freshness(Product product, Instant now)
    {
        if (!(product.port() instanceof Product.Table port)) {
            return Optional.empty();
        }
        return new ReadErrors(product.name()).hidingNames(() ->
                // of a table that is gone or damaged only the last measurement can be told
                iceberg.getTableHandle(session, port.table(), Optional.empty(), Optional.empty()) instanceof IcebergTableHandle table
                        ? connector.freshness().byMetadata(session, product, port, table.getSnapshotId(), now)
                        : Optional.empty());
    }

    @Override
    public SystemTable sample(SchemaTableName name, Product product)
    {
        return new ProductSample(connector, transaction, session, metadata, name, product);
    }

    static MeshTableHandle open(MeshMetadata metadata, ConnectorSession session, Product product)
    {
        if (product.port() instanceof Product.View) {
            throw MESH_NOT_OF_VIEWS.exception("%s is a view, and has no table of its own".formatted(product.address()));
        }
        return MeshTableHandle.of(metadata.getTableHandle(session, product.name(), Optional.empty(), Optional.empty()));
    }
}
