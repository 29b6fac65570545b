package io.meshwright.bridge.catalog;

import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.rest.RESTCatalog;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * An open Iceberg catalog. Every failure of the catalog or its storage becomes a {@link MeshException}.
 */
public final class MeshCatalog
        implements AutoCloseable
{
    /**
     * The namespace of the registry and of the result tables, reserved in every catalog.
     */
    public static final Namespace REGISTRY_NAMESPACE = Namespace.of("mesh");

    private final CatalogSettings settings;
    private final Catalog catalog;
    private final CatalogFailures failures;
    private final SchemeFileIO files = new SchemeFileIO();

    MeshCatalog(CatalogSettings settings, Catalog catalog)
    {
        requireNonNull(settings, "settings is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.settings = catalog instanceof RESTCatalog ? settings.withStorageOf(((RESTCatalog) catalog).properties()) : settings;
        this.failures = new CatalogFailures(settings);
        this.files.initialize(this.settings.properties());
    }

    /**
     * The settings with what a REST server tells about its storage.
     */
    public CatalogSettings settings()
    {
        return settings;
    }

    public Catalog catalog()
    {
        return catalog;
    }

    /**
     * Access to files that belong to no table yet, with the catalog's own credentials.
     */
    public FileIO files()
    {
        return files;
    }

    public SupportsNamespaces namespaces()
    {
        return (SupportsNamespaces) catalog;
    }

    /**
     * Empty when there is no such table. A table whose metadata cannot be read is an error, not an absence.
     */
    public Optional<Table> findTable(TableIdentifier identifier)
    {
        return call("load table " + identifier, () -> {
            try {
                return Optional.of(catalog.loadTable(identifier));
            }
            catch (NoSuchTableException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * Creates a namespace that may exist already.
     */
    public void createNamespaceIfAbsent(Namespace namespace, Map<String, String> properties)
    {
        call("create namespace " + namespace, () -> {
            if (namespaces().namespaceExists(namespace)) {
                return null;
            }
            try {
                // requests of REST catalogs ask their properties for a null key, which immutable maps of the JDK do not stand
                namespaces().createNamespace(namespace, new HashMap<>(properties));
            }
            catch (AlreadyExistsException e) {
                return null;
            }
            catch (RuntimeException e) {
                // a JDBC catalog reports a lost race as a violated constraint
                if (!namespaces().namespaceExists(namespace)) {
                    throw e;
                }
            }
            return null;
        });
    }

    /**
     * Runs an operation of the catalog.
     *
     * @param action completes the sentence "Cannot ..."
     * @throws MeshException with cause EXTERNAL for whatever the catalog or its storage throws
     */
    public <V> V call(String action, Supplier<V> operation)
    {
        try {
            return operation.get();
        }
        catch (MeshException e) {
            throw e;
        }
        catch (RuntimeException e) {
            throw failures.translate(action, e);
        }
    }

    @Override
    public void close()
    {
        files.close();
        if (catalog instanceof Closeable) {
            try {
                ((Closeable) catalog).close();
            }
            catch (IOException e) {
                throw failures.translate("close the catalog", new UncheckedIOException(e));
            }
        }
    }
}
