package io.meshwright.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * A coordinator, which runs no splits, and a worker, both of the distribution's jars, with catalogs as an administrator
 * writes them. The launcher starts single nodes only.
 */
public final class TrinoCluster
        implements AutoCloseable
{
    private static final Duration START = Duration.ofMinutes(5);
    private static final String KEY_RING = "meshwright-key-ring 1\ncurrent 1\nkey 1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";

    private final Path folder;
    private final URI uri;
    private final List<Process> processes = new ArrayList<>();

    private TrinoCluster(Path folder, URI uri)
    {
        this.folder = requireNonNull(folder, "folder is null");
        this.uri = requireNonNull(uri, "uri is null");
    }

    /**
     * @param catalogs properties by catalog; {@code mesh} gets a key ring
     * @param groups lines of a group file
     */
    public static TrinoCluster start(Path folder, Map<String, Map<String, String>> catalogs, String groups)
            throws Exception
    {
        int port = freePort();
        TrinoCluster cluster = new TrinoCluster(folder, URI.create("http://127.0.0.1:" + port));
        Path keyRing = folder.resolve("keys");
        Files.writeString(keyRing, KEY_RING);
        Files.setPosixFilePermissions(keyRing, PosixFilePermissions.fromString("rw-------"));
        try {
            cluster.startNode("coordinator", port, catalogs, groups);
            int workerPort = freePort();
            cluster.startNode("worker", workerPort, catalogs, groups);
            try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build()) {
                cluster.await("started node", () -> isStarted(client, port) && isStarted(client, workerPort));
            }
            return cluster;
        }
        catch (Throwable e) {
            cluster.close();
            throw e;
        }
    }

    public URI uri()
    {
        return uri;
    }

    private void startNode(String name, int port, Map<String, Map<String, String>> catalogs, String groups)
            throws IOException
    {
        boolean coordinator = name.equals("coordinator");
        Path etc = Files.createDirectories(folder.resolve(name).resolve("etc"));
        Files.writeString(etc.resolve("groups.txt"), groups);
        write(etc.resolve("group-provider.properties"), Map.of("group-provider.name", "mesh-file", "group-file", etc.resolve("groups.txt").toString()));
        write(etc.resolve("config.properties"), Map.of(
                "node.environment", "it",
                "node.id", name,
                "node.internal-address", "127.0.0.1",
                "coordinator", Boolean.toString(coordinator),
                "http-server.http.port", Integer.toString(port),
                "discovery.uri", uri.toString(),
                "plugin.dir", Mesh.HOME.resolve("trino/plugin").toString(),
                "catalog.config-dir", etc.resolve("catalog").toString()));
        if (coordinator) {
            Files.writeString(etc.resolve("config.properties"), Files.readString(etc.resolve("config.properties")) + "node-scheduler.include-coordinator=false\n");
        }
        Files.writeString(etc.resolve("log.properties"), "io.trino=INFO\n");
        Files.createDirectories(etc.resolve("catalog"));
        for (Map.Entry<String, Map<String, String>> catalog : catalogs.entrySet()) {
            Path file = etc.resolve("catalog").resolve(catalog.getKey() + ".properties");
            write(file, catalog.getValue());
            if (catalog.getValue().get("connector.name").equals("mesh")) {
                Files.writeString(file, Files.readString(file) + "mesh.token.key-file=" + folder.resolve("keys") + "\n");
            }
        }

        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseG1GC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Duser.timezone=UTC",
                "-Djdk.attach.allowAttachSelf=true",
                "@" + Mesh.HOME.resolve("trino/jvm.options"),
                "-Dconfig=" + etc.resolve("config.properties"),
                "-Dlog.levels-file=" + etc.resolve("log.properties"),
                "io.meshwright.runtime.TrinoServer");
        builder.environment().put("CLASSPATH", Mesh.HOME.resolve("trino/lib") + "/*");
        builder.directory(folder.resolve(name).toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(folder.resolve(name).resolve("server.log").toFile());
        processes.add(builder.start());
    }

    /**
     * Waits for something that the nodes do by themselves, as long as they live.
     */
    public void await(String what, BooleanSupplier condition)
            throws Exception
    {
        long end = System.nanoTime() + START.toNanos();
        while (!condition.getAsBoolean()) {
            for (Process process : processes) {
                if (process.waitFor(250, TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("A Trino process ended with %s%n%s".formatted(process.exitValue(), logs()));
                }
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("No %s after %s%n%s".formatted(what, START, logs()));
            }
        }
    }

    private static boolean isStarted(HttpClient client, int port)
    {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/v1/info".formatted(port))).timeout(Duration.ofSeconds(5)).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body().replace(" ", "").contains("\"starting\":false");
        }
        catch (IOException e) {
            return false;
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Trino started", e);
        }
    }

    private String logs()
            throws IOException
    {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(file -> file.endsWith("server.log"))
                    .map(TrinoCluster::read)
                    .collect(Collectors.joining("\n---\n"));
        }
    }

    private static String read(Path file)
    {
        try {
            return Files.readString(file);
        }
        catch (IOException e) {
            return e.toString();
        }
    }

    private static void write(Path file, Map<String, String> properties)
            throws IOException
    {
        Files.writeString(file, properties.entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue() + "\n")
                .collect(Collectors.joining()));
    }

    private static int freePort()
            throws IOException
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close()
            throws InterruptedException
    {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
