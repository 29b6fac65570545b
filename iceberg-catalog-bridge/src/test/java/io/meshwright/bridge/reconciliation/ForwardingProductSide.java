package io.meshwright.bridge.reconciliation;

import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.Fingerprint;
import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.reconciliation.CountPlan;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ForwardingProductSide
        implements ProductSide
{
    private final ProductSide side;

    ForwardingProductSide(ProductSide side)
    {
        this.side = side;
    }

    @Override
    public Map<String, Long> counts(CountPlan plan, Set<String> windows)
    {
        return side.counts(plan, windows);
    }

    @Override
    public Map<String, String> fileSets(CountPlan plan, Set<String> windows)
    {
        return side.fileSets(plan, windows);
    }

    @Override
    public Map<String, WindowSums> windowSums(FingerprintPlan plan, Set<String> windows, Set<Integer> columns)
    {
        return side.windowSums(plan, windows, columns);
    }

    @Override
    public Map<Cell, Fingerprint> cellSums(FingerprintPlan plan, Set<String> windows, Bucketing bucketing)
    {
        return side.cellSums(plan, windows, bucketing);
    }

    @Override
    public KeyDifferences differences(FingerprintPlan plan, Set<Cell> cells, Bucketing bucketing, Iterator<KeyedHash> legacy, int sample)
    {
        return side.differences(plan, cells, bucketing, legacy, sample);
    }

    @Override
    public List<ProductRow> rows(FingerprintPlan plan, Set<String> windows, List<List<Object>> keys)
    {
        return side.rows(plan, windows, keys);
    }
}
