package io.meshwright.bridge.branch;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.jdbc.JdbcCatalog;

import java.util.concurrent.atomic.AtomicReference;

import static java.util.Objects.requireNonNull;

/**
 * A JDBC catalog in which something happens right before or after the next commit to a table of products: what another writer does, or a
 * connection that breaks.
 */
public final class InterruptedCatalog
        extends JdbcCatalog
{
    private static final AtomicReference<Runnable> BEFORE = new AtomicReference<>();
    private static final AtomicReference<Runnable> AFTER = new AtomicReference<>();

    static void beforeNextCommit(Runnable event)
    {
        BEFORE.set(event);
    }

    static void afterNextCommit(Runnable event)
    {
        AFTER.set(event);
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier identifier)
    {
        TableOperations operations = super.newTableOps(identifier);
        return identifier.namespace().toString().equals("mesh") ? operations : new InterruptedOperations(operations);
    }

    private static final class InterruptedOperations
            implements TableOperations
    {
        private final TableOperations delegate;

        private InterruptedOperations(TableOperations delegate)
        {
            this.delegate = requireNonNull(delegate, "delegate is null");
        }

        @Override
        public TableMetadata current()
        {
            return delegate.current();
        }

        @Override
        public TableMetadata refresh()
        {
            return delegate.refresh();
        }

        @Override
        public void commit(TableMetadata base, TableMetadata changed)
        {
            run(BEFORE);
            delegate.commit(base, changed);
            run(AFTER);
        }

        private static void run(AtomicReference<Runnable> event)
        {
            // what happens then may commit itself
            Runnable once = event.getAndSet(null);
            if (once != null) {
                once.run();
            }
        }

        @Override
        public FileIO io()
        {
            return delegate.io();
        }

        @Override
        public EncryptionManager encryption()
        {
            return delegate.encryption();
        }

        @Override
        public String metadataFileLocation(String fileName)
        {
            return delegate.metadataFileLocation(fileName);
        }

        @Override
        public LocationProvider locationProvider()
        {
            return delegate.locationProvider();
        }
    }
}
