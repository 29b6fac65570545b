package io.meshwright.trino.usage;

import io.airlift.log.Logger;
import io.meshwright.bridge.openlineage.EventTransport;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Sends events to a file and to a server, as far as they are configured. The registry's tables are the truth: an event that
 * cannot be sent is logged and not tried again, and one of a server that was killed may come twice.
 */
final class OpenLineageSink
{
    private static final Logger log = Logger.get(OpenLineageSink.class);

    private final Optional<Path> file;
    private final Optional<URI> server;
    private final Optional<String> apiKey;
    private final EventTransport transport = new EventTransport();

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
            transport.append(file.orElseThrow(), event);
        }
        if (server.isPresent()) {
            int status = transport.post(server.orElseThrow(), apiKey, event);
            if (!EventTransport.isArrived(status)) {
                throw new IOException("%s answered %s".formatted(server.orElseThrow(), status));
            }
        }
    }
}
