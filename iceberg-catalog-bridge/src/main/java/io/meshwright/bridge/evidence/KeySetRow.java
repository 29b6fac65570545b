package io.meshwright.bridge.evidence;

import io.meshwright.bridge.table.RowSchema;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * Some keys of one data file as numbers, as a row of {@code mesh.key_sets}. All rows of a file and a writer are the keys of the file. The table is a
 * cache: without it the keys are read again.
 *
 * @param keys names the columns of the key, and how they became numbers
 * @param writer tells the rows of two runs apart
 */
public record KeySetRow(String tableUuid, String keys, String dataFile, String deletes, String writer, Instant writtenAt, KeySet set)
{
    /**
     * The table's name in the registry's namespace.
     */
    public static final String TABLE = "key_sets";

    static final RowSchema<KeySetRow> SCHEMA = RowSchema.<KeySetRow>builder()
            .string("table_uuid", "The table that the data file belongs to", KeySetRow::tableUuid)
            .string("keys", "Names the columns of the key, and how they became numbers", KeySetRow::keys)
            .string("data_file", "Location of the data file", KeySetRow::dataFile)
            .string("deletes", "Names the row-level deletes that applied when it was read; empty without any", KeySetRow::deletes)
            .string("writer", "Who read the file", KeySetRow::writer)
            .timestamp("written_at", "When the run began that read the file", KeySetRow::writtenAt)
            .bigint("key_count", "How many keys are in this row", row -> row.set().count())
            .bigint("least", "The least of them as a number", row -> row.set().least())
            .bigint("greatest", "The greatest of them as a number", row -> row.set().greatest())
            .binary("steps", "From each number to the next: seven bits to a byte, the lowest first", row -> row.set().steps())
            .bounds("table_uuid", "keys", "written_at", "least", "greatest")
            .clusterBy("table_uuid")
            // steps do not compress, and are read more often than written
            .property("write.avro.compression-codec", "uncompressed")
            .build(row -> new KeySetRow(
                    row.string("table_uuid"),
                    row.string("keys"),
                    row.string("data_file"),
                    row.string("deletes"),
                    row.string("writer"),
                    row.timestamp("written_at"),
                    new KeySet(row.bigint("key_count"), row.bigint("least"), row.bigint("greatest"), row.binary("steps"))));

    public KeySetRow
    {
        requireNonNull(tableUuid, "tableUuid is null");
        requireNonNull(keys, "keys is null");
        requireNonNull(dataFile, "dataFile is null");
        requireNonNull(deletes, "deletes is null");
        requireNonNull(writer, "writer is null");
        requireNonNull(writtenAt, "writtenAt is null");
        requireNonNull(set, "set is null");
    }
}
