package io.meshwright.bridge.table;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types.NestedField;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;

/**
 * Keeps the registry and the result tables small: many commits of a few rows become few files, old snapshots and the leftovers of
 * interrupted writers go. No row is ever lost, and writers need not stop.
 */
public final class RegistryMaintenance
{
    /**
     * How long one can travel in time by snapshots, unless told otherwise. The history of products is kept in rows, for ever.
     */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

    /**
     * Property of a table that names the column by whose values its files are kept apart.
     */
    static final String CLUSTER_BY = "meshwright.cluster-by";

    // a writer may take this long between its first file and its commit
    private static final Duration ORPHAN_AGE = Duration.ofDays(1);
    private static final int FEW = 4;
    private static final long TARGET_BYTES = 64L << 20;

    private final MeshCatalog catalog;
    private final Clock clock;

    public RegistryMaintenance(MeshCatalog catalog)
    {
        this(catalog, Clock.systemUTC());
    }

    RegistryMaintenance(MeshCatalog catalog, Clock clock)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Maintains every table of the registry's namespace.
     *
     * @throws MeshException when the catalog does not answer
     */
    public List<MaintenanceReport> run(Duration retention)
    {
        checkArgument(!retention.isNegative(), "retention is negative");
        List<TableIdentifier> tables = catalog.call("list the tables of the registry", () ->
                catalog.namespaces().namespaceExists(MeshCatalog.REGISTRY_NAMESPACE) ? catalog.catalog().listTables(MeshCatalog.REGISTRY_NAMESPACE) : List.of());
        ImmutableList.Builder<MaintenanceReport> reports = ImmutableList.builder();
        for (TableIdentifier identifier : tables) {
            catalog.findTable(identifier).ifPresent(table -> reports.add(catalog.call("maintain table " + identifier, () -> maintain(identifier, table, retention))));
        }
        return reports.build();
    }

    private MaintenanceReport maintain(TableIdentifier identifier, Table table, Duration retention)
    {
        MaintenanceReport.Extent before = extent(table);
        try {
            compact(table);
            if (extent(table).manifests() > FEW) {
                table.rewriteManifests().clusterBy(file -> 0).commit();
            }
            table.expireSnapshots()
                    .expireOlderThan(clock.millis() - retention.toMillis())
                    .retainLast(1)
                    .cleanExpiredFiles(true)
                    .commit();
        }
        catch (ValidationException | CommitFailedException e) {
            // writers were faster: what is left over is done next time
            table.refresh();
        }
        int orphans = removeOrphans(table);
        table.refresh();
        return new MaintenanceReport(identifier.toString(), before, extent(table), orphans);
    }

    private static MaintenanceReport.Extent extent(Table table)
    {
        table.refresh();
        Snapshot snapshot = table.currentSnapshot();
        int snapshots = ImmutableList.copyOf(table.snapshots()).size();
        if (snapshot == null) {
            return new MaintenanceReport.Extent(0, 0, snapshots);
        }
        List<ManifestFile> manifests = snapshot.allManifests(table.io());
        int files = manifests.stream().mapToInt(manifest -> manifest.addedFilesCount() + manifest.existingFilesCount()).sum();
        return new MaintenanceReport.Extent(files, manifests.size(), snapshots);
    }

    private static void compact(Table table)
    {
        List<List<DataFile>> clusters = smallFiles(table).stream().collect(groupingBy(file -> cluster(table, file))).values().stream().filter(files -> files.size() > FEW).toList();
        if (clusters.isEmpty()) {
            return;
        }
        RewriteFiles rewrite = table.newRewrite().validateFromSnapshot(table.currentSnapshot().snapshotId());
        clusters.forEach(files -> compact(table, rewrite, files));
        rewrite.commit();
    }

