package io.meshwright.leak;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * A client of Trino's protocol that keeps every byte of what the server says. A driver would show the parts it understands.
 */
public final class TrinoClient
        implements AutoCloseable
{
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BOUND = Duration.ofMinutes(2);

    private final URI server;
    private final Function<String, String> observers;
    // an upgrade of a plain connection to HTTP/2 sometimes fails with a protocol error
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();

    /**
     * @param observers by a query's id, what others were told about it, for example event listeners
     */
    public TrinoClient(URI server, Function<String, String> observers)
    {
        this.server = requireNonNull(server, "server is null");
        this.observers = requireNonNull(observers, "observers is null");
    }

    Answer run(String user, Map<String, String> session, Map<String, String> prepared, String sql)
    {
        HttpRequest.Builder request = request(server.resolve("/v1/statement"), user)
                .header("X-Trino-Source", "leak-suite")
                .header("X-Trino-Time-Zone", "UTC")
                .header("X-Trino-Client-Capabilities", "PARAMETRIC_DATETIME,SESSION_AUTHORIZATION")
                .POST(HttpRequest.BodyPublishers.ofString(sql));
        if (!session.isEmpty()) {
            request.header("X-Trino-Session", encoded(session));
        }
        if (!prepared.isEmpty()) {
            request.header("X-Trino-Prepared-Statement", encoded(prepared));
        }

        StringBuilder responses = new StringBuilder();
        Map<String, String> added = new HashMap<>();
        List<String> columns = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        Optional<String> error = Optional.empty();
        String queryId = "";
        HttpResponse<String> response = send(request.build());
        while (true) {
            responses.append(response.headers().map()).append('\n').append(response.body()).append('\n');
            if (response.statusCode() != 200) {
                throw new IllegalStateException("The server answered %s to: %s%n%s".formatted(response.statusCode(), sql, response.body()));
            }
            response.headers().allValues("X-Trino-Added-Prepare").forEach(header ->
                    added.put(decode(header.substring(0, header.indexOf('='))), decode(header.substring(header.indexOf('=') + 1))));
            JsonNode results = parse(response.body());
            queryId = results.path("id").asText();
            if (results.has("columns") && columns.isEmpty()) {
                results.path("columns").forEach(column -> columns.add(column.path("name").asText()));
            }
            if (results.has("data")) {
                rows.addAll(JSON.convertValue(results.path("data"), new TypeReference<List<List<Object>>>() {}));
            }
            if (results.has("error")) {
                error = Optional.of(results.path("error").path("message").asText());
            }
            if (!results.has("nextUri")) {
                break;
            }
            response = send(request(URI.create(results.path("nextUri").asText()), user).GET().build());
        }
        return new Answer(queryId, columns, rows, error, responses.toString(), details(user, queryId), added);
    }

    private String details(String user, String queryId)
    {
        HttpResponse<String> response = send(request(server.resolve("/v1/query/" + queryId), user).GET().build());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("The server answered %s to the details of query %s: %s".formatted(response.statusCode(), queryId, response.body()));
        }
        return response.body() + observers.apply(queryId);
    }

    private HttpRequest.Builder request(URI uri, String user)
    {
        return HttpRequest.newBuilder(uri).timeout(BOUND).header("X-Trino-User", user);
    }

    private HttpResponse<String> send(HttpRequest request)
    {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            while (response.statusCode() == 503) {
                response = client.send(request, HttpResponse.BodyHandlers.ofString());
            }
            return response;
        }
        catch (IOException e) {
            throw new UncheckedIOException("No answer from " + request.uri(), e);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking " + request.uri(), e);
        }
    }

    private static JsonNode parse(String body)
    {
        try {
            return JSON.readTree(body);
        }
        catch (IOException e) {
            throw new UncheckedIOException("Not JSON: " + body, e);
        }
    }

    private static String encoded(Map<String, String> values)
    {
        return values.entrySet().stream()
                .map(entry -> URLEncoder.encode(entry.getKey(), UTF_8) + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining(","));
    }

    private static String decode(String text)
    {
        return URLDecoder.decode(text, UTF_8);
    }

    @Override
    public void close()
    {
        client.close();
    }
}
