package io.meshwright.bridge.openlineage;

import io.meshwright.model.check.ContractTestReport;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where events go: the variables of OpenLineage's own clients, and a file.
 */
public final class EventSink
{
    private final Optional<String> address;
    private final Optional<String> apiKey;
    private final Optional<String> file;
    private final String namespace;
    private final EventTransport transport = new EventTransport();

    private EventSink(Optional<String> address, Optional<String> apiKey, Optional<String> file, String namespace)
    {
        this.address = requireNonNull(address, "address is null");
        this.apiKey = requireNonNull(apiKey, "apiKey is null");
        this.file = requireNonNull(file, "file is null");
        this.namespace = requireNonNull(namespace, "namespace is null");
    }

    /**
     * Empty where no variable says that events are wanted, or {@code OPENLINEAGE_DISABLED} is true.
     */
    static Optional<EventSink> of(Map<String, String> environment)
    {
        Optional<String> url = variable(environment, "OPENLINEAGE_URL");
        Optional<String> file = variable(environment, "MESH_OPENLINEAGE_FILE");
        if ((url.isEmpty() && file.isEmpty()) || "true".equalsIgnoreCase(environment.get("OPENLINEAGE_DISABLED"))) {
            return Optional.empty();
        }
        String endpoint = variable(environment, "OPENLINEAGE_ENDPOINT").orElse("api/v1/lineage");
        return Optional.of(new EventSink(
                url.map(base -> base.replaceFirst("/+$", "") + "/" + endpoint.replaceFirst("^/+", "")),
                variable(environment, "OPENLINEAGE_API_KEY"),
                file,
                variable(environment, "OPENLINEAGE_NAMESPACE").orElse("mesh")));
    }

    /**
     * Sends what a test found, where events are wanted. A branch is not the product yet, and a partition not all of it, so nobody is told of them.
     *
     * @return why it did not arrive
     */
    public static Optional<String> tell(Map<String, String> environment, ContractTestReport report)
    {
        return report.branch().isPresent() || report.partition().isPresent() ? Optional.empty() : of(environment).flatMap(sink -> sink.send(QualityEvent.json(report, sink.namespace())));
    }

    String namespace()
    {
        return namespace;
    }

    /**
     * The registry's tables are the truth, so an event that does not arrive ends nothing.
     *
     * @return why it did not arrive, without the address, in which a secret may be
     */
    Optional<String> send(String event)
    {
        Optional<String> failure = file.flatMap(name -> append(Path.of(name), event));
        return failure.isPresent() ? failure : address.flatMap(server -> post(server, event));
    }

    private Optional<String> append(Path file, String event)
    {
        try {
            transport.append(file, event);
            return Optional.empty();
        }
        catch (IOException e) {
            return Optional.of("the file of MESH_OPENLINEAGE_FILE cannot be written");
        }
    }

    private Optional<String> post(String server, String event)
    {
        try {
            int status = transport.post(URI.create(server), apiKey, event);
            return EventTransport.isArrived(status) ? Optional.empty() : Optional.of("the server of OPENLINEAGE_URL answered " + status);
        }
        catch (IOException e) {
            return Optional.of("the server of OPENLINEAGE_URL does not answer");
        }
        catch (IllegalArgumentException e) {
            // its message would quote the address or the key
            return Optional.of("OPENLINEAGE_URL or OPENLINEAGE_API_KEY cannot be used");
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private static Optional<String> variable(Map<String, String> environment, String name)
    {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
