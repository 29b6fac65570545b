package io.meshwright.bridge.openlineage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

/**
 * How an event gets to a file or to a server. Waits for no server for long, and follows no redirect, which would carry the key elsewhere.
 */
public final class EventTransport
{
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    // an upgrade of a plain connection to HTTP/2 sometimes fails with a protocol error
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(Redirect.NEVER).connectTimeout(TIMEOUT).build();

    /**
     * @param event one JSON document on one line
     */
    public void append(Path file, String event)
            throws IOException
    {
        Files.writeString(file, event + "\n", UTF_8, CREATE, APPEND);
    }

    /**
     * @return the answer's status; one of 2xx says that the event arrived
     * @throws IllegalArgumentException where the address or the key cannot be sent, and maybe with them in its message
     */
    public int post(URI server, Optional<String> apiKey, String event)
            throws IOException, InterruptedException
    {
        HttpRequest.Builder request = HttpRequest.newBuilder(server)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(event));
        apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    public static boolean isArrived(int status)
    {
        return status / 100 == 2;
    }
}
