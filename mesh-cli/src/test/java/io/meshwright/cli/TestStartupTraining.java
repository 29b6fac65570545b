package io.meshwright.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class TestStartupTraining
{
    @Test
    void testTrainsWhatIsMeant(@TempDir Path folder)
            throws Exception
    {
        StartupTraining.writeFiles(folder);
        MeshCommandTester mesh = new MeshCommandTester(folder);
        // a command that stops at an error leaves the classes behind it out of the cache
        for (String line : StartupTraining.COMMANDS) {
            mesh.run(line.split(" ")).exits(ExitCode.OK);
        }
        for (String line : StartupTraining.FAILING_COMMANDS) {
            mesh.run(line.split(" ")).exitCode().isNotZero();
        }
        mesh.run("catalog", "list").exits(ExitCode.OK).output().contains("orders.order-events");
    }
}
