package io.meshwright.spark.session;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.NestedField;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the pages of Parquet files become rows.
 */
public enum ParquetReading
{
    /**
     * A column at a time, which is several times as fast.
     */
    BATCHES,
    ROWS;

    private static final Set<TypeID> TEXTS = EnumSet.of(TypeID.STRING, TypeID.BINARY, TypeID.FIXED, TypeID.UUID);

    /**
     * The reader of batches in Iceberg 1.11.0 fails on pages of texts that are all NULL, which Trino writes (apache/iceberg#17017). So texts are read in batches
     * only where manifests tell that none of them is NULL.
     *
     * @param columns that are read; dots lead into structs
     */
    public static ParquetReading of(Schema schema, List<FileScanTask> tasks, Collection<String> columns)
    {
        for (String column : columns) {
            NestedField field = schema.asStruct().field(column);
            if (field == null || !field.type().isPrimitiveType()) {
                return ROWS;
            }
            if (TEXTS.contains(field.type().typeId()) && !tasks.stream().allMatch(task -> isWithoutNull(task.file(), field.fieldId()))) {
                return ROWS;
            }
        }
        return BATCHES;
    }

    private static boolean isWithoutNull(DataFile file, int fieldId)
    {
        return isEqual(file.valueCounts(), fieldId, file.recordCount()) && isEqual(file.nullValueCounts(), fieldId, 0);
    }

    private static boolean isEqual(Map<Integer, Long> counts, int fieldId, long expected)
    {
        return counts != null && counts.containsKey(fieldId) && counts.get(fieldId) == expected;
    }
}
