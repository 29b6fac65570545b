package io.meshwright.trino.usage;

import io.airlift.log.Logger;
import io.trino.spi.eventlistener.EventListener;
import io.trino.spi.eventlistener.QueryCompletedEvent;
import io.trino.spi.eventlistener.QueryCreatedEvent;

import java.io.IOException;
import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * Hears of every query that ended. Whatever goes wrong here, the query does not notice.
 */
final class MeshEventListener
        implements EventListener
{
    private static final Logger log = Logger.get(MeshEventListener.class);

    private final QueryUsages usages;
    private final UsageRecorder recorder;
    private final UsageCommitter committer;
    private final UsageSpool spool;
    private final Duration shutdownTimeout;

    MeshEventListener(QueryUsages usages, UsageRecorder recorder, UsageCommitter committer, UsageSpool spool, Duration shutdownTimeout)
    {
        this.usages = requireNonNull(usages, "usages is null");
        this.recorder = requireNonNull(recorder, "recorder is null");
        this.committer = requireNonNull(committer, "committer is null");
        this.spool = requireNonNull(spool, "spool is null");
        this.shutdownTimeout = requireNonNull(shutdownTimeout, "shutdownTimeout is null");
    }

    void start()
    {
        recorder.start();
        committer.start();
    }

    @Override
    public void queryCreated(QueryCreatedEvent event)
    {
        recorder.began();
    }

    @Override
    public void queryCompleted(QueryCompletedEvent event)
    {
        recorder.ended();
        try {
            usages.of(event).ifPresent(recorder::offer);
        }
        catch (RuntimeException e) {
            recorder.lose(1, "the event of a query was not understood: " + e);
            log.error(e, "The usage of query %s could not be recorded", event.getMetadata().getQueryId());
        }
    }

    @Override
    public void shutdown()
    {
        try {
            recorder.stop(shutdownTimeout);
            committer.stop(shutdownTimeout);
            spool.close();
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        catch (IOException e) {
            log.warn(e, "The spool was not closed");
        }
    }
}
