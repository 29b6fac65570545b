package io.meshwright.bridge.alert;

import io.meshwright.bridge.alert.Attempts.Failure;
import io.meshwright.bridge.config.HookSettings;
import io.meshwright.model.finding.MeshException;

import javax.net.ssl.SSLException;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

/**
 * Posts JSON to the address of a hook. Redirects are not followed: they would carry the headers, and with them secrets, elsewhere.
 * Nothing that the receiver answers, and neither address nor header, goes into a message.
 */
final class HttpPost
{
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private final HookSettings settings;
    private final HttpClient client;

    HttpPost(HookSettings settings)
    {
        this.settings = requireNonNull(settings, "settings is null");
        this.client = HttpClient.newBuilder()
                .followRedirects(Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeout())
                .build();
    }

    /**
     * @param path appended to the configured address
     */
    Optional<Failure> post(String path, String json, String deliveryKey)
            throws InterruptedException
    {
        HttpRequest request;
        try {
            URI address = settings.address(path);
            HttpRequest.Builder builder = HttpRequest.newBuilder(address)
                    .timeout(settings.timeout())
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "meshwright")
                    .header("Idempotency-Key", deliveryKey)
                    .POST(BodyPublishers.ofString(json));
            settings.headers().forEach((name, value) -> builder.setHeader(name, value.resolve()));
            request = builder.build();
        }
        catch (MeshException e) {
            return Optional.of(new Failure(e.getMessage(), true));
        }
        catch (IllegalArgumentException e) {
            // its message would quote the header's value
            return Optional.of(new Failure("its address or one of its headers cannot be sent", true));
        }
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, BodyHandlers.discarding());
        try {
            // the request's own limit ends with the first line of the answer, and a receiver may never come to the last
            return judge(answer.get(settings.timeout().toMillis(), MILLISECONDS).statusCode());
        }
        catch (TimeoutException e) {
            return Optional.of(noAnswer());
        }
        catch (ExecutionException e) {
            return Optional.of(failure(e.getCause()));
        }
        finally {
            answer.cancel(true);
        }
    }

    private static Optional<Failure> judge(int status)
    {
        if (status >= 200 && status < 300) {
            return Optional.empty();
        }
        if (status >= 300 && status < 400) {
            return Optional.of(new Failure("it answered %s, and redirects are not followed".formatted(status), true));
        }
        boolean lasting = status < 500 && status != REQUEST_TIMEOUT && status != TOO_MANY_REQUESTS;
        return Optional.of(new Failure("it answered " + status, lasting));
    }

    private Failure failure(Throwable cause)
    {
        if (cause instanceof HttpTimeoutException) {
            return noAnswer();
        }
        if (cause instanceof ConnectException) {
            return new Failure("nobody answers at its address", false);
        }
        if (cause instanceof SSLException) {
            return new Failure("no secure connection: its certificate is not accepted, or it speaks no TLS", false);
        }
        return new Failure("the connection broke off (%s)".formatted(cause.getClass().getSimpleName()), false);
    }

    private Failure noAnswer()
    {
        return new Failure("no answer within %s s".formatted(settings.timeout().toSeconds()), false);
    }
}
