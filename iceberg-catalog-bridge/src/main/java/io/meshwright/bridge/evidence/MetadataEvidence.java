package io.meshwright.bridge.evidence;

import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.check.ValueRule;
import io.meshwright.model.check.ValueRules;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;

import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * Figures of a data file by its manifest entry (rung R2). Where deletes apply to a file, only a zero is told: no delete makes a row break a rule.
 */
final class MetadataEvidence
{
    /**
     * Property of a table whose writers are known to keep wrong metrics: {@code false} and no metric of a column is believed.
     */
    static final String TRUST_METRICS = "mesh.quality.trust-metrics";

    private final Table table;
    private final boolean trusted;

    MetadataEvidence(Table table)
    {
        this.table = requireNonNull(table, "table is null");
        this.trusted = trusts(table);
    }

    static boolean trusts(Table table)
    {
        return Boolean.parseBoolean(table.properties().getOrDefault(TRUST_METRICS, "true"));
    }

    /**
     * @return empty where only the rows can tell
     */
    Optional<FileFigure> find(LiveFile file, FileMeasure measure)
    {
        if (measure.filter().isPresent()) {
            RowMatch match = RowMatch.of(table, file, measure.filter().orElseThrow(), trusted);
            if (match == RowMatch.NONE) {
                return Optional.of(new FileFigure(measure.ofNoFile()));
            }
            boolean anyRow = measure instanceof FileMeasure.Rows && match != RowMatch.ALL;
            // what no row breaks, no row of a filter does
            return anyRow ? Optional.empty() : ofAllRows(file, measure).filter(figure -> match == RowMatch.ALL || figure.equals(FileFigure.of(0)));
        }
        return ofAllRows(file, measure);
    }

    private Optional<FileFigure> ofAllRows(LiveFile file, FileMeasure measure)
    {
        if (measure instanceof FileMeasure.Rows) {
            OptionalLong rows = file.rows();
            return rows.isPresent() ? Optional.of(new FileFigure(rows)) : Optional.empty();
        }
        if (measure instanceof FileMeasure.Values values) {
            return metrics(file, values.column()).filter(unused -> !file.hasDeletes()).map(metrics -> FileFigure.of(metrics.values()));
        }
        if (measure instanceof FileMeasure.Violations violations) {
            return metrics(file, violations.column())
                    .flatMap(metrics -> violations(metrics, violations.rule()))
                    .filter(count -> count == 0 || !file.hasDeletes())
                    .map(FileFigure::of);
        }
        if (measure instanceof FileMeasure.RecurringKeys keys) {
            boolean none = file.task().file().recordCount() < 2 || keys.keys().stream().anyMatch(column -> metrics(file, column).filter(ColumnMetrics::isAllNull).isPresent());
            return none ? Optional.of(FileFigure.of(0)) : Optional.empty();
        }
        if (measure instanceof FileMeasure.Newest newest) {
            return metrics(file, newest.column()).filter(unused -> hasExactBounds(file)).flatMap(metrics -> time(metrics, metrics.upper()));
        }
        if (measure instanceof FileMeasure.LongestDelay delay) {
            boolean none = delay.columns().stream().anyMatch(column -> metrics(file, column).filter(ColumnMetrics::isAllNull).isPresent());
            return none ? Optional.of(FileFigure.NONE) : Optional.empty();
        }
        FileMeasure.Oldest oldest = (FileMeasure.Oldest) measure;
        return metrics(file, oldest.column()).filter(unused -> hasExactBounds(file)).flatMap(metrics -> time(metrics, metrics.lower()));
    }

    /**
     * ORC keeps times in milliseconds only, which are bounds, but may be no value of the file.
     */
    private static boolean hasExactBounds(LiveFile file)
    {
        return !file.hasDeletes() && file.task().file().format() == FileFormat.PARQUET;
    }

    Optional<ColumnMetrics> metrics(LiveFile file, String column)
    {
        NestedField field = table.schema().asStruct().field(column);
        return field == null || !trusted ? Optional.empty() : ColumnMetrics.of(file.task().file(), file.task().spec(), field);
    }

    private static Optional<FileFigure> time(ColumnMetrics metrics, Optional<Object> bound)
    {
        if (metrics.isAllNull()) {
            return Optional.of(FileFigure.NONE);
        }
        return bound.flatMap(JavaValues::micros).map(FileFigure::of);
    }

    private static Optional<Long> violations(ColumnMetrics metrics, ValueRule rule)
    {
        if (rule instanceof ValueRule.NotNull) {
            return Optional.of(metrics.nulls());
        }
        boolean countsNulls = rule instanceof ValueRule.NotMissing;
        if (metrics.isAllNull()) {
            return Optional.of(countsNulls ? metrics.nulls() : 0);
        }
        Optional<Boolean> broken = metrics.onlyValue().flatMap(value -> ValueRules.breaks(rule, value));
        if (broken.isPresent()) {
            return Optional.of((broken.orElseThrow() ? metrics.values() : 0) + (countsNulls ? metrics.nulls() : 0));
        }
        return isKeptByAll(metrics, rule) ? Optional.of(0L) : Optional.empty();
    }

    /**
     * A bound is kept by all values when it is kept by the least and the greatest.
     */
    private static boolean isKeptByAll(ColumnMetrics metrics, ValueRule rule)
    {
        if (rule instanceof ValueRule.AllOf all) {
            return all.rules().stream().allMatch(part -> isKeptByAll(metrics, part));
        }
        return rule instanceof ValueRule.Bound
                && metrics.nans().filter(count -> count == 0).isPresent()
                && metrics.lower().flatMap(value -> ValueRules.breaks(rule, value)).filter(broken -> !broken).isPresent()
                && metrics.upper().flatMap(value -> ValueRules.breaks(rule, value)).filter(broken -> !broken).isPresent();
    }
}
