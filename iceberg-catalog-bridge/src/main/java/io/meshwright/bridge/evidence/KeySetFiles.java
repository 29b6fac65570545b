package io.meshwright.bridge.evidence;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import io.meshwright.bridge.table.RowFiles;
import org.apache.iceberg.DataFile;

import java.io.Serializable;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * The sets of one key of one table in {@code mesh.key_sets}, for the processes that read and write them.
 */
public final class KeySetFiles
        implements Serializable
{
    private final RowFiles files;
    private final String tableUuid;
    private final String keys;
    private final String writer;
    private final Instant writtenAt = Instant.now();
    private final List<DataFile> kept;

    /**
     * @param kept where sets of former runs are, among others
     */
    KeySetFiles(RowFiles files, String tableUuid, String keys, String writer, List<DataFile> kept)
    {
        this.files = requireNonNull(files, "files is null");
        this.tableUuid = requireNonNull(tableUuid, "tableUuid is null");
        this.keys = requireNonNull(keys, "keys is null");
        this.writer = requireNonNull(writer, "writer is null");
        this.kept = ImmutableList.copyOf(kept);
    }

    /**
     * Keys of a data file, or some of them.
     */
    public record Part(String dataFile, String deletes, KeySet set) {}

    /**
     * Writes sets that count only when they are committed.
     *
     * @param parts at least one; each is taken only when it is written
     */
    public DataFile write(Iterator<Part> parts)
    {
        return files.write(KeySetRow.SCHEMA, Iterators.transform(parts, part -> new KeySetRow(tableUuid, keys, part.dataFile(), part.deletes(), writer, writtenAt, part.set())));
    }

    /**
     * Hands over the sets of a file one after the other.
     */
    public void read(DataFile file, Consumer<KeySetRow> action)
    {
        files.read(KeySetRow.SCHEMA, file, row -> {
            if (row.tableUuid().equals(tableUuid) && row.keys().equals(keys)) {
                action.accept(row);
            }
        });
    }

    /**
     * Tells the sets that are written here from those of others.
     */
    public String writer()
    {
        return writer;
    }

    public List<DataFile> kept()
    {
        return kept;
    }

    void delete(DataFile file)
    {
        files.delete(file);
    }
}