    /**
     * Files with the same one value of the column; empty for those of many.
     */
    private static String cluster(Table table, DataFile file)
    {
        NestedField column = Optional.ofNullable(table.properties().get(CLUSTER_BY)).map(table.schema()::findField).orElse(null);
        if (column == null || file.lowerBounds() == null || !file.lowerBounds().containsKey(column.fieldId())) {
            return "";
        }
        ByteBuffer least = file.lowerBounds().get(column.fieldId());
        return least.equals(file.upperBounds().get(column.fieldId())) ? Conversions.fromByteBuffer(column.type(), least).toString() : "";
    }

    private static void compact(Table table, RewriteFiles rewrite, List<DataFile> small)
    {
        long bytes = 0;
        Set<DataFile> group = new HashSet<>();
        for (DataFile file : small) {
            group.add(file);
            bytes += file.fileSizeInBytes();
            if (bytes >= TARGET_BYTES) {
                replace(table, rewrite, group);
                group.clear();
                bytes = 0;
            }
        }
        if (group.size() > 1) {
            replace(table, rewrite, group);
        }
    }

    private static void replace(Table table, RewriteFiles rewrite, Set<DataFile> group)
    {
        group.forEach(rewrite::deleteFile);
        rewrite.addFile(AvroFiles.write(table, AvroFiles.readAll(table, group)));
    }

    private static List<DataFile> smallFiles(Table table)
    {
        if (table.currentSnapshot() == null) {
            return List.of();
        }
        ImmutableList.Builder<DataFile> small = ImmutableList.builder();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().includeColumnStats().planFiles()) {
            for (FileScanTask task : tasks) {
                // what other programs wrote in another way is theirs to compact
                if (task.file().format() == FileFormat.AVRO && task.deletes().isEmpty() && task.file().fileSizeInBytes() < TARGET_BYTES / 2) {
                    small.add(task.file().copy());
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return small.build();
    }

    private int removeOrphans(Table table)
    {
        if (!(table.io() instanceof SupportsPrefixOperations)) {
            return 0;
        }
        // listed before it is looked up what is in use, so that a commit in between cannot lose its files
        long newest = clock.millis() - ORPHAN_AGE.toMillis();
        List<FileInfo> old = Lists.newArrayList(((SupportsPrefixOperations) table.io()).listPrefix(table.location())).stream()
                .filter(file -> file.createdAtMillis() < newest)
                .toList();
        table.refresh();
        Set<String> used = filesInUse(table);
        int removed = 0;
        for (FileInfo file : old) {
            if (!used.contains(normalize(file.location()))) {
                try {
                    table.io().deleteFile(file.location());
                    removed++;
                }
                catch (NotFoundException e) {
                    // another maintenance was faster
                }
            }
        }
        return removed;
    }

    private static Set<String> filesInUse(Table table)
    {
        ImmutableSet.Builder<String> used = ImmutableSet.builder();
        ReachableFileUtil.metadataFileLocations(table, true).forEach(location -> used.add(normalize(location)));
        ReachableFileUtil.manifestListLocations(table).forEach(location -> used.add(normalize(location)));
        ReachableFileUtil.statisticsFilesLocations(table).forEach(location -> used.add(normalize(location)));
        // what a Hadoop catalog keeps beside the metadata; Iceberg's own name for it needs Hadoop on the class path
        used.add(normalize(table.location()) + "/metadata/version-hint.text");
        Set<String> seen = new HashSet<>();
        for (Snapshot snapshot : table.snapshots()) {
            for (ManifestFile manifest : snapshot.allManifests(table.io())) {
                if (seen.add(manifest.path())) {
                    used.add(normalize(manifest.path()));
                    try (CloseableIterable<String> paths = ManifestFiles.readPaths(manifest, table.io())) {
                        paths.forEach(location -> used.add(normalize(location)));
                    }
                    catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        }
        return used.build();
    }

    private static String normalize(String location)
    {
        return location.replaceFirst("^file:/+", "file:///").replaceFirst("^s3[an]://", "s3://");
    }
}
