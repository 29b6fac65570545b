package io.meshwright.cli.demo;

import io.meshwright.cli.output.Console;
import io.meshwright.cli.trino.LocalTrino;
import io.meshwright.cli.trino.LocalTrinoSettings;
import io.meshwright.cli.trino.TrinoFolder;

import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * The servers of a demonstration. They end with the JVM, however it ends, unless they are let go.
 */
final class DemoServers
        implements AutoCloseable
{
    private final DemoFolder folder;
    private final Console console;
    private final Thread stopOnExit = new Thread(this::interrupted);

    private boolean stopped;
    private boolean kept;

    DemoServers(DemoFolder folder, Console console)
    {
        this.folder = requireNonNull(folder, "folder is null");
        this.console = requireNonNull(console, "console is null");
        Runtime.getRuntime().addShutdownHook(stopOnExit);
    }

    /**
     * Starts a server. An end of the JVM waits for it, so that no server starts after all have been ended.
     */
    synchronized <T> T start(Supplier<T> server)
    {
        if (stopped) {
            throw new CancellationException("The demonstration was interrupted");
        }
        return server.get();
    }

    private void interrupted()
    {
        console.error("interrupted: the servers are being ended ...");
        // the story goes on until the JVM has ended, and would complain about every server that is gone
        console.out().close();
        console.err().close();
        stop();
    }

    private synchronized void stop()
    {
        if (!stopped && !kept) {
            stopped = true;
            TrinoFolder trino = LocalTrinoSettings.folderBelow(folder.root().resolve(".mesh"));
            LocalTrino.find(trino).ifPresent(LocalTrino::close);
            LegacyWarehouse.stop(folder.warehouse());
        }
    }

    /**
     * Lets the servers run on after this process.
     */
    synchronized void keep()
    {
        kept = true;
    }

    @Override
    public void close()
    {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(stopOnExit);
        }
        catch (IllegalStateException e) {
            // the JVM is shutting down, so the hook does its work
        }
    }
}
