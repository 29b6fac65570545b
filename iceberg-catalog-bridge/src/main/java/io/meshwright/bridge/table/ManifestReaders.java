package io.meshwright.bridge.table;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that read manifests for the registry's tables. Iceberg's own pool ends when the JVM begins to, which is when what
 * is left is written.
 */
final class ManifestReaders
{
    static final ExecutorService POOL = pool();

    private ManifestReaders() {}

    private static ExecutorService pool()
    {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(4, 4, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "mesh-manifests");
            thread.setDaemon(true);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
