package io.meshwright.bridge.reconciliation;

import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.reconciliation.CountPlan;
import org.apache.iceberg.Schema;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Does something when the run has counted the legacy rows.
 */
class InterruptedProduct
        implements PinnedProduct
{
    private final ListedProduct product;
    private final Runnable interruption;

    InterruptedProduct(ListedProduct product, Runnable interruption)
    {
        this.product = product;
        this.interruption = interruption;
    }

    void summed(Set<String> windows) {}

    @Override
    public ProductSide side()
    {
        return new ForwardingProductSide(product)
        {
            @Override
            public Map<String, String> fileSets(CountPlan plan, Set<String> windows)
            {
                interruption.run();
                return super.fileSets(plan, windows);
            }

            @Override
            public Map<String, WindowSums> windowSums(FingerprintPlan plan, Set<String> windows, Set<Integer> columns)
            {
                summed(windows);
                return super.windowSums(plan, windows, columns);
            }
        };
    }

    @Override
    public Schema schema()
    {
        return product.schema();
    }

    @Override
    public Optional<String> snapshotId()
    {
        return product.snapshotId();
    }

    @Override
    public void close() {}
}
