package io.meshwright.trino.control;

import io.airlift.log.Logger;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SourcePage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static io.meshwright.trino.MeshErrorCode.MESH_RESULTS_UNAVAILABLE;
import static java.util.Objects.requireNonNull;

/**
 * Puts the rows of a control table into pages.
 */
final class ControlPageSource<T>
        implements ConnectorPageSource
{
    private static final Logger log = Logger.get(ControlPageSource.class);
    // then the engine may look whether the query was cancelled
    private static final int STEPS_AT_ONCE = 10_000;
    private static final int ROWS_AT_ONCE = 1_000;

    private final SchemaTableName table;
    private final ControlColumns<T> columns;
    private final ControlRows<T> rows;
    private boolean finished;
    private long readNanos;

    ControlPageSource(SchemaTableName table, ControlColumns<T> columns, ControlRows<T> rows)
    {
        this.table = requireNonNull(table, "table is null");
        this.columns = requireNonNull(columns, "columns is null");
        this.rows = requireNonNull(rows, "rows is null");
    }

    @Override
    public SourcePage getNextSourcePage()
    {
        long start = System.nanoTime();
        List<T> records = new ArrayList<>();
        try {
            for (int step = 0; step < STEPS_AT_ONCE && !finished && records.size() < ROWS_AT_ONCE; step++) {
                finished = !rows.advance(records::add);
            }
        }
        catch (TrinoException e) {
            throw e;
        }
        catch (IOException | RuntimeException e) {
            throw unavailable(table, e);
        }
        finally {
            readNanos += System.nanoTime() - start;
        }
        return records.isEmpty() ? null : new ControlSourcePage<>(table, columns, records);
    }

    /**
     * What storage says names files, so it goes to the log only.
     */
    static RuntimeException unavailable(SchemaTableName table, Exception failure)
    {
        log.error(failure, "Reading %s failed", table);
        return MESH_RESULTS_UNAVAILABLE.exception("What is recorded for %s cannot be read, so nothing is shown. The server's log has the details.".formatted(table));
    }

    @Override
    public boolean isFinished()
    {
        return finished;
    }

    @Override
    public long getCompletedBytes()
    {
        return 0;
    }

    @Override
    public long getReadTimeNanos()
    {
        return readNanos;
    }

    @Override
    public void close()
            throws IOException
    {
        rows.close();
    }
}
