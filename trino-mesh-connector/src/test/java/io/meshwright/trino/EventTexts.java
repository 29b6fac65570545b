package io.meshwright.trino;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.airlift.json.ObjectMapperProvider;
import io.trino.spi.eventlistener.EventListener;
import io.trino.spi.eventlistener.QueryCompletedEvent;
import io.trino.spi.eventlistener.QueryCreatedEvent;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What event listeners are told, as text.
 */
final class EventTexts
        implements EventListener
{
    private static final ObjectMapper JSON = new ObjectMapperProvider().get();

    private final Map<String, String> created = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<String>> completed = new ConcurrentHashMap<>();

    @Override
    public void queryCreated(QueryCreatedEvent event)
    {
        created.put(event.getMetadata().getQueryId(), text(event));
    }

    @Override
    public void queryCompleted(QueryCompletedEvent event)
    {
        completed(event.getMetadata().getQueryId()).complete(text(event));
    }

    /**
     * The events of a query, which come a moment after the client has its last row.
     */
    String of(String queryId)
    {
        String end = completed(queryId).orTimeout(30, TimeUnit.SECONDS).join();
        return created.get(queryId) + end;
    }

    private CompletableFuture<String> completed(String queryId)
    {
        return completed.computeIfAbsent(queryId, _ -> new CompletableFuture<>());
    }

    private static String text(Object event)
    {
        try {
            return JSON.writeValueAsString(event);
        }
        catch (JsonProcessingException e) {
            throw new IllegalStateException("An event is no JSON", e);
        }
    }
}
