package io.meshwright.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real Alertmanager that tells nobody.
 */
final class Alertmanager
        implements AutoCloseable
{
    private static final String MODULE = "github.com/prometheus/alertmanager/cmd/alertmanager@v0.28.1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final int port;

    private Alertmanager(Process process, int port)
    {
        this.process = process;
        this.port = port;
    }

    static Alertmanager start(Path directory)
            throws IOException
    {
        Path binary = GoProgram.build("alertmanager", MODULE);
        Files.createDirectories(directory);
        Path configuration = Files.writeString(directory.resolve("alertmanager.yml"), "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
        int port = Processes.freePort();
        Path log = directory.resolve("alertmanager.log");
        Process process = new ProcessBuilder(
                binary.toString(),
                "--config.file=" + configuration,
                "--storage.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Processes.awaitConnection(process, port, Duration.ofSeconds(30), log);
        return new Alertmanager(process, port);
    }

    String address()
    {
        return "http://127.0.0.1:" + port;
    }

    /**
     * The alerts that are not over.
     */
    JsonNode alerts()
            throws IOException, InterruptedException
    {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JSON.readTree(client.send(HttpRequest.newBuilder(URI.create(address() + "/api/v2/alerts")).build(), BodyHandlers.ofString()).body());
        }
    }

    @Override
    public void close()
    {
        Processes.end(process);
    }
}
