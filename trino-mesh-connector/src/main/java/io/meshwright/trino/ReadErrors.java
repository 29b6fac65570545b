package io.meshwright.trino;

import com.google.common.collect.AbstractIterator;
import com.google.common.collect.ImmutableSet;
import io.airlift.log.Logger;
import io.meshwright.trino.product.Product;
import io.trino.spi.ErrorCode;
import io.trino.spi.ErrorCodeSupplier;
import io.trino.spi.StandardErrorCode;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.AccessDeniedException;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.Callable;

import static io.meshwright.trino.MeshErrorCode.MESH_CATALOG_UNAVAILABLE;
import static io.meshwright.trino.MeshErrorCode.MESH_READ_FAILED;
import static io.trino.plugin.iceberg.IcebergErrorCode.ICEBERG_CATALOG_ERROR;
import static java.util.Objects.requireNonNull;

/**
 * Turns what the wrapped connector throws into an error without names, paths and values of the storage. The original
 * goes to the server's log only, since a cause would be shown in the query's details.
 */
final class ReadErrors
{
    private static final Logger log = Logger.get(ReadErrors.class);

    private static final Set<String> CATALOG_FAILURES = ImmutableSet.of(ICEBERG_CATALOG_ERROR.name(), "HIVE_METASTORE_ERROR");

    private final SchemaTableName product;

    ReadErrors(SchemaTableName product)
    {
        this.product = requireNonNull(product, "product is null");
    }

    <T> T hidingNames(Callable<T> read)
    {
        try {
            return read.call();
        }
        catch (Exception e) {
            throw hidden(e);
        }
    }

    /**
     * The same values, which are read while they are iterated over.
     */
    <T> Iterable<T> hidingNamesIn(Iterable<T> values)
    {
        return () -> {
            Iterator<T> iterator = hidingNames(values::iterator);
            return new AbstractIterator<>()
            {
                @Override
                protected T computeNext()
                {
                    return hidingNames(iterator::hasNext) ? hidingNames(iterator::next) : endOfData();
                }
            };
        };
    }

    RuntimeException hidden(Throwable failure)
    {
        if (failure instanceof AccessDeniedException denied) {
            return denied;
        }
        if (failure instanceof TrinoException known) {
            if (isOurs(known.getErrorCode())) {
                return known;
            }
            log.error(known, "Reading product %s failed", product);
            ErrorCode code = known.getErrorCode();
            return new TrinoException(new Renamed(code), text(code.getName()));
        }
        log.error(failure, "Reading product %s failed", product);
        return new TrinoException(MESH_READ_FAILED, text(StandardErrorCode.GENERIC_INTERNAL_ERROR.name()));
    }

    /**
     * The same for what fails when a table is looked up, where only the catalog and the table's metadata are asked.
     */
    RuntimeException hiddenFromOpening(Product opened, RuntimeException failure)
    {
        RuntimeException hidden = hidden(failure);
        // catalogs differ: some wrap what their servers or databases say, some throw it as it is
        boolean isCatalog = !(failure instanceof TrinoException known) || CATALOG_FAILURES.contains(known.getErrorCode().getName());
        return isCatalog
                ? MESH_CATALOG_UNAVAILABLE.exception("Product %s cannot be opened: the Iceberg catalog with its table cannot be reached, or does not answer as it should. The server's log has the details.".formatted(opened.address()))
                : hidden;
    }

    private String text(String codeName)
    {
        return MESH_READ_FAILED.message("Product %s could not be read (%s). The server's log has the details.".formatted(product, codeName));
    }

    private static boolean isOurs(ErrorCode code)
    {
        for (MeshErrorCode own : MeshErrorCode.values()) {
            if (own.toErrorCode().equals(code)) {
                return true;
            }
        }
        return false;
    }

    private record Renamed(ErrorCode toErrorCode)
            implements ErrorCodeSupplier {}
}
