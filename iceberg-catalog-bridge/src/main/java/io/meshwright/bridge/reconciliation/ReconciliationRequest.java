package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableSet;
import io.meshwright.model.product.MigrationSpec;
import io.meshwright.model.product.MigrationSpec.Comparison;
import io.meshwright.model.reconciliation.DayRange;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What is compared.
 *
 * @param product address of the product
 * @param level how deep; nothing deeper is asked of either side
 * @param threshold the declared completeness, 0..1; 1 where none is declared
 * @param zone whose days are meant
 * @param range empty where the whole table is one window
 * @param clearColumns of the product, whose values may be shown in keys; all others are masked
 * @param full whether windows are compared that have not changed since a former run
 * @param resumed a run that did not come to its end, whose windows need not be compared again in any case
 */
public record ReconciliationRequest(
        String product,
        MigrationSpec migration,
        Comparison level,
        BigDecimal threshold,
        ZoneId zone,
        Optional<DayRange> range,
        Set<String> clearColumns,
        String runId,
        boolean full,
        Optional<String> resumed)
{
    public ReconciliationRequest
    {
        requireNonNull(product, "product is null");
        requireNonNull(migration, "migration is null");
        requireNonNull(level, "level is null");
        requireNonNull(threshold, "threshold is null");
        requireNonNull(zone, "zone is null");
        requireNonNull(range, "range is null");
        clearColumns = ImmutableSet.copyOf(clearColumns);
        requireNonNull(runId, "runId is null");
        requireNonNull(resumed, "resumed is null");
    }
}
