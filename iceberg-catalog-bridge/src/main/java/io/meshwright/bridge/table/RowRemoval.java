package io.meshwright.bridge.table;

import io.meshwright.bridge.catalog.CatalogRule;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StructType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static java.util.Objects.requireNonNull;

/**
 * Removes old rows of one table: files with both old and other rows are parted first, which changes no row, and then the files
 * with old rows go in one commit. Interrupted in between, the table holds what it held. Writers and other maintenance need not
 * stop. Removed rows stay in the snapshots that are kept.
 */
public final class RowRemoval
{
    private static final int ATTEMPTS = 20;

    private final MeshCatalog catalog;
    private final TableIdentifier identifier;
    private final String timeColumn;
    private final Instant before;
    private final Predicate<Row> stays;

    /**
     * @param timeColumn decides how old a row is
     * @param before all earlier rows go
     * @param stays but for these
     */
    public RowRemoval(MeshCatalog catalog, String table, String timeColumn, Instant before, Predicate<Row> stays)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.identifier = TableIdentifier.of(MeshCatalog.REGISTRY_NAMESPACE, table);
        this.timeColumn = requireNonNull(timeColumn, "timeColumn is null");
        this.before = before.truncatedTo(ChronoUnit.MICROS);
        this.stays = requireNonNull(stays, "stays is null");
    }

    private enum Age
    {
        OLD, MIXED, OTHER
    }

    /**
     * @return how many rows went
     * @throws MeshException when the catalog does not answer, or others change the table all the time
     */
    public long run()
    {
        Optional<Table> table = catalog.findTable(identifier);
        return table.isEmpty() ? 0 : catalog.call("remove old rows of table " + identifier, () -> run(table.orElseThrow()));
    }

    private long run(Table table)
    {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            table.refresh();
            try {
                part(table);
                return removeOld(table);
            }
            catch (ValidationException | CommitFailedException e) {
                // another maintenance put files together meanwhile
            }
        }
        throw new MeshException(
                CatalogRule.CONTENTION,
                EXTERNAL,
                "Table %s was changed by others %s times while its old rows were to be removed; none was".formatted(identifier, ATTEMPTS),
                "Run the command again");
    }

    /**
     * Makes two files of each with both old and other rows.
     */
    void part(Table table)
    {
        List<DataFile> mixed = files(table, Age.MIXED);
        if (mixed.isEmpty()) {
            return;
        }
        RewriteFiles rewrite = table.newRewrite().validateFromSnapshot(table.currentSnapshot().snapshotId());
        StructType type = table.schema().asStruct();
        for (DataFile file : mixed) {
            rewrite.deleteFile(file);
            rewrite.addFile(AvroFiles.write(table, CloseableIterable.filter(AvroFiles.read(table, file), row -> isOld(type, row))));
            rewrite.addFile(AvroFiles.write(table, CloseableIterable.filter(AvroFiles.read(table, file), row -> !isOld(type, row))));
        }
        rewrite.commit();
        table.refresh();
    }

    private long removeOld(Table table)
    {
        List<DataFile> old = files(table, Age.OLD);
        if (old.isEmpty()) {
            return 0;
        }
        DeleteFiles delete = table.newDelete().validateFilesExist();
        old.forEach(delete::deleteFile);
        delete.commit();
        return old.stream().mapToLong(DataFile::recordCount).sum();
    }

    private List<DataFile> files(Table table, Age age)
    {
        Snapshot snapshot = table.currentSnapshot();
        List<DataFile> files = new ArrayList<>();
        if (snapshot == null) {
            return files;
        }
        try (CloseableIterable<FileScanTask> tasks = table.newScan().useSnapshot(snapshot.snapshotId()).includeColumnStats().planFiles()) {
            for (FileScanTask task : tasks) {
                if (task.file().format() != FileFormat.AVRO || !task.deletes().isEmpty()) {
                    throw new MeshException(
                            CatalogRule.FOREIGN_FORMAT,
                            EXTERNAL,
                            "Table %s was written by another program, so its old rows cannot be removed".formatted(identifier),
                            "Roll the table back to its last snapshot that Meshwright wrote; these tables are appended to by Meshwright only");
                }
                if (age(table, task.file()) == age) {
                    files.add(task.file().copy());
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /**
     * A file with nothing but younger rows is known by its bounds; every other one is read.
     */
    private Age age(Table table, DataFile file)
    {
        NestedField time = table.schema().findField(timeColumn);
        if (file.lowerBounds() != null && file.lowerBounds().containsKey(time.fieldId())) {
            long least = Conversions.fromByteBuffer(time.type(), file.lowerBounds().get(time.fieldId()));
            if (least >= ChronoUnit.MICROS.between(Instant.EPOCH, before)) {
                return Age.OTHER;
            }
        }
        StructType type = table.schema().asStruct();
        boolean old = false;
        boolean other = false;
        try (CloseableIterable<StructLike> rows = AvroFiles.read(table, file)) {
            for (StructLike row : rows) {
                if (isOld(type, row)) {
                    old = true;
                }
                else {
                    other = true;
                }
                if (old && other) {
                    return Age.MIXED;
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return old ? Age.OLD : Age.OTHER;
    }

    private boolean isOld(StructType type, StructLike struct)
    {
        Row row = IcebergRows.fromIceberg(type, struct);
        return row.timestamp(timeColumn).isBefore(before) && !stays.test(row);
    }
}
