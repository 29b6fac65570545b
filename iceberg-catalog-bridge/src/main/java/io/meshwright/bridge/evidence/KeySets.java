package io.meshwright.bridge.evidence;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.evidence.UniqueFilesRow.KeptKeys;
import io.meshwright.bridge.table.RowFiles;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.model.check.FileMeasure;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * The keys of the data files of one table that former runs kept: sets of numbers, and of which files it was found that no key occurs more than once in them
 * together.
 */
public final class KeySets
{
    private final RowTable<KeySetRow> sets;
    private final RowTable<UniqueFilesRow> unique;
    private final String tableUuid;
    private final String writer = UUID.randomUUID().toString();
    private final Supplier<Map<String, List<UniqueFilesRow>>> known = Suppliers.memoize(this::readUnique);

    /**
     * Reads nothing before it is asked, since most contracts have no key that needs it.
     */
    KeySets(MeshCatalog catalog, String tableUuid)
    {
        sets = new RowTable<>(requireNonNull(catalog, "catalog is null"), KeySetRow.TABLE, KeySetRow.SCHEMA);
        unique = new RowTable<>(catalog, UniqueFilesRow.TABLE, UniqueFilesRow.SCHEMA);
        this.tableUuid = requireNonNull(tableUuid, "tableUuid is null");
    }

    private Map<String, List<UniqueFilesRow>> readUnique()
    {
        Map<String, List<UniqueFilesRow>> known = new HashMap<>();
        unique.forEach(Expressions.equal("table_uuid", tableUuid), row -> {
            if (row.tableUuid().equals(tableUuid)) {
                known.computeIfAbsent(row.keys(), unused -> new ArrayList<>()).add(row);
            }
        });
        return known;
    }

    /**
     * Names a key by its columns, and how it becomes a number.
     */
    public static String name(Table table, FileMeasure.RecurringKeys measure, KeyNumbering numbering)
    {
        return MeasureHash.of(table.schema(), measure) + " " + numbering.name();
    }

    /**
     * Those of the files that are known to have no key more than once in them together, as many as possible. A file that has deletes now, and had none when it was read, has
     * fewer keys than are kept of it.
     */
    public Map<LiveFile, KeptKeys> unique(String keys, List<LiveFile> files)
    {
        Map<LiveFile, KeptKeys> most = ImmutableMap.of();
        for (UniqueFilesRow row : known.get().getOrDefault(keys, List.of())) {
            Map<String, KeptKeys> byPath = new HashMap<>();
            row.files().forEach(file -> byPath.put(file.dataFile(), file));
            ImmutableMap.Builder<LiveFile, KeptKeys> found = ImmutableMap.builder();
            for (LiveFile file : files) {
                KeptKeys kept = byPath.get(file.path());
                if (kept != null && (kept.deletes().isEmpty() || kept.deletes().equals(file.deletes()))) {
                    found.put(file, kept);
                }
            }
            Map<LiveFile, KeptKeys> covered = found.buildOrThrow();
            most = covered.size() > most.size() ? covered : most;
        }
        return most;
    }

    /**
     * Where sets are read from and written to.
     */
    public KeySetFiles files(String keys)
    {
        List<DataFile> kept = sets.files(Expressions.and(Expressions.equal("table_uuid", tableUuid), Expressions.equal("keys", keys)));
        return new KeySetFiles(new RowFiles(sets.createIfAbsent()), tableUuid, keys, writer, kept);
    }

    /**
     * Keeps that no key occurs more than once in files together.
     *
     * @param written sets that {@code files} speak of and that are not committed yet
     */
    public void keep(String keys, Map<LiveFile, KeptKeys> files, List<DataFile> written, Instant now)
    {
        sets.appendFiles(written);
        unique.append(List.of(new UniqueFilesRow(tableUuid, keys, ImmutableList.copyOf(files.values()), now)));
    }

    /**
     * Removes sets that will not be committed.
     */
    public void discard(KeySetFiles files, List<DataFile> written)
    {
        written.forEach(files::delete);
    }

    /**
     * What becomes known of a file that is read now.
     *
     * @param count of its keys
     */
    public KeptKeys read(LiveFile file, long count)
    {
        return new KeptKeys(file.path(), file.deletes(), writer, count);
    }
}
