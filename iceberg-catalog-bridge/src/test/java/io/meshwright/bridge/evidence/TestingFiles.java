package io.meshwright.bridge.evidence;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types.NestedField;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Manifest entries of data files of which nobody reads the content.
 */
public final class TestingFiles
{
    private final Table table;
    private final long rows;
    private final Map<Integer, Long> values = new HashMap<>();
    private final Map<Integer, Long> nulls = new HashMap<>();
    private final Map<Integer, Long> nans = new HashMap<>();
    private final Map<Integer, ByteBuffer> lower = new HashMap<>();
    private final Map<Integer, ByteBuffer> upper = new HashMap<>();
    private FileFormat format = FileFormat.PARQUET;
    private Optional<String> partition = Optional.empty();

    public TestingFiles(Table table, long rows)
    {
        this.table = table;
        this.rows = rows;
    }

    public TestingFiles counts(String column, long valueCount, long nullCount)
    {
        values.put(field(column).fieldId(), valueCount);
        nulls.put(field(column).fieldId(), nullCount);
        return this;
    }

    public TestingFiles nans(String column, long count)
    {
        nans.put(field(column).fieldId(), count);
        return this;
    }

    public TestingFiles bounds(String column, Object least, Object greatest)
    {
        lower.put(field(column).fieldId(), Conversions.toByteBuffer(field(column).type(), least));
        upper.put(field(column).fieldId(), Conversions.toByteBuffer(field(column).type(), greatest));
        return this;
    }

    public TestingFiles format(FileFormat other)
    {
        format = other;
        return this;
    }

    /**
     * @param path such as {@code day=2026-11-20}
     */
    public TestingFiles partition(String path)
    {
        partition = Optional.of(path);
        return this;
    }

    public DataFile append()
    {
        DataFile file = build();
        table.newAppend().appendFile(file).commit();
        return file;
    }

    public DataFile build()
    {
        DataFiles.Builder builder = DataFiles.builder(table.spec());
        partition.ifPresent(builder::withPartitionPath);
        return builder
                .withPath(table.location() + "/data/" + UUID.randomUUID() + "." + format.name().toLowerCase(Locale.ROOT))
                .withFormat(format)
                .withFileSizeInBytes(1_000)
                .withMetrics(new Metrics(rows, null, values, nulls, nans, lower, upper))
                .build();
    }

    private NestedField field(String column)
    {
        return table.schema().findField(column);
    }
}
