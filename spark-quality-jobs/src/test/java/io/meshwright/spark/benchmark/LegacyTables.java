package io.meshwright.spark.benchmark;

import org.postgresql.PGConnection;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * The tables of the legacy side, and copies that stand for the products where a peer cannot read them. What a leg changes is undone after it.
 */
final class LegacyTables
{
    private static final String CHANGED = "order_id % 100 = 7";

    private final LegacyServer server;
    private final long rows;

    LegacyTables(LegacyServer server, long rows)
    {
        this.server = requireNonNull(server, "server is null");
        this.rows = rows;
    }

    long rows(String table)
    {
        return table.equals(OrderRows.TEXT_KEY) ? rows / 5 : rows;
    }

    OrderRows orders(String table)
    {
        return new OrderRows(rows(table));
    }

    boolean has(String table)
    {
        return server.value("SELECT to_regclass('" + table + "_copy') IS NOT NULL AND obj_description(to_regclass('" + table + "_copy')) = 'complete'").equals("t");
    }

    void load(String table, Path file)
            throws IOException
    {
        server.execute("DROP TABLE IF EXISTS " + table, "DROP TABLE IF EXISTS " + table + "_copy", "CREATE TABLE " + table + " (" + OrderRows.columns(table) + ")");
        copyIn(table, Files.newBufferedReader(file));
        server.execute("CREATE TABLE %1$s_copy (LIKE %1$s)".formatted(table), "INSERT INTO %1$s_copy SELECT * FROM %1$s".formatted(table));
        for (String side : List.of(table, table + "_copy")) {
            server.execute("ALTER TABLE " + side + " ADD PRIMARY KEY (" + OrderRows.key(table) + ")", "CREATE INDEX " + side + "_day ON " + side + " (ordered_on)");
        }
        finish(table);
    }

    void loadTraps()
    {
        ReconciliationTraps traps = new ReconciliationTraps();
        String table = ReconciliationTraps.TABLE;
        server.execute(
                "DROP TABLE IF EXISTS " + table,
                "DROP TABLE IF EXISTS " + table + "_copy",
                "CREATE TABLE " + table + " (" + ReconciliationTraps.legacyTable() + ", PRIMARY KEY (trap_id))",
                "CREATE TABLE " + table + "_copy (" + ReconciliationTraps.copyTable() + ", PRIMARY KEY (trap_id))",
                "INSERT INTO " + table + " VALUES " + traps.legacyRows(),
                "INSERT INTO " + table + "_copy VALUES " + traps.copyRows());
        finish(table);
    }

    private void finish(String table)
    {
        server.execute(
                "DO $$ BEGIN CREATE ROLE recon LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                "GRANT SELECT ON %1$s, %1$s_copy TO recon".formatted(table));
        vacuum(table);
        server.execute("COMMENT ON TABLE " + table + "_copy IS 'complete'");
    }

    private void vacuum(String table)
    {
        server.execute("VACUUM ANALYZE " + table, "VACUUM ANALYZE " + table + "_copy", "CHECKPOINT");
    }

    private void copyIn(String table, Reader lines)
    {
        try (Connection connection = server.connect(); Reader source = lines) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + table + " FROM STDIN (FORMAT csv)", source);
        }
        catch (SQLException | IOException e) {
            throw new IllegalStateException("Cannot load " + table, e);
        }
    }

    /**
     * @return bytes
     */
    long copyOut(String query)
    {
        try (Connection connection = server.connect()) {
            long[] bytes = new long[1];
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY (" + query + ") TO STDOUT", new OutputStream()
            {
                @Override
                public void write(int value)
                {
                    bytes[0]++;
                }

                @Override
                public void write(byte[] values, int offset, int length)
                {
                    bytes[0] += length;
                }
            });
            return bytes[0];
        }
        catch (SQLException | IOException e) {
            throw new IllegalStateException("Cannot copy " + query, e);
        }
    }

    /**
     * Rows that only the legacy side has, rows that only the product has, and rows of both that differ in one column each.
     */
    void scatter(String table)
    {
        OrderRows orders = orders(table);
        List<String> statements = new ArrayList<>();
        statements.add("DELETE FROM " + table + " WHERE " + of(table, orders.extra()));
        List<String> changes = List.of("amount = amount + 0.01", "currency = 'JPY'", "updated_at = updated_at + interval '1 microsecond'", "customer = customer || ' '");
        int number = 0;
        for (long id : orders.changed()) {
            statements.add("UPDATE " + table + " SET " + changes.get(number % changes.size()) + " WHERE " + of(table, List.of(id)));
            number++;
        }
        server.execute(statements.toArray(String[]::new));
        StringBuilder lines = new StringBuilder();
        orders.missing().forEach(id -> lines.append(orders.line(table, id)));
        copyIn(table, new StringReader(lines.toString()));
        vacuum(table);
    }

    void gather(String table)
    {
        OrderRows orders = orders(table);
        List<Long> other = new ArrayList<>(orders.changed());
        other.addAll(orders.extra());
        server.execute(
                "DELETE FROM " + table + " WHERE " + of(table, orders.missing()) + " OR " + of(table, orders.changed()),
                "INSERT INTO %1$s SELECT * FROM %1$s_copy WHERE %2$s ON CONFLICT DO NOTHING".formatted(table, of(table, other)));
        vacuum(table);
    }

    private static String of(String table, Collection<Long> ids)
    {
        return table.equals(OrderRows.TEXT_KEY)
                ? "code IN ('" + String.join("', '", ids.stream().map(OrderRows::code).toList()) + "')"
                : "order_id IN (" + String.join(", ", ids.stream().map(String::valueOf).toList()) + ")";
    }

    /**
     * @return rows
     */
    long changeHundredth(String table)
    {
        server.execute("UPDATE " + table + " SET status = 'archived' WHERE " + CHANGED);
        vacuum(table);
        return Long.parseLong(server.value("SELECT count(*) FROM " + table + " WHERE " + CHANGED));
    }

    void changeHundredthBack(String table)
    {
        server.execute("UPDATE %1$s SET status = before.status FROM %1$s_copy before WHERE %1$s.order_id = before.order_id AND %1$s.%2$s".formatted(table, CHANGED));
        vacuum(table);
    }

    /**
     * @return rows
     */
    long deleteDay(String table, LocalDate day)
    {
        long deleted = Long.parseLong(server.value("SELECT count(*) FROM " + table + "_copy WHERE ordered_on = DATE '" + day + "'"));
        server.execute("DELETE FROM " + table + "_copy WHERE ordered_on = DATE '" + day + "'");
        vacuum(table);
        return deleted;
    }

    void insertDay(String table, LocalDate day)
    {
        server.execute("INSERT INTO %1$s_copy SELECT * FROM %1$s WHERE ordered_on = DATE '%2$s' ON CONFLICT DO NOTHING".formatted(table, day));
        vacuum(table);
    }

    void dropDayIndex(String table)
    {
        server.execute("DROP INDEX IF EXISTS " + table + "_day", "DROP INDEX IF EXISTS " + table + "_copy_day");
    }

    void createDayIndex(String table)
    {
        server.execute("CREATE INDEX IF NOT EXISTS %1$s_day ON %1$s (ordered_on)".formatted(table), "CREATE INDEX IF NOT EXISTS %1$s_copy_day ON %1$s_copy (ordered_on)".formatted(table));
    }
}
