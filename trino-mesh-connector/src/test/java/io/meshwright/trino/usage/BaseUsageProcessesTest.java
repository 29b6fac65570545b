package io.meshwright.trino.usage;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.usage.HeartbeatRow;
import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.bridge.usage.UsageTables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

abstract class BaseUsageProcessesTest
{
    private static final int KILLS = 5;

    @TempDir
    private Path folder;

    /**
     * The address of an empty database.
     */
    protected abstract String database(Path folder)
            throws Exception;

    @BeforeEach
    void tellTheProcesses()
            throws Exception
    {
        TestingUsage.useCatalogIn(folder, database(folder));
    }

    @Test
    void testAServerKilledAtAnyPointLosesAndDoublesNothing()
            throws Exception
    {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < KILLS; round++) {
            Path output = folder.resolve("output " + round);
            Path errors = folder.resolve("errors " + round);
            Process writer = UsageWriter.start(folder, Integer.toString(round), output, errors);
            while (writer.isAlive() && Files.size(output) == 0) {
                writer.waitFor(5, TimeUnit.MILLISECONDS);
            }
            writer.waitFor(200 + random.nextInt(1500), TimeUnit.MILLISECONDS);
            writer.destroyForcibly().waitFor();
            assertThat(writer.exitValue()).as("ended by the signal, not by itself; seed %s; it said: %s", seed, Files.readString(errors)).isEqualTo(128 + 9);
            String text = Files.readString(output);
            List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
            assertThat(lines).first().isEqualTo("ready");
            acknowledged.addAll(lines.subList(1, lines.size()));
        }
        UsageWriter.finish(folder);

        try (MeshCatalog catalog = TestingUsage.open(folder);
                UsageSpool spool = new UsageSpool(folder.resolve("spool"), 1 << 20)) {
            assertThat(spool.sealed()).as("what is left on the disk; seed %s", seed).isEmpty();
            List<ReadRow> reads = new UsageTables(catalog).reads(_ -> true);
            assertThat(reads).extracting(ReadRow::queryId).as("seed %s", seed).doesNotHaveDuplicates().containsAll(acknowledged);
            assertThat(acknowledged).as("queries in all rounds").hasSizeGreaterThan(KILLS);
            assertThat(new UsageTables(catalog).heartbeats(_ -> true)).extracting(HeartbeatRow::batchId).as("seed %s", seed).doesNotHaveDuplicates().isNotEmpty();
        }
    }

    @Test
    void testASegmentThatWasCommittedButNotDeleted()
            throws Exception
    {
        try (UsageSpool spool = new UsageSpool(folder.resolve("spool"), 1 << 20)) {
            spool.append(List.of(SpoolLine.of(TestingUsage.usage("q-1")), SpoolLine.of(TestingUsage.usage("q-2"))));
            spool.seal(TestingUsage.heartbeat(spool.openId()));
            Path segment = spool.sealed().getFirst().file();
            Files.copy(segment, folder.resolve("copy"));
        }
        UsageWriter.finish(folder);
        try (UsageSpool spool = new UsageSpool(folder.resolve("spool"), 1 << 20)) {
            assertThat(spool.sealed()).isEmpty();
        }
        try (MeshCatalog catalog = TestingUsage.open(folder)) {
            String id = new UsageTables(catalog).heartbeats(_ -> true).getFirst().batchId();
            Files.move(folder.resolve("copy"), folder.resolve("spool").resolve(id + ".sealed"));
            UsageWriter.finish(folder);
            assertThat(folder.resolve("spool").resolve(id + ".sealed")).doesNotExist();
            assertThat(new UsageTables(catalog).reads(_ -> true)).extracting(ReadRow::queryId).containsExactlyInAnyOrder("q-1", "q-2");
            assertThat(new UsageTables(catalog).heartbeats(_ -> true)).hasSize(1);
        }
    }
}
