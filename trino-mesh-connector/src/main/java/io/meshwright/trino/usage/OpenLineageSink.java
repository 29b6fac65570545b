package io.meshwright.trino.usage;

import io.airlift.log.Logger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.util.Objects.requireNonNull;

/**
 * Sends events to a file and to a server, as far as they are configured. The registry's tables are the truth: an event that
 * cannot be sent is logged and not tried again, and one of a server that was killed may come twice.
 */
final class OpenLineageSink
{
    private static final Logger log = Logger.get(OpenLineageSink.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Optional<Path> file;
    private final Optional<URI> server;
    private final Optional<String> apiKey;
    // an upgrade of a plain connection to HTTP/2 sometimes fails with a protocol error
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

    OpenLineageSink(Optional<Path> file, Optional<URI> server, Optional<String> apiKey)
    {
        this.file = requireNonNull(file, "file is null");
        this.server = requireNonNull(server, "server is null");
        this.apiKey = requireNonNull(apiKey, "apiKey is null");
    }

    boolean isConfigured()
    {
        return file.isPresent() || server.isPresent();
    }

    /**
     * @param events one JSON document each
     * @return how many of them did not arrive everywhere
     */
    int send(List<String> events)
    {
        int failed = 0;
        for (int index = 0; index < events.size(); index++) {
            try {
                send(events.get(index));
            }
            catch (IOException e) {
                // one that does not answer is not asked for each of the others
                failed = events.size() - index;
                log.warn("%s OpenLineage events were not sent: %s", failed, e.getMessage());
                break;
            }
            catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return events.size() - index;
            }
        }
        return failed;
    }

    private void send(String event)
            throws IOException, InterruptedException
    {
        if (file.isPresent()) {
            Files.writeString(file.orElseThrow(), event + "\n", UTF_8, CREATE, APPEND);
        }
        if (server.isPresent()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.orElseThrow())
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(event));
            apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
            HttpResponse<Void> response = client.send(request.build(), BodyHandlers.discarding());
            if (response.statusCode() / 100 != 2) {
                throw new IOException("%s answered %s".formatted(server.orElseThrow(), response.statusCode()));
            }
        }
    }
}
