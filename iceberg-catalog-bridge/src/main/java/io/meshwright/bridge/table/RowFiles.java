package io.meshwright.bridge.table;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.StructType;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Writes and reads data files of a {@link RowTable} in other processes than the one that commits them.
 */
public final class RowFiles
        implements Serializable
{
    private final Table table;

    public RowFiles(Table table)
    {
        this.table = SerializableTable.copyOf(table);
    }

    /**
     * Writes a file that nobody sees before it is committed.
     *
     * @param rows at least one; each is taken only when it is written
     */
    public <T> DataFile write(RowSchema<T> schema, Iterator<T> rows)
    {
        StructType type = table.schema().asStruct();
        CloseableIterable<T> once = CloseableIterable.withNoopClose(() -> rows);
        return AvroFiles.write(table, CloseableIterable.transform(once, row -> IcebergRows.toIceberg(type, schema.encode(row))));
    }

    /**
     * Hands over the rows of a file one after the other.
     */
    public <T> void read(RowSchema<T> schema, DataFile file, Consumer<T> action)
    {
        StructType type = table.schema().asStruct();
        try (CloseableIterable<StructLike> rows = AvroFiles.read(table, file)) {
            rows.forEach(row -> action.accept(schema.decode(IcebergRows.fromIceberg(type, row))));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Removes a file that will not be committed.
     */
    public void delete(DataFile file)
    {
        table.io().deleteFile(file.location());
    }
}
