package io.meshwright.bridge.registry;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.table.RowTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static io.meshwright.bridge.registry.Registration.Outcome.CREATED;
import static io.meshwright.bridge.registry.TestIcebergProductRegistry.draft;
import static org.assertj.core.api.Assertions.assertThat;

class TestRegistryProcesses
{
    private static final int KILLS = 6;

    @TempDir
    private Path folder;

    @Test
    void testAWriterKilledAtAnyPointLeavesTheOldOrTheNewState()
            throws Exception
    {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> confirmed = new ArrayList<>();
        for (int round = 0; round < KILLS; round++) {
            Path output = folder.resolve("output " + round);
            Process writer = Registrar.start(folder, "killed", Integer.MAX_VALUE, output);
            while (writer.isAlive() && Files.size(output) == 0) {
                writer.waitFor(5, TimeUnit.MILLISECONDS);
            }
            // in the first rounds the table itself is being created
            writer.waitFor(round < 2 ? random.nextInt(150) : random.nextInt(1500), TimeUnit.MILLISECONDS);
            writer.destroyForcibly().waitFor();
            // a last line without its end was not confirmed yet
            String text = Files.readString(output);
            List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
            assertThat(lines).first().isEqualTo("ready");
            confirmed.addAll(lines.subList(1, lines.size()));
            assertThat(writer.exitValue()).as("ended by the signal, not by itself; seed %s", seed).isEqualTo(128 + 9);
            assertWhole(confirmed, seed);
        }
        try (MeshCatalog catalog = Registrar.open(folder)) {
            assertThat(new IcebergProductRegistry(catalog).register(draft("domain.next", "text"), 0).outcome()).isEqualTo(CREATED);
        }
    }

    @Test
    void testProcessesShareOneDatabaseFile()
            throws Exception
    {
        int processes = 4;
        int registrations = 6;
        List<Process> writers = IntStream.range(0, processes)
                .mapToObj(number -> Registrar.start(folder, "writer" + number, registrations, folder.resolve("output " + number)))
                .toList();
        for (int number = 0; number < processes; number++) {
            assertThat(writers.get(number).waitFor()).as(Files.readString(folder.resolve("output " + number))).isEqualTo(0);
            assertThat(Files.readAllLines(folder.resolve("output " + number))).hasSize(1 + registrations);
        }
        try (MeshCatalog catalog = Registrar.open(folder)) {
            RegistryView view = new IcebergProductRegistry(catalog).current();
            assertThat(view.products()).hasSize(processes * 3).allSatisfy(product -> assertThat(product.revision()).isEqualTo(registrations / 3));
        }
    }

    private void assertWhole(List<String> confirmed, long seed)
            throws IOException
    {
        try (MeshCatalog catalog = Registrar.open(folder)) {
            List<ProductRow> rows = new RowTable<>(catalog, ProductRow.TABLE, ProductRow.SCHEMA).read().rows();
            List<String> registered = rows.stream().map(row -> row.address() + " " + row.revision()).toList();
            assertThat(registered).as("seed %s", seed).doesNotHaveDuplicates().containsAll(confirmed);
            RegistryView view = new IcebergProductRegistry(catalog).current();
            for (ProductRow product : view.products()) {
                List<ProductRow> history = rows.stream().filter(row -> row.address().equals(product.address())).toList();
                assertThat(history).as("seed %s", seed).extracting(ProductRow::revision)
                        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, product.revision()).boxed().toList());
            }
            for (ProductRow row : rows) {
                ProductDraft draft = draft(row.address(), row.specBody());
                assertThat(row.productHash()).as("seed %s", seed).isEqualTo(draft.hash());
                assertThat(row.contracts()).isEqualTo(draft.contracts());
            }
        }
    }
}
