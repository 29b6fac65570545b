package io.meshwright.trino.usage;

import java.nio.file.Path;

class TestUsageProcesses
        extends BaseUsageProcessesTest
{
    @Override
    protected String database(Path folder)
    {
        return "jdbc:sqlite:" + folder.resolve("catalog.db");
    }
}
