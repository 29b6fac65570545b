package io.meshwright.bridge.provision;

import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

import java.io.IOException;
import java.util.Optional;

/**
 * Whether a table's files are where its metadata says.
 */
final class TableReadability
{
    // a moved table lacks all of its files or none, so a sample tells
    private static final int SAMPLE = 100;

    private TableReadability() {}

    /**
     * The first thing that is missing; empty when the manifests and a sample of the data files can be read.
     */
    static Optional<String> problem(Table table)
    {
        if (table.currentSnapshot() == null) {
            return Optional.empty();
        }
        int looked = 0;
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                if (looked == SAMPLE) {
                    return Optional.empty();
                }
                if (!table.io().newInputFile(task.file().location()).exists()) {
                    return Optional.of("a data file is missing");
                }
                looked++;
            }
        }
        catch (IOException | RuntimeException e) {
            return Optional.of("its metadata cannot be read");
        }
        return Optional.empty();
    }
}
