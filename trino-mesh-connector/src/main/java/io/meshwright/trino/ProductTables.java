package io.meshwright.trino;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.mask.ColumnMask;
import io.meshwright.model.mask.KeyVersion;
import io.meshwright.trino.mask.FieldMask;
import io.meshwright.trino.mask.FieldRules;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.ReaderAccess;
import io.trino.plugin.iceberg.ColumnIdentity;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.ErrorCode;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.PointerType;
import io.trino.spi.security.ConnectorIdentity;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

import static io.meshwright.trino.MeshErrorCode.MESH_SCHEMA_DRIFT;
import static io.meshwright.trino.MeshErrorCode.MESH_STORAGE_MISSING;
import static io.meshwright.trino.MeshErrorCode.MESH_VERSION_UNAVAILABLE;
import static io.trino.spi.StandardErrorCode.INVALID_ARGUMENTS;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.type.BigintType.BIGINT;
import static java.util.Objects.requireNonNull;

/**
 * Opens the table behind a product and holds it against the contract.
 */
final class ProductTables
{
    // with which Iceberg answers for a version that is not there, or is of no type that a version can have
    private static final Set<ErrorCode> NO_SUCH_VERSION = ImmutableSet.of(INVALID_ARGUMENTS.toErrorCode(), NOT_SUPPORTED.toErrorCode());

    private final ReaderAccess access;

    ProductTables(ReaderAccess access)
    {
        this.access = requireNonNull(access, "access is null");
    }

    /**
     * @param choice the snapshot that is read where the reader names none, by the current one
     */
    MeshTableHandle open(ConnectorMetadata delegate, ConnectorSession session, Product product, Product.Table table, Optional<ConnectorTableVersion> version, UnaryOperator<OptionalLong> choice, KeyVersion keyVersion)
    {
        // the current state is looked at even where an older one is asked for: it proves that this is still the table that was registered
        IcebergTableHandle current = iceberg(product, load(delegate, session, product, table, Optional.empty()));
        Map<Integer, String> names = columnNames(product, table, fieldPaths(delegate, session, current));
        Optional<ConnectorTableVersion> wanted = version.or(() -> chosen(current, choice));
        IcebergTableHandle opened = wanted.isEmpty() ? current : iceberg(product, load(delegate, session, product, table, wanted));
        return new MeshTableHandle(product.name(), opened, names, rules(product, table, session.getIdentity()), version.isPresent(), keyVersion);
    }

    /**
     * Empty for the current snapshot, which is opened already.
     */
    private static Optional<ConnectorTableVersion> chosen(IcebergTableHandle current, UnaryOperator<OptionalLong> choice)
    {
        OptionalLong snapshotId = choice.apply(current.getSnapshotId());
        if (snapshotId.equals(current.getSnapshotId())) {
            return Optional.empty();
        }
        return Optional.of(new ConnectorTableVersion(PointerType.TARGET_ID, BIGINT, snapshotId.orElseThrow()));
    }

    FieldRules rules(Product product, Product.Table table, ConnectorIdentity reader)
    {
        ImmutableMap.Builder<Integer, FieldMask> masks = ImmutableMap.builder();
        for (ColumnMask mask : table.masks().masks().values()) {
            masks.put(table.fieldIds().get(mask.path()), new FieldMask(mask.kind(), mask.tokenDomain()));
        }
        return new FieldRules(
                masks.buildKeepingLast(),
                ImmutableSet.copyOf(table.fieldIds().values()),
                !access.seesClearValues(product, reader));
    }

    private static ConnectorTableHandle load(
            ConnectorMetadata delegate,
            ConnectorSession session,
            Product product,
            Product.Table table,
            Optional<ConnectorTableVersion> version)
    {
        try {
            return delegate.getTableHandle(session, table.table(), Optional.empty(), version);
        }
        catch (RuntimeException e) {
            // what Iceberg says names the table
            RuntimeException hidden = new ReadErrors(product.name()).hiddenFromOpening(product, e);
            if (version.isPresent() && e instanceof TrinoException refused && NO_SUCH_VERSION.contains(refused.getErrorCode())) {
                throw MESH_VERSION_UNAVAILABLE.exception("Product %s has no such version".formatted(product.address()));
            }
            throw hidden;
        }
    }

    private static IcebergTableHandle iceberg(Product product, ConnectorTableHandle handle)
    {
        if (handle == null) {
            throw MESH_STORAGE_MISSING.exception("Product %s is registered, but its storage is missing: there is no table behind it. Its owner %s can restore it or register another location."
                    .formatted(product.address(), product.owner()));
        }
        if (handle instanceof IcebergTableHandle table) {
            return table;
        }
        throw MESH_STORAGE_MISSING.exception("Product %s is registered, but its storage is missing or damaged: the table behind it cannot be opened. Its owner is %s."
                .formatted(product.address(), product.owner()));
    }

    /**
     * The paths of all fields by their ids, nested ones too.
     */
    private static Map<Integer, String> fieldPaths(ConnectorMetadata delegate, ConnectorSession session, IcebergTableHandle handle)
    {
        Map<Integer, String> paths = new HashMap<>();
        delegate.getColumnHandles(session, handle).values()
                .forEach(column -> collectPaths(((IcebergColumnHandle) column).getColumnIdentity(), "", paths));
        return paths;
    }

    private static void collectPaths(ColumnIdentity field, String prefix, Map<Integer, String> paths)
    {
        String path = prefix + field.getName().toLowerCase(Locale.ROOT);
        paths.put(field.getId(), path);
        field.getChildren().forEach(child -> collectPaths(child, path + ".", paths));
    }

    /**
     * The contract's columns by field id. Each field, and each below it, must still have its name in the table: ids alone
     * would not tell that the table was dropped and made anew, and then a mask could fall on the wrong field.
     */
    private static Map<Integer, String> columnNames(Product product, Product.Table table, Map<Integer, String> actual)
    {
        table.fieldIds().forEach((path, fieldId) -> {
            String name = path.toLowerCase(Locale.ROOT);
            String actualName = actual.get(fieldId);
            if (actualName == null) {
                throw drift(product, name, "the table has no such column any more");
            }
            if (!actualName.equals(name)) {
                throw drift(product, name, "the table calls it '%s'".formatted(actualName));
            }
        });
        Map<Integer, String> names = new LinkedHashMap<>();
        for (ContractField field : table.model().fields()) {
            Integer fieldId = table.fieldIds().get(field.name());
            if (fieldId == null) {
                throw drift(product, field.name(), "it was registered without the Iceberg field that it means");
            }
            names.put(fieldId, field.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private static RuntimeException drift(Product product, String column, String what)
    {
        return MESH_SCHEMA_DRIFT.exception("The contract of product %s has the column '%s', but %s. Nothing is shown until its owner %s registers the product again or repairs the table."
                .formatted(product.address(), column, what, product.owner()));
    }
}
