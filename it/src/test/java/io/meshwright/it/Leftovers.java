package io.meshwright.it;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static java.util.Objects.requireNonNull;

/**
 * The processes that a command left running: those it was seen to start, and those whose command line names its folder.
 */
public final class Leftovers
{
    private final Path folder;
    private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();

    public Leftovers(Path folder)
    {
        this.folder = requireNonNull(folder, "folder is null");
    }

    /**
     * Notes the descendants of a process until it ends.
     */
    public void watch(Process process)
    {
        Thread.ofVirtual().start(() -> {
            try {
                do {
                    process.descendants().forEach(seen::add);
                }
                while (!process.waitFor(100, TimeUnit.MILLISECONDS));
            }
            catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /**
     * The command lines of what still runs. A process that is just ending gets some seconds.
     */
    public List<String> running()
    {
        return ProcessHandle.allProcesses()
                .filter(process -> seen.contains(process) || process.info().commandLine().orElse("").contains(folder.toString()))
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(Leftovers::runsOn)
                .map(process -> process.pid() + " " + process.info().commandLine().orElse(""))
                .toList();
    }

    private static boolean runsOn(ProcessHandle process)
    {
        // one that has ended and that nobody waited for has no program any more
        if (process.info().command().isEmpty()) {
            return false;
        }
        try {
            process.onExit().get(3, TimeUnit.SECONDS);
            return false;
        }
        catch (TimeoutException e) {
            return process.info().command().isPresent();
        }
        catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
