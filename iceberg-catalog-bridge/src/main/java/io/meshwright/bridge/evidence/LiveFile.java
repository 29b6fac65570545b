package io.meshwright.bridge.evidence;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;

import java.util.Comparator;
import java.util.OptionalLong;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * A data file of a snapshot with the deletes that apply to it. Two of the same path and the same deletes have the same rows, whatever
 * snapshot they were found in.
 *
 * @param deletes names the set of deletes; empty without any
 */
public record LiveFile(FileScanTask task, String deletes)
{
    public LiveFile
    {
        requireNonNull(task, "task is null");
        requireNonNull(deletes, "deletes is null");
    }

    static LiveFile of(FileScanTask task)
    {
        return new LiveFile(task, name(task));
    }

    public String path()
    {
        return task.file().location();
    }

    public boolean hasDeletes()
    {
        return !task.deletes().isEmpty();
    }

    /**
     * Whether the file may have such a row, as far as its bounds tell.
     */
    public boolean mayHave(Table table, Expression rows)
    {
        return !MetadataEvidence.trusts(table) || new InclusiveMetricsEvaluator(table.schema(), rows).eval(task.file());
    }

    /**
     * Rows by the manifests; empty where deletes leave it open: positions may repeat, and nobody knows how many rows a key deletes. A deletion
     * vector tells exactly how many rows it takes.
     */
    OptionalLong rows()
    {
        long rows = task.file().recordCount();
        for (DeleteFile delete : task.deletes()) {
            if (delete.format() != FileFormat.PUFFIN || task.deletes().size() > 1) {
                return OptionalLong.empty();
            }
            rows -= delete.recordCount();
        }
        return rows < 0 ? OptionalLong.empty() : OptionalLong.of(rows);
    }

    private static String name(FileScanTask task)
    {
        if (task.deletes().isEmpty()) {
            return "";
        }
        Hasher hasher = Hashing.sha256().newHasher();
        task.deletes().stream()
                .sorted(Comparator.<DeleteFile, String>comparing(ContentFile::location).thenComparing(delete -> String.valueOf(delete.contentOffset())))
                .forEach(delete -> hasher.putString(delete.location(), UTF_8).putChar('\n').putString(String.valueOf(delete.contentOffset()), UTF_8).putChar('\n'));
        return hasher.hash().toString();
    }
}
