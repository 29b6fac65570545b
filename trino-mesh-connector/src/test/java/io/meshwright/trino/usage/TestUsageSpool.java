package io.meshwright.trino.usage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import static com.google.common.collect.MoreCollectors.onlyElement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestUsageSpool
{
    @TempDir
    private Path folder;

    @Test
    void testLinesAreReadAsWritten()
            throws IOException
    {
        try (UsageSpool spool = new UsageSpool(folder.resolve("spool"), 1 << 20)) {
            assertThat(spool.sealed()).isEmpty();
            spool.append(List.of(SpoolLine.of(TestingUsage.usage("q-1"))));
            assertThat(spool.sealed()).as("before it is sealed").isEmpty();
            SpoolLine heartbeat = TestingUsage.heartbeat(spool.openId());
            spool.seal(heartbeat);
            UsageSpool.Segment segment = spool.sealed().stream().collect(onlyElement());
            assertThat(UsageSpool.read(segment)).containsExactly(SpoolLine.of(TestingUsage.usage("q-1")), heartbeat);
            assertThat(segment.id()).isEqualTo(heartbeat.heartbeat().orElseThrow().batchId());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(segment.file()))).isEqualTo("rw-------");
            spool.delete(segment);
            assertThat(spool.bytes()).isZero();
        }
    }

    @Test
    void testALineWithoutItsEndWasNeverAcknowledged()
            throws IOException
    {
        try (UsageSpool spool = new UsageSpool(folder, 1 << 20)) {
            spool.append(List.of(SpoolLine.of(TestingUsage.usage("q-1"))));
            Files.writeString(folder.resolve(spool.openId() + ".open"), "{\"usage\":{\"queryId\":\"q-2", StandardOpenOption.APPEND);
        }
        try (UsageSpool spool = new UsageSpool(folder, 1 << 20)) {
            assertThat(UsageSpool.read(spool.sealed().getFirst())).containsExactly(SpoolLine.of(TestingUsage.usage("q-1")));
        }
    }

    @Test
    void testADamagedSegmentIsSetAside()
            throws Exception
    {
        try (UsageSpool spool = new UsageSpool(folder.resolve("spool"), 1 << 20)) {
            spool.append(List.of(SpoolLine.of(TestingUsage.usage("q-1"))));
            Files.writeString(folder.resolve("spool").resolve(spool.openId() + ".open"), "no json\n{}\n", StandardOpenOption.APPEND);
        }
        try (UsageSpool spool = new UsageSpool(folder.resolve("spool"), 1 << 20)) {
            UsageSpool.Segment segment = spool.sealed().getFirst();
            assertThatThrownBy(() -> UsageSpool.read(segment)).hasMessageStartingWith("Segment " + segment.id() + " is damaged: Not a JSON document");
        }
        UsageWriter.finish(folder);
        try (UsageSpool spool = new UsageSpool(folder.resolve("spool"), 1 << 20)) {
            assertThat(spool.sealed()).isEmpty();
            assertThat(Files.list(folder.resolve("spool")).map(Path::toString)).anyMatch(file -> file.endsWith(".damaged"));
        }
    }

    @Test
    void testAFolderHasOneUser()
            throws IOException
    {
        try (UsageSpool _ = new UsageSpool(folder, 1 << 20)) {
            assertThatThrownBy(() -> new UsageSpool(folder, 1 << 20)).hasMessage("The folder %s is used by another event listener".formatted(folder));
        }
        new UsageSpool(folder, 1 << 20).close();
    }

    @Test
    void testItsSizeIsBounded()
            throws IOException
    {
        try (UsageSpool spool = new UsageSpool(folder, 2_000)) {
            spool.append(List.of(SpoolLine.of(TestingUsage.usage("q-1"))));
            assertThatThrownBy(() -> spool.append(List.of(SpoolLine.of(TestingUsage.usage("q-2")), SpoolLine.of(TestingUsage.usage("q-3")))))
                    .hasMessage("the spool has reached its size of 2000 bytes");
            spool.seal(TestingUsage.heartbeat(spool.openId()));
            assertThat(UsageSpool.read(spool.sealed().getFirst())).as("there is room for the heartbeat, which tells what was lost").hasSize(2);
        }
    }
}
