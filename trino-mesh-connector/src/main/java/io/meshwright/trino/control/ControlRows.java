package io.meshwright.trino.control;

import io.meshwright.bridge.table.Row;
import io.meshwright.trino.registry.RegistryRows;
import io.meshwright.trino.registry.RegistryScan;
import io.meshwright.trino.registry.RegistryTables;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * The rows of a control table on their way to the reader, in steps, so that a query can be stopped between two of them.
 */
interface ControlRows<T>
        extends Closeable
{
    /**
     * What a step makes of its input: any number of rows.
     */
    interface Step<R, T>
    {
        void rows(R input, Consumer<T> rows)
                throws IOException;
    }

    interface Opening
    {
        RegistryRows open(RegistryScan scan)
                throws IOException;
    }

    /**
     * @return false after the last step
     * @throws IOException where what the rows are made of cannot be read
     */
    boolean advance(Consumer<T> rows)
            throws IOException;

    @Override
    default void close()
            throws IOException
    {}

    static <R, T> ControlRows<T> of(Stream<R> inputs, Step<R, T> step)
    {
        Iterator<R> iterator = inputs.iterator();
        return rows -> {
            if (!iterator.hasNext()) {
                return false;
            }
            step.rows(iterator.next(), rows);
            return true;
        };
    }

    /**
     * One step for each row of a registry's table, of which at no time more than a page is in memory. Rows of products that
     * are not asked for may be left out.
     *
     * @param address the column with the product's address
     */
    static <T> ControlRows<T> scan(RegistryTables tables, String table, Collection<String> columns, String address, ControlRequest request, Step<Row, T> step)
            throws IOException
    {
        return scan(tables, table, scan -> scan.rowsWhere(columns, address, request.addresses()), step);
    }

    /**
     * One step for each row in the given parts of a registry's table.
     */
    static <T> ControlRows<T> scanParts(RegistryTables tables, String table, Collection<String> columns, Set<String> parts, Step<Row, T> step)
            throws IOException
    {
        return scan(tables, table, scan -> scan.rowsIn(columns, parts), step);
    }

    private static <T> ControlRows<T> scan(RegistryTables tables, String table, Opening opening, Step<Row, T> step)
            throws IOException
    {
        requireNonNull(step, "step is null");
        RegistryScan scan = tables.open(table);
        RegistryRows source;
        try {
            source = opening.open(scan);
        }
        catch (IOException e) {
            scan.close();
            throw e;
        }
        return new ControlRows<>()
        {
            @Override
            public boolean advance(Consumer<T> rows)
                    throws IOException
            {
                Optional<Row> row = source.next();
                if (row.isEmpty()) {
                    return false;
                }
                step.rows(row.orElseThrow(), rows);
                return true;
            }

            @Override
            public void close()
                    throws IOException
            {
                try (scan) {
                    source.close();
                }
            }
        };
    }
}
