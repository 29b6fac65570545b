package io.meshwright.bridge.reconciliation;

import com.google.common.collect.Iterables;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * The rows of any number of cells, read as they are asked for: one statement for some hundred cells, and never more rows in memory than a fetch brings.
 */
final class LegacyCells
        implements Iterator<KeyedHash>, AutoCloseable
{
    /**
     * A statement names so many at most: some databases refuse longer lists.
     */
    static final int CELLS_OF_A_STATEMENT = 500;

    private final LegacySession session;
    private final Iterator<? extends Collection<Cell>> batches;
    private final Function<Collection<Cell>, String> statement;
    private final LegacySession.Reader<KeyedHash> reader;
    private LegacyCursor cursor;
    private boolean ready;

    LegacyCells(LegacySession session, Collection<Cell> cells, Function<Collection<Cell>, String> statement, LegacySession.Reader<KeyedHash> reader)
    {
        this.session = requireNonNull(session, "session is null");
        Iterable<List<Cell>> parts = Iterables.partition(cells, CELLS_OF_A_STATEMENT);
        batches = parts.iterator();
        this.statement = requireNonNull(statement, "statement is null");
        this.reader = requireNonNull(reader, "reader is null");
    }

    @Override
    public boolean hasNext()
    {
        while (!ready) {
            if (cursor == null) {
                if (!batches.hasNext()) {
                    return false;
                }
                cursor = session.open(statement.apply(batches.next()));
            }
            ready = cursor.next();
            if (!ready) {
                close();
            }
        }
        return true;
    }

    @Override
    public KeyedHash next()
    {
        if (!hasNext()) {
            throw new NoSuchElementException("All rows were read");
        }
        ready = false;
        return cursor.read(reader);
    }

    @Override
    public void close()
    {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }
}
