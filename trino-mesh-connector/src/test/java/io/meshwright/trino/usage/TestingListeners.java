package io.meshwright.trino.usage;

import io.meshwright.trino.TestingMesh;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.trino.dispatcher.DispatchManager;
import io.trino.execution.QueryState;
import io.trino.server.BasicQueryInfo;
import io.trino.spi.QueryId;
import io.trino.spi.StandardErrorCode;
import io.trino.spi.TrinoException;
import io.trino.spi.eventlistener.EventListenerFactory.EventListenerContext;
import io.trino.testing.MaterializedResult;
import org.intellij.lang.annotations.Language;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static io.trino.testing.assertions.Assert.assertEventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

public final class TestingListeners
{
    private TestingListeners() {}

    public static MeshEventListener create(Map<String, String> properties)
    {
        return (MeshEventListener) new MeshEventListenerFactory().create(properties, new EventListenerContext()
        {
            @Override
            public String getVersion()
            {
                return "test";
            }

            @Override
            public OpenTelemetry getOpenTelemetry()
            {
                return OpenTelemetry.noop();
            }

            @Override
            public Tracer getTracer()
            {
                return getOpenTelemetry().getTracer("test");
            }
        });
    }

    /**
     * Runs a query that would take for ever, and has somebody cancel it.
     */
    static QueryId cancel(TestingMesh mesh, String user, @Language("SQL") String sql)
    {
        DispatchManager queries = mesh.runner().getCoordinator().getDispatchManager();
        CompletableFuture<MaterializedResult> running = CompletableFuture.supplyAsync(() -> mesh.query(user, sql));
        assertEventually(() -> assertThat(queries.getQueries()).anyMatch(query -> query.getQuery().equals(sql) && query.getState() == QueryState.RUNNING));
        QueryId id = queries.getQueries().stream().filter(query -> query.getQuery().equals(sql)).map(BasicQueryInfo::getQueryId).findFirst().orElseThrow();
        queries.failQuery(id, new TrinoException(StandardErrorCode.USER_CANCELED, "Query was canceled"));
        assertThatThrownBy(running::get).hasMessageContaining("Query was canceled");
        return id;
    }
}
