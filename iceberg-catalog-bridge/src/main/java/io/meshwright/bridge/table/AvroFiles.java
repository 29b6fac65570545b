package io.meshwright.bridge.table;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.InternalData;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestWriter;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.io.OutputFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.UUID;

/**
 * Avro data files by Iceberg's internal readers and writers, whose signatures hold Iceberg's types only.
 */
final class AvroFiles
{
    private static final int FORMAT_VERSION = 2;

    private AvroFiles() {}

    /**
     * Rows with the table's present schema, whatever schema the file was written with.
     */
    static CloseableIterable<StructLike> read(Table table, DataFile file)
    {
        return InternalData.read(FileFormat.AVRO, table.io().newInputFile(file))
                .project(table.schema())
                .build();
    }

    static CloseableIterable<StructLike> readAll(Table table, Collection<DataFile> files)
    {
        return CloseableIterable.concat(files.stream().map(file -> read(table, file)).toList());
    }

    /**
     * Writes a file that no snapshot refers to yet.
     */
    static DataFile write(Table table, CloseableIterable<StructLike> rows)
    {
        OutputFile file = table.io().newOutputFile(table.locationProvider().newDataLocation(UUID.randomUUID() + ".avro"));
        FileAppender<StructLike> appender = open(table, file);
        ColumnBounds bounds = new ColumnBounds(table);
        try (rows; appender) {
            for (StructLike row : rows) {
                appender.add(row);
                bounds.add(row);
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DataFiles.builder(table.spec())
                .withInputFile(file.toInputFile())
                .withFormat(FileFormat.AVRO)
                .withFileSizeInBytes(appender.length())
                .withMetrics(bounds.metrics())
                .build();
    }

    /**
     * Writes a manifest of a new file, to be appended by a commit.
     */
    static ManifestFile manifest(Table table, DataFile file)
    {
        String location = table.location() + "/metadata/" + UUID.randomUUID() + "-m0.avro";
        ManifestWriter<DataFile> writer = ManifestFiles.write(FORMAT_VERSION, table.spec(), table.io().newOutputFile(location), null);
        try (writer) {
            writer.add(file);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toManifestFile();
    }

    private static FileAppender<StructLike> open(Table table, OutputFile file)
    {
        try {
            return InternalData.write(FileFormat.AVRO, file)
                    .schema(table.schema())
                    .named("row")
                    .set(table.properties())
                    .build();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
