package io.meshwright.bridge.table;

import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.catalog.MeshCatalog;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.types.TypeUtil;

import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;
import static org.apache.iceberg.TableProperties.DEFAULT_WRITE_METRICS_MODE;
import static org.apache.iceberg.TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX;

/**
 * What a table of rows is: its columns, and the properties by which all engines write it as we read it.
 */
final class RowTableDefinition
{
    private static final Map<String, String> PROPERTIES = ImmutableMap.<String, String>builder()
            .put("format-version", "2")
            .put("write.format.default", "avro")
            .put("write.avro.compression-codec", "gzip")
            .put(DEFAULT_WRITE_METRICS_MODE, "none")
            .put("write.delete.mode", "copy-on-write")
            .put("write.update.mode", "copy-on-write")
            .put("write.merge.mode", "copy-on-write")
            .put("write.metadata.delete-after-commit.enabled", "true")
            .put("write.metadata.previous-versions-max", "20")
            .put("commit.retry.num-retries", "10")
            .put("commit.retry.min-wait-ms", "20")
            .put("commit.retry.max-wait-ms", "2000")
            .put("commit.manifest.min-count-to-merge", "20")
            .buildOrThrow();

    private final MeshCatalog catalog;
    private final TableIdentifier identifier;
    private final RowSchema<?> schema;

    RowTableDefinition(MeshCatalog catalog, TableIdentifier identifier, RowSchema<?> schema)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.identifier = requireNonNull(identifier, "identifier is null");
        this.schema = requireNonNull(schema, "schema is null");
    }

    /**
     * The table, created when it is absent and widened when it was created by an earlier version of this schema.
     */
    Table createIfAbsent()
    {
        Optional<Table> existing = catalog.findTable(identifier);
        if (existing.isPresent()) {
            return widen(existing.orElseThrow());
        }
        catalog.createNamespaceIfAbsent(identifier.namespace(), Map.of());
        return catalog.call("create table " + identifier, () -> {
            try {
                return catalog.catalog().buildTable(identifier, schema.icebergSchema()).withProperties(PROPERTIES).withProperties(schema.properties()).withProperties(boundsProperties()).create();
            }
            catch (AlreadyExistsException e) {
                return catalog.catalog().loadTable(identifier);
            }
        });
    }

    private Map<String, String> boundsProperties()
    {
        return schema.boundedColumns().stream().collect(toImmutableMap(column -> METRICS_MODE_COLUMN_CONF_PREFIX + column, unused -> "full"));
    }

    private Table widen(Table table)
    {
        if (isWideEnough(table)) {
            return table;
        }
        return catalog.call("add columns to table " + identifier, () -> {
            try {
                Transaction change = table.newTransaction();
                change.updateSchema().unionByNameWith(schema.icebergSchema()).commit();
                UpdateProperties properties = change.updateProperties();
                boundsProperties().forEach(properties::set);
                properties.commit();
                change.commitTransaction();
            }
            catch (CommitFailedException e) {
                // another writer of this version may have done it
                table.refresh();
                if (!isWideEnough(table)) {
                    throw e;
                }
            }
            return table;
        });
    }

    private boolean isWideEnough(Table table)
    {
        return table.properties().entrySet().containsAll(boundsProperties().entrySet()) &&
                TypeUtil.indexByName(schema.icebergSchema().asStruct()).keySet().stream()
                        .allMatch(column -> table.schema().findField(column) != null);
    }
}
