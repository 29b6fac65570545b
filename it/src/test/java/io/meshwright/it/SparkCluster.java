package io.meshwright.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A standalone cluster: a master and two workers of one core and one gigabyte each.
 */
final class SparkCluster
        implements AutoCloseable
{
    private final String master;
    private final List<SparkProcess> workers = new ArrayList<>();
    private final List<SparkProcess> all = new ArrayList<>();

    private SparkCluster(String master)
    {
        this.master = requireNonNull(master, "master is null");
    }

    static SparkCluster start(StockSpark spark, Path folder)
            throws Exception
    {
        Files.createDirectories(folder);
        String port = String.valueOf(Processes.freePort());
        SparkCluster cluster = new SparkCluster("spark://127.0.0.1:" + port);
        try {
            SparkProcess leader = SparkProcess.start(spark, folder, "master", List.of(
                    "spark-class", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", port, "--webui-port", "0"));
            cluster.all.add(leader);
            for (int number = 1; number <= 2; number++) {
                SparkProcess worker = SparkProcess.start(spark, folder, "worker" + number, List.of(
                        "spark-class",
                        "org.apache.spark.deploy.worker.Worker",
                        "--host",
                        "127.0.0.1",
                        "--cores",
                        "1",
                        "--memory",
                        "1G",
                        "--webui-port",
                        "0",
                        "--work-dir",
                        folder.resolve("work" + number).toString(),
                        cluster.master));
                cluster.all.add(worker);
                cluster.workers.add(worker);
            }
            for (SparkProcess worker : cluster.workers) {
                worker.await("Successfully registered with master");
            }
            return cluster;
        }
        catch (Throwable e) {
            cluster.close();
            throw e;
        }
    }

    String master()
    {
        return master;
    }

    /**
     * Stops an executor of the only application in the middle of whatever it does: a task that is given to it cannot end.
     */
    ProcessHandle freeze(String executorId)
            throws IOException, InterruptedException
    {
        ProcessHandle executor = executors()
                .filter(process -> process.info().commandLine().orElseThrow().contains(" --executor-id " + executorId + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No process of executor " + executorId));
        assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(executor.pid())).start().waitFor()).isZero();
        return executor;
    }

    /**
     * Waits until no executor is left, so that the next application gets all cores.
     */
    void awaitIdle()
            throws InterruptedException
    {
        List<ProcessHandle> running = executors().toList();
        for (ProcessHandle executor : running) {
            try {
                executor.onExit().get(60, TimeUnit.SECONDS);
            }
            catch (ExecutionException | TimeoutException e) {
                throw new AssertionError("An executor runs on: " + executor.info().commandLine(), e);
            }
        }
    }

    @Override
    public void close()
    {
        all.reversed().forEach(SparkProcess::close);
    }

    private Stream<ProcessHandle> executors()
    {
        return workers.stream()
                .flatMap(worker -> worker.process().descendants())
                .filter(process -> Optional.of(process.info()).flatMap(ProcessHandle.Info::commandLine).orElse("").contains("CoarseGrainedExecutorBackend"));
    }
}
