package io.meshwright.bridge.table;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.CatalogRule;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.table.RowTable.Content;
import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.StructType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static java.util.Objects.requireNonNull;

/**
 * Reads the rows of a {@link RowTable}'s snapshots. Refuses what another program wrote into it. Thread-safe.
 */
final class RowReader<T>
{
    private final MeshCatalog catalog;
    private final TableIdentifier identifier;
    private final RowSchema<T> schema;

    // data files never change, so a second reading costs only the files that came since
    private volatile Map<String, List<T>> filesOfLastReading = Map.of();

    RowReader(MeshCatalog catalog, TableIdentifier identifier, RowSchema<T> schema)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.identifier = requireNonNull(identifier, "identifier is null");
        this.schema = requireNonNull(schema, "schema is null");
    }

    Content<T> read(Table table, Snapshot snapshot)
    {
        Map<String, List<T>> known = filesOfLastReading;
        Map<String, List<T>> files = new HashMap<>();
        ImmutableList.Builder<T> rows = ImmutableList.builder();
        eachFile(table, snapshot, Expressions.alwaysTrue(), task -> {
            String location = task.file().location();
            List<T> fileRows = known.containsKey(location) ? known.get(location) : rows(table, task);
            files.put(location, fileRows);
            rows.addAll(fileRows);
            return true;
        });
        filesOfLastReading = files;
        return new Content<>(OptionalLong.of(snapshot.snapshotId()), rows.build());
    }

    /**
     * Hands over the rows of the files that may have rows of a filter, one after the other, without keeping them.
     */
    void forEach(Table table, Snapshot snapshot, Expression filter, Consumer<T> action)
    {
        eachFile(table, snapshot, filter, task -> {
            decode(table, task, action);
            return true;
        });
    }

    List<DataFile> files(Table table, Snapshot snapshot, Expression filter)
    {
        ImmutableList.Builder<DataFile> files = ImmutableList.builder();
        eachFile(table, snapshot, filter, task -> {
            files.add(task.file());
            return true;
        });
        return files.build();
    }

    boolean anyMatch(Table table, Snapshot snapshot, Predicate<T> predicate)
    {
        AtomicBoolean found = new AtomicBoolean();
        eachFile(table, snapshot, Expressions.alwaysTrue(), task -> {
            decode(table, task, row -> found.compareAndSet(false, predicate.test(row)));
            return !found.get();
        });
        return found.get();
    }

    /**
     * @param action tells whether to go on
     */
    private void eachFile(Table table, Snapshot snapshot, Expression filter, Predicate<FileScanTask> action)
    {
        catalog.call("read table " + identifier, () -> {
            try (CloseableIterable<FileScanTask> tasks = table.newScan().planWith(ManifestReaders.POOL).useSnapshot(snapshot.snapshotId()).filter(filter).planFiles()) {
                for (FileScanTask task : tasks) {
                    if (!action.test(task)) {
                        break;
                    }
                }
            }
            catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return null;
        });
    }

    private List<T> rows(Table table, FileScanTask task)
    {
        ImmutableList.Builder<T> rows = ImmutableList.builder();
        decode(table, task, rows::add);
        return rows.build();
    }

    private void decode(Table table, FileScanTask task, Consumer<T> action)
    {
        if (task.file().format() != FileFormat.AVRO || !task.deletes().isEmpty()) {
            throw new MeshException(
                    CatalogRule.FOREIGN_FORMAT,
                    EXTERNAL,
                    "Table %s was written by another program: %s".formatted(
                            identifier, task.deletes().isEmpty() ? "it has " + task.file().format() + " data files" : "it has row-level deletes"),
                    "Roll the table back to its last snapshot that Meshwright wrote; these tables are appended to by Meshwright only");
        }
        StructType type = table.schema().asStruct();
        try (CloseableIterable<StructLike> records = AvroFiles.read(table, task.file())) {
            records.forEach(struct -> action.accept(schema.decode(IcebergRows.fromIceberg(type, struct))));
        }
        catch (IllegalArgumentException e) {
            throw new MeshException(
                    CatalogRule.BROKEN,
                    EXTERNAL,
                    "Table %s holds a row that this version cannot read: %s".formatted(identifier, e.getMessage()),
                    "Use the version of Meshwright that wrote it, or roll the table back to its last good snapshot",
                    e);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
