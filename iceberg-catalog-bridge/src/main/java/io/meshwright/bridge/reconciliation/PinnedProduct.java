package io.meshwright.bridge.reconciliation;

import org.apache.iceberg.Schema;

import java.util.Optional;

/**
 * A product at the snapshot that was current when it was opened.
 */
public interface PinnedProduct
        extends AutoCloseable
{
    ProductSide side();

    Schema schema();

    /**
     * Empty for a table that never had data.
     */
    Optional<String> snapshotId();

    @Override
    void close();
}
