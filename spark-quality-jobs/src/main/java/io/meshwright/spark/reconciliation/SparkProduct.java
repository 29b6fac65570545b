package io.meshwright.spark.reconciliation;

import io.meshwright.bridge.reconciliation.PinnedProduct;
import io.meshwright.bridge.reconciliation.ProductSide;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A product at its current snapshot, read by Spark.
 */
public final class SparkProduct
        implements PinnedProduct
{
    private final SparkProductSide side;

    /**
     * @param sessions is asked only for what manifests do not tell
     * @param progress is told now and then how far Spark is
     */
    public SparkProduct(Table table, Supplier<SparkSession> sessions, Consumer<String> progress)
    {
        side = new SparkProductSide(table, sessions, progress);
    }

    @Override
    public ProductSide side()
    {
        return side;
    }

    @Override
    public Schema schema()
    {
        return side.table().schema();
    }

    @Override
    public Optional<String> snapshotId()
    {
        return Optional.ofNullable(side.table().currentSnapshot()).map(Snapshot::snapshotId).map(String::valueOf);
    }

    @Override
    public void close()
    {
        side.close();
    }
}
