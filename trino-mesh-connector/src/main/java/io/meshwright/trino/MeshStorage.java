package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.result.ContractVerdicts;
import io.meshwright.model.mask.MaskKind;
import io.meshwright.model.sla.SlaMeasurement;
import io.meshwright.trino.control.ProductStorage;
import io.meshwright.trino.mask.MaskedColumnHandle;
import io.meshwright.trino.mask.ValueMask;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.snapshot.SnapshotChoice;
import io.trino.plugin.iceberg.ColumnIdentity;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.type.RowType;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
        ImmutableList.Builder<ShownField> fields = ImmutableList.builder();
        metadata.getColumnHandles(session, open(metadata, session, product)).forEach((name, column) -> add(name, column, fields));
        return fields.build();
    }

    private static void add(String name, ColumnHandle column, ImmutableList.Builder<ShownField> fields)
    {
        if (column instanceof MaskedColumnHandle masked) {
            IcebergColumnHandle icebergColumn = masked.icebergColumn();
            fields.add(new ShownField(name, icebergColumn.getType().getDisplayName(), Optional.of(label(masked.mask())), tokenDomain(masked.mask())));
            if (masked.mask().action() == ValueMask.Action.ROW) {
                addMasked(name, icebergColumn.getColumnIdentity(), (RowType) icebergColumn.getType(), masked.mask(), fields);
            }
            return;
        }
        fields.add(new ShownField(name, ((IcebergColumnHandle) column).getType().getDisplayName(), Optional.empty(), Optional.empty()));
    }

    private static void addMasked(String path, ColumnIdentity row, RowType type, ValueMask mask, ImmutableList.Builder<ShownField> fields)
    {
        for (int index = 0; index < mask.fields().size(); index++) {
            ValueMask field = mask.fields().get(index);
            if (field.isClear()) {
                continue;
            }
            ColumnIdentity child = row.getChildren().get(index);
            String childPath = path + "." + child.getName();
            fields.add(new ShownField(childPath, type.getFields().get(index).getType().getDisplayName(), Optional.of(label(field)), tokenDomain(field)));
            if (field.action() == ValueMask.Action.ROW) {
                addMasked(childPath, child, (RowType) type.getFields().get(index).getType(), field, fields);
            }
        }
    }

    private static String label(ValueMask mask)
    {
        return mask.action() == ValueMask.Action.ROW ? mask.action().name().toLowerCase(Locale.ROOT) : MaskKind.valueOf(mask.action().name()).label();
    }

    private static Optional<String> tokenDomain(ValueMask mask)
    {
        return Optional.of(mask.tokenDomain()).filter(domain -> !domain.isEmpty());
    }

    @Override
    public Optional<ServedData> served(Product product)
    {
        if (!(product.port() instanceof Product.Table port)) {
            return Optional.empty();
        }
        SnapshotChoice.Served served = new ReadErrors(product.name()).hidingNames(() -> connector.snapshots().served(session, product, port, connector.verdicts(transaction)));
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
            throw MESH_NOT_OF_VIEWS.exception("%s is a view: what it shows follows from what its inputs show you. Ask it itself: SELECT * FROM %s LIMIT 5".formatted(product.address(), product.name()));
        }
        return MeshTableHandle.of(metadata.getTableHandle(session, product.name(), Optional.empty(), Optional.empty()));
    }
}
