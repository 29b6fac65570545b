package io.meshwright.bridge.evidence;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.table.RowSchema;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Data files in which, taken together, no key occurs more than once, as a row of {@code mesh.unique_files}. The table is a cache.
 *
 * @param keys names the columns of the key, and how they became numbers
 */
public record UniqueFilesRow(String tableUuid, String keys, List<KeptKeys> files, Instant writtenAt)
{
    /**
     * The table's name in the registry's namespace.
     */
    public static final String TABLE = "unique_files";

    static final RowSchema<UniqueFilesRow> SCHEMA = RowSchema.<UniqueFilesRow>builder()
            .string("table_uuid", "The table that the data files belong to", UniqueFilesRow::tableUuid)
            .string("keys", "Names the columns of the key, and how they became numbers", UniqueFilesRow::keys)
            .structs("files", "The data files", KeptKeys.SCHEMA, UniqueFilesRow::files)
            .timestamp("written_at", "When this was found", UniqueFilesRow::writtenAt)
            .bounds("table_uuid", "written_at")
            .clusterBy("table_uuid")
            .build(row -> new UniqueFilesRow(row.string("table_uuid"), row.string("keys"), row.structs("files", KeptKeys.SCHEMA), row.timestamp("written_at")));

    /**
     * The kept keys of one data file.
     *
     * @param deletes that applied when the file was read; more deletes leave fewer keys
     * @param writer of the rows of {@link KeySetRow}
     * @param count of the keys in them
     */
    public record KeptKeys(String dataFile, String deletes, String writer, long count)
            implements Serializable
    {
        static final RowSchema<KeptKeys> SCHEMA = RowSchema.<KeptKeys>builder()
                .string("data_file", "Location of the data file", KeptKeys::dataFile)
                .string("deletes", "Names the row-level deletes that applied when it was read; empty without any", KeptKeys::deletes)
                .string("writer", "Who read the file", KeptKeys::writer)
                .bigint("key_count", "How many keys are kept of it", KeptKeys::count)
                .build(row -> new KeptKeys(row.string("data_file"), row.string("deletes"), row.string("writer"), row.bigint("key_count")));

        public KeptKeys
        {
            requireNonNull(dataFile, "dataFile is null");
            requireNonNull(deletes, "deletes is null");
            requireNonNull(writer, "writer is null");
        }
    }

    public UniqueFilesRow
    {
        requireNonNull(tableUuid, "tableUuid is null");
        requireNonNull(keys, "keys is null");
        files = ImmutableList.copyOf(files);
        requireNonNull(writtenAt, "writtenAt is null");
    }
}
