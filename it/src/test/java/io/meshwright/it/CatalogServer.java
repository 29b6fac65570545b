package io.meshwright.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A real catalog server in a process of its own, from the artifacts that module {@code runtime/catalog-servers} names.
 */
final class CatalogServer
        implements AutoCloseable
{
    private static final Path ARTIFACTS = Mesh.REPOSITORY.resolve("runtime/catalog-servers/target");
    private static final Duration START = Duration.ofMinutes(2);

    private final Process process;
    private final int port;

    private CatalogServer(Process process, int port)
    {
        this.process = process;
        this.port = port;
    }

    /**
     * Iceberg's own test server, its catalog in an SQLite file below the folder.
     *
     * @param properties of its catalog
     */
    static CatalogServer icebergRest(Path folder, Map<String, String> properties)
            throws IOException
    {
        int port = Processes.freePort();
        Map<String, String> environment = new HashMap<>();
        properties.forEach((name, value) -> environment.put(variable(name), value));
        environment.put(variable("rest.port"), String.valueOf(port));
        environment.put(variable("uri"), "jdbc:sqlite:" + folder.resolve("rest.db"));
        return start(folder.resolve("rest.log"), port, environment, List.of("-cp", artifact("class-path"), "org.apache.iceberg.rest.RESTCatalogServer"));
    }

    /**
     * Nessie with its versions in memory and the warehouse {@code lake} at the location. It signs no requests for its clients,
     * which bring their own credentials.
     */
    static CatalogServer nessie(Path folder, ObjectStore store, String location)
            throws IOException
    {
        int port = Processes.freePort();
        List<String> arguments = new ArrayList<>();
        Map.of(
                "quarkus.http.host", "127.0.0.1",
                "quarkus.http.port", String.valueOf(port),
                "quarkus.management.port", String.valueOf(Processes.freePort()),
                "nessie.version.store.type", "IN_MEMORY",
                "nessie.catalog.default-warehouse", "lake",
                "nessie.catalog.warehouses.lake.location", location).forEach((name, value) -> arguments.add("-D" + name + "=" + value));
        String s3 = "-Dnessie.catalog.service.s3.default-options.";
        arguments.add(s3 + "endpoint=" + store.endpoint());
        arguments.add(s3 + "path-style-access=true");
        arguments.add(s3 + "region=us-east-1");
        arguments.add(s3 + "request-signing-enabled=false");
        arguments.add(s3 + "access-key=urn:nessie-secret:quarkus:store");
        arguments.add("-Dstore.name=" + ObjectStore.ACCESS_KEY);
        arguments.add("-Dstore.secret=" + ObjectStore.SECRET_KEY);
        arguments.add("-Xmx512m");
        arguments.addAll(List.of("-jar", artifact("nessie-runner")));
        return start(folder.resolve("nessie.log"), port, Map.of(), arguments);
    }

    String uri()
    {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close()
    {
        Processes.end(process);
    }

    private static CatalogServer start(Path log, int port, Map<String, String> environment, List<String> arguments)
            throws IOException
    {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(log.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Processes.awaitConnection(process, port, START, log);
        return new CatalogServer(process, port);
    }

    private static String artifact(String name)
            throws IOException
    {
        Path file = ARTIFACTS.resolve(name);
        if (!Files.exists(file)) {
            throw Requirements.missing("the catalog servers", "run: ./mvnw verify -pl runtime/catalog-servers");
        }
        try {
            return Files.readString(file).strip();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How the test server spells a property as a variable.
     */
    private static String variable(String property)
    {
        return "CATALOG_" + property.replace("-", "__").replace(".", "_").toUpperCase(Locale.ROOT);
    }
}
