package io.meshwright.bridge.provision;

import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductRow;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * A registered port with the table behind it as it is now, and what its metadata alone tell.
 *
 * @param snapshot empty when the table never had rows
 */
public record ResolvedPort(ProductRow product, PortRow port, TableIdentifier identifier, Table table, Optional<Snapshot> snapshot)
{
    public ResolvedPort
    {
        requireNonNull(product, "product is null");
        requireNonNull(port, "port is null");
        requireNonNull(identifier, "identifier is null");
        requireNonNull(table, "table is null");
        requireNonNull(snapshot, "snapshot is null");
    }

    public OptionalLong snapshotId()
    {
        return snapshot.isPresent() ? OptionalLong.of(snapshot.orElseThrow().snapshotId()) : OptionalLong.empty();
    }

    /**
     * When the rows last changed. Compaction rewrites files and changes no row, so it does not count. Empty when there were never
     * rows, or when only compactions are left of the table's history.
     */
    public Optional<Instant> lastDataChange()
    {
        Optional<Snapshot> candidate = snapshot;
        while (candidate.isPresent() && isWithoutChange(candidate.orElseThrow())) {
            candidate = Optional.ofNullable(candidate.orElseThrow().parentId()).map(table::snapshot);
        }
        return candidate.map(found -> Instant.ofEpochMilli(found.timestampMillis()));
    }

    private static boolean isWithoutChange(Snapshot snapshot)
    {
        return DataOperations.REPLACE.equals(snapshot.operation());
    }

    /**
     * The number of rows by the manifest list; empty when row-level deletes leave it open, or a writer did not count.
     */
    public OptionalLong exactRowCount()
    {
        if (snapshot.isEmpty()) {
            return OptionalLong.of(0);
        }
        List<ManifestFile> manifests = snapshot.orElseThrow().allManifests(table.io());
        long rows = 0;
        for (ManifestFile manifest : manifests) {
            if (manifest.content() != ManifestContent.DATA) {
                if (manifest.hasAddedFiles() || manifest.hasExistingFiles()) {
                    return OptionalLong.empty();
                }
                continue;
            }
            if (manifest.addedRowsCount() == null || manifest.existingRowsCount() == null) {
                return OptionalLong.empty();
            }
            rows += manifest.addedRowsCount() + manifest.existingRowsCount();
        }
        return OptionalLong.of(rows);
    }
}
