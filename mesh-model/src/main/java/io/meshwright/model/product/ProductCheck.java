package io.meshwright.model.product;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.contract.ThresholdSpec;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.sla.ServiceLevels.Freshness;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A check that the product declares by itself, below {@code spec.quality}.
 *
 * @param name as written, for example {@code null_percentage}
 * @param column that it is about; empty for one about the table
 * @param thresholds of the figure; empty for freshness, which has an objective instead
 * @param path the place in the specification
 */
public record ProductCheck(Kind kind, String name, Optional<String> column, List<ThresholdSpec> thresholds, Optional<Freshness> freshness, SourceLocation source, String path)
{
    public enum Kind
    {
        ROW_COUNT,
        /**
         * Rows without a value.
         */
        NULL_VALUES,
        /**
         * Rows without a value, 0..100 of all.
         */
        NULL_PERCENTAGE,
        /**
         * Rows with a value, 0..1 of all.
         */
        COMPLETENESS,
        /**
         * Values that occur more than once.
         */
        DUPLICATES,
        FRESHNESS,
        /**
         * Completeness against the source, 0..1, by the last reconciliation.
         */
        SOURCE_ROWS,
    }

    public ProductCheck
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        requireNonNull(column, "column is null");
        thresholds = ImmutableList.copyOf(thresholds);
        requireNonNull(freshness, "freshness is null");
        requireNonNull(source, "source is null");
        requireNonNull(path, "path is null");
    }
}
