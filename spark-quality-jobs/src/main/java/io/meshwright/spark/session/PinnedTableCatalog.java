package io.meshwright.spark.session;

import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The only catalog that a job's queries see: the tables pinned in this JVM, and chosen files of them, by names that nobody can guess.
 */
public final class PinnedTableCatalog
        implements TableCatalog
{
    static final String CATALOG = "pinned";
    static final String NAMESPACE = "run";

    private static final Map<String, Table> TABLES = new ConcurrentHashMap<>();

    private String name = CATALOG;

    static void add(String name, Table table)
    {
        TABLES.put(name, table);
    }

    /**
     * What statements of Spark call a table.
     */
    static String sparkName(String name)
    {
        return CATALOG + "." + NAMESPACE + "." + name;
    }

    static void remove(String name)
    {
        TABLES.remove(name);
    }

    @Override
    public void initialize(String name, CaseInsensitiveStringMap options)
    {
        this.name = name;
    }

    @Override
    public String name()
    {
        return name;
    }

    @Override
    public Table loadTable(Identifier identifier)
            throws NoSuchTableException
    {
        Table table = TABLES.get(identifier.name());
        if (table == null) {
            throw new NoSuchTableException(identifier);
        }
        return table;
    }

    @Override
    public Identifier[] listTables(String[] namespace)
    {
        return new Identifier[0];
    }

    @Override
    public Table alterTable(Identifier identifier, TableChange... changes)
    {
        throw new UnsupportedOperationException("Checks only read");
    }

    @Override
    public boolean dropTable(Identifier identifier)
    {
        throw new UnsupportedOperationException("Checks only read");
    }

    @Override
    public void renameTable(Identifier from, Identifier to)
    {
        throw new UnsupportedOperationException("Checks only read");
    }
}
