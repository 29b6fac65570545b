package io.meshwright.trino;

import io.meshwright.leak.Exhibit;
import io.meshwright.leak.Exhibits;
import io.meshwright.leak.Planting;
import io.meshwright.leak.Target;
import io.meshwright.leak.TrinoClient;
import io.meshwright.trino.usage.TestingListeners;
import io.trino.spi.eventlistener.EventListener;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.avro.Avro;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.avro.DataWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Trino in this process with the exhibits of the leak suite, and an event listener whose payloads are searched, too.
 */
final class LeakPlace
        implements Closeable
{
    private final TestingMesh mesh;
    private final EventTexts events = new EventTexts();
    private final TrinoClient client;
    private EventListener usage;

    LeakPlace()
            throws Exception
    {
        mesh = new TestingMesh(1, Map.of(), folder -> {
            // nothing is committed before all is over, so that all of it can be looked at
            usage = TestingListeners.create(Map.of(
                    "mesh.catalog-file", folder.resolve("mesh.properties").toString(),
                    "mesh.usage.spool-directory", folder.resolve("spool").toString(),
                    "mesh.usage.node", "coordinator-1",
                    "mesh.usage.producer-catalogs", "lake",
                    "mesh.usage.batch-interval", "1d",
                    "mesh.usage.shutdown-timeout", "2m"));
            return List.of(events, usage);
        });
        client = new TrinoClient(mesh.runner().getCoordinator().getBaseUrl(), events::of);
        try {
            Path elsewhere = Files.createDirectory(mesh.folder().resolve("elsewhere"));
            mesh.runner().createCatalog("elsewhere", "iceberg", Map.of(
                    "iceberg.catalog.type", "TESTING_FILE_METASTORE",
                    "hive.metastore.catalog.dir", elsewhere.toUri().toString(),
                    "fs.local.enabled", "true",
                    "local.location", "/"));
            mesh.producer("CREATE SCHEMA elsewhere.scratch");
            mesh.runner().installPlugin(new NaiveMeshPlugin());
            mesh.createCatalog("bare", "bare", Map.of());
            mesh.createCatalog("by_name", "by_name", Map.of());
            mesh.createCatalog("told", "told", Map.of());
            Planting.plant(target("mesh"), new Workshop());
            Planting.breakFiles(mesh.folder().resolve("warehouse"));
        }
        catch (Throwable e) {
            close();
            throw e;
        }
    }

    TestingMesh mesh()
    {
        return mesh;
    }

    Target target(String catalog)
    {
        return new Target(client, catalog, "lake", "elsewhere.scratch", Target.USERS);
    }

    /**
     * What waits on the disk, byte by byte.
     */
    String spool()
            throws IOException
    {
        return bytes(mesh.folder().resolve("spool"));
    }

    /**
     * Ends the event listener and returns what it put into the registry: the rows, and the bytes of the files.
     */
    String recordedUsage()
            throws IOException
    {
        usage.shutdown();
        StringBuilder recorded = new StringBuilder();
        for (String table : List.of("reads", "lineage", "heartbeats")) {
            recorded.append(target("mesh").produce("SELECT * FROM {r}." + table)).append('\n');
            recorded.append(bytes(mesh.folder().resolve("warehouse").resolve("mesh").resolve(table)));
        }
        return recorded.toString();
    }

    private static String bytes(Path folder)
            throws IOException
    {
        StringBuilder bytes = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes.append(Files.readString(file, StandardCharsets.ISO_8859_1)).append('\n');
            }
        }
        return bytes.toString();
    }

    @Override
    public void close()
            throws IOException
    {
        client.close();
        mesh.close();
    }

    private final class Workshop
            implements Planting.Workshop
    {
        @Override
        public void register(Exhibit exhibit)
        {
            mesh.register(exhibit.specification(), exhibit.contract(), Optional.empty());
        }

        @Override
        public void refer(String table, long snapshotId)
        {
            mesh.catalog().catalog().loadTable(TableIdentifier.of(Exhibits.SCHEMA, table)).manageSnapshots()
                    .createBranch("former", snapshotId)
                    .createTag("release", snapshotId)
                    .commit();
        }

        @Override
        public void deleteByEmail(String table, String email)
                throws IOException
        {
            Table deleted = mesh.catalog().catalog().loadTable(TableIdentifier.of(Exhibits.SCHEMA, table));
            Schema key = deleted.schema().select("email");
            EqualityDeleteWriter<Record> writer = Avro.writeDeletes(deleted.io().newOutputFile(deleted.location() + "/data/equality-deletes.avro"))
                    .forTable(deleted)
                    .rowSchema(key)
                    .createWriterFunc(DataWriter::create)
                    .equalityFieldIds(key.findField("email").fieldId())
                    .buildEqualityWriter();
            try (writer) {
                writer.write(GenericRecord.create(key).copy(Map.of("email", email)));
            }
            deleted.newRowDelta().addDeletes(writer.toDeleteFile()).commit();
        }
    }
}
