package io.meshwright.model.mask;

import com.google.common.collect.ImmutableSet;
import io.meshwright.model.check.CheckMetric;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.sla.FreshnessSource;
import io.meshwright.model.sla.SlaEvaluator;

import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Which of the figures that were recorded of a table, and of the words about them, hold no value of a masked column, so that whoever may know the verdicts may be told
 * them. Tables, reports, metrics and alerts all ask here. What is not known to be harmless is not shown.
 */
public final class ShownFigures
{
    /**
     * Nobody knows which columns there are, or which of them are masked.
     */
    public static final ShownFigures OF_UNKNOWN_COLUMNS = new ShownFigures(Optional.empty(), ImmutableSet.of());

    private static final Set<String> RATIOS = ImmutableSet.of(SlaEvaluator.AVAILABILITY, SlaEvaluator.COMPLETENESS, SlaEvaluator.ACCURACY);

    private final Optional<Set<String>> fields;
    private final Set<String> masked;

    private ShownFigures(Optional<Set<String>> fields, Set<String> masked)
    {
        this.fields = requireNonNull(fields, "fields is null");
        this.masked = ImmutableSet.copyOf(masked);
    }

    public static ShownFigures of(ContractModel model, MaskPlan masks)
    {
        return new ShownFigures(Optional.of(model.fieldPaths().keySet()), masks.masks().keySet());
    }

    /**
     * @param metric by its label
     * @param field that the check is written at
     */
    public boolean ofCheck(String metric, Optional<String> field)
    {
        if (CheckMetric.isCount(metric) || (metric.equals(CheckMetric.FRESHNESS.label()) && field.isEmpty())) {
            return true;
        }
        if (fields.isEmpty() || masked.isEmpty()) {
            return fields.isPresent();
        }
        // a statement may read any column, whatever field it is written at, and a delay lies between two
        boolean namesColumn = !metric.equals(CheckMetric.SQL.label()) && !metric.equals(CheckMetric.LATENCY.label());
        return namesColumn && field.filter(this::isClear).isPresent();
    }

    /**
     * @param objective by its name, for example {@code freshness}
     * @param source that the figure was taken from, as it was recorded: under an earlier contract it may have been another one than today
     */
    public boolean ofObjective(String objective, Optional<String> source)
    {
        if (RATIOS.contains(objective) || source.filter(FreshnessSource.LAST_DATA_COMMIT.description()::equals).isPresent()) {
            return true;
        }
        if (fields.isEmpty() || masked.isEmpty()) {
            return fields.isPresent();
        }
        // latency is told by two timestamps that only the contract names
        return objective.equals(SlaEvaluator.FRESHNESS) && source.map(text -> text.split(" ", 2)[0]).filter(this::isClear).isPresent();
    }

    /**
     * A column that the contract no longer has may have been masked.
     */
    private boolean isClear(String field)
    {
        return fields.orElseThrow().contains(field) && masked.stream().noneMatch(path -> overlap(path, field));
    }

    private static boolean overlap(String path, String other)
    {
        return path.equals(other) || path.startsWith(other + ".") || other.startsWith(path + ".");
    }
}
