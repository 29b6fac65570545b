package io.meshwright.trino;

import io.meshwright.leak.Exhibit;
import io.meshwright.leak.Exhibits;
import io.meshwright.leak.Planting;
import io.meshwright.leak.Target;
import io.meshwright.leak.TrinoClient;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Trino in this process with the exhibits of the leak suite, and an event listener whose payloads are searched, too.
 */
final class LeakPlace
        implements Closeable
{
    private final TestingMesh mesh;
    private final EventTexts events = new EventTexts();
    private final TrinoClient client;

    LeakPlace()
            throws Exception
    {
        mesh = new TestingMesh(1, Map.of(), _ -> List.of(events));
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
