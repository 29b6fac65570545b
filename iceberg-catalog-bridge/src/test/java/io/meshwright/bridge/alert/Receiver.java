package io.meshwright.bridge.alert;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A web server that answers as it is told and keeps what it was sent.
 */
final class Receiver
        implements AutoCloseable
{
    static final int HANG = -1;
    static final int BREAK_OFF = -2;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentLinkedDeque<Integer> answers = new ConcurrentLinkedDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    record Request(String path, Headers headers, String body) {}

    Receiver()
    {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.add(new Request(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            Integer answer = answers.poll();
            int status = answer == null ? 200 : answer;
            if (status == HANG) {
                // the first line of the answer comes, and nothing after it
                exchange.sendResponseHeaders(200, 10);
                exchange.getResponseBody().flush();
                await();
                return;
            }
            if (status == BREAK_OFF) {
                exchange.close();
                return;
            }
            if (status >= 300 && status < 400) {
                exchange.getResponseHeaders().add("Location", address() + "/elsewhere");
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    /**
     * The answers to the next requests; later ones get 200.
     */
    Receiver answers(Integer... statuses)
    {
        answers.addAll(List.of(statuses));
        return this;
    }

    String address()
    {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Request> requests()
    {
        return requests;
    }

    private void await()
    {
        try {
            closed.await();
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close()
    {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
