package io.meshwright.bridge.evidence;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableSet;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.evidence.UniqueFilesRow.KeptKeys;
import io.meshwright.bridge.provision.PortResolver;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.table.Row;
import io.meshwright.bridge.table.RowRemoval;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * Forgets what was read of data files that no snapshot of their table refers to any more. A product's table that cannot be looked at keeps its evidence
 * for a while.
 */
public final class EvidenceRetention
{
    // a run may keep what it read of a file that was not there when tables were looked at
    private static final Duration YOUNG = Duration.ofDays(1);
    private static final Duration UNKNOWN = Duration.ofDays(30);

    private final MeshCatalog catalog;

    /**
     * How many rows were removed.
     */
    public record Removed(long figures, long uniqueFiles, long keySets) {}

    private record KeySetName(String keys, String dataFile, String writer) {}

    public EvidenceRetention(MeshCatalog catalog)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    /**
     * @throws MeshException when the catalog does not answer
     */
    public Removed run(Instant now)
    {
        Map<String, Supplier<Set<String>>> tables = tables();
        Instant before = now.minus(YOUNG);
        Instant unknownBefore = now.minus(UNKNOWN);
        long figures = new RowRemoval(catalog, FileEvidenceRow.TABLE, "written_at", before, row -> tables.containsKey(row.string("table_uuid"))
                ? tables.get(row.string("table_uuid")).get().contains(row.string("data_file"))
                : !row.timestamp("written_at").isBefore(unknownBefore)).run();

        Map<String, Instant> newest = new HashMap<>();
        RowTable<UniqueFilesRow> unique = new RowTable<>(catalog, UniqueFilesRow.TABLE, UniqueFilesRow.SCHEMA);
        unique.forEach(row -> newest.merge(row.tableUuid() + " " + row.keys(), row.writtenAt(), (left, right) -> left.isAfter(right) ? left : right));
        long uniqueFiles = new RowRemoval(catalog, UniqueFilesRow.TABLE, "written_at", before, row -> isNewest(row, newest)
                && (tables.containsKey(row.string("table_uuid")) || !row.timestamp("written_at").isBefore(unknownBefore))).run();

        Set<KeySetName> named = new HashSet<>();
        unique.forEach(row -> {
            for (KeptKeys file : row.files()) {
                if (!tables.containsKey(row.tableUuid()) || tables.get(row.tableUuid()).get().contains(file.dataFile())) {
                    named.add(new KeySetName(row.keys(), file.dataFile(), file.writer()));
                }
            }
        });
        long keySets = new RowRemoval(catalog, KeySetRow.TABLE, "written_at", before, row ->
                named.contains(new KeySetName(row.string("keys"), row.string("data_file"), row.string("writer")))).run();
        return new Removed(figures, uniqueFiles, keySets);
    }

    private static boolean isNewest(Row row, Map<String, Instant> newest)
    {
        return !row.timestamp("written_at").isBefore(newest.get(row.string("table_uuid") + " " + row.string("keys")));
    }

    /**
     * The data files of the tables of all products, by the table's UUID; each is looked at when it is asked for.
     */
    private Map<String, Supplier<Set<String>>> tables()
    {
        Map<String, Supplier<Set<String>>> tables = new HashMap<>();
        PortResolver ports = new PortResolver(catalog);
        for (ProductRow product : new IcebergProductRegistry(catalog).current().products()) {
            for (PortRow port : product.ports()) {
                if (port.isTable()) {
                    try {
                        Table table = ports.resolve(product, port.name()).table();
                        tables.put(table.uuid().toString(), Suppliers.memoize(() -> dataFiles(table)));
                    }
                    catch (MeshException e) {
                        // it may come back, and counts as unknown meanwhile
                    }
                }
            }
        }
        return tables;
    }

    private Set<String> dataFiles(Table table)
    {
        return catalog.call("list data files of " + table.name(), () -> {
            Set<String> manifests = new HashSet<>();
            ImmutableSet.Builder<String> files = ImmutableSet.builder();
            for (Snapshot snapshot : table.snapshots()) {
                for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
                    if (manifests.add(manifest.path())) {
                        try (CloseableIterable<String> paths = ManifestFiles.readPaths(manifest, table.io())) {
                            files.addAll(paths);
                        }
                        catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                }
            }
            return files.build();
        });
    }
}
