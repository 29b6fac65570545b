package io.meshwright.spark.check;

import io.meshwright.bridge.check.TableReader.AggregateFigure;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.check.Measure;
import io.meshwright.spark.session.ParquetReading;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.StagedFiles;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.spark.check.ValueViolations.column;
import static org.apache.spark.sql.functions.lit;

/**
 * Figures over columns, in one query. NULL is no value; the figure of no value is none, and that of NaN is a failure.
 */
final class ColumnFigures
{
    private static final int ACCURACY = 10_000;

    private final PinnedTable table;
    private final List<LiveFile> files;

    ColumnFigures(PinnedTable table, List<LiveFile> files)
    {
        this.table = table;
        this.files = files;
    }

    Map<Measure.Aggregate, AggregateFigure> compute(Set<Measure.Aggregate> measures)
    {
        Map<Measure.Aggregate, AggregateFigure> figures = new LinkedHashMap<>();
        Map<Measure.Aggregate, Column> aggregates = new LinkedHashMap<>();
        for (Measure.Aggregate measure : measures) {
            try {
                Column aggregate = aggregate(measure);
                // analysis only: nothing runs here
                table.rows().agg(aggregate).schema();
                aggregates.put(measure, aggregate);
            }
            catch (Exception e) {
                // AnalysisException is checked, though no signature of the Java interface says so
                figures.put(measure, failed(e));
            }
        }
        if (files.isEmpty()) {
            aggregates.keySet().forEach(measure -> figures.put(measure, new AggregateFigure(ofNothing(measure), OptionalLong.of(0), Optional.empty())));
            return figures;
        }
        if (!aggregates.isEmpty()) {
            read(aggregates, figures);
        }
        return figures;
    }

    private void read(Map<Measure.Aggregate, Column> aggregates, Map<Measure.Aggregate, AggregateFigure> figures)
    {
        OptionalLong before = table.bytesRead();
        try (StagedFiles staged = table.stage(files.stream().map(LiveFile::task).collect(toImmutableList()), ParquetReading.ROWS)) {
            Row row = staged.rows().agg(functions.count(lit(1)), aggregates.values().toArray(Column[]::new)).head();
            OptionalLong bytesRead = SparkTableReader.bytesSince(table, before);
            int index = 1;
            for (Measure.Aggregate measure : aggregates.keySet()) {
                figures.put(measure, figure(row.get(index), bytesRead));
                index++;
            }
        }
    }

    private static AggregateFigure figure(Object value, OptionalLong bytesRead)
    {
        if (value == null) {
            return new AggregateFigure(Optional.empty(), bytesRead, Optional.empty());
        }
        double approximate = ((Number) value).doubleValue();
        if (Double.isNaN(approximate) || Double.isInfinite(approximate)) {
            return new AggregateFigure(Optional.empty(), bytesRead, Optional.of("The figure is " + approximate + ", which is no number"));
        }
        return new AggregateFigure(Optional.of(new BigDecimal(value.toString())), bytesRead, Optional.empty());
    }

    private static Optional<BigDecimal> ofNothing(Measure.Aggregate measure)
    {
        return measure.function() == Measure.Aggregate.Function.DISTINCT_COUNT ? Optional.of(BigDecimal.ZERO) : Optional.empty();
    }

    private Column aggregate(Measure.Aggregate measure)
    {
        Column value = column(measure.column());
        Column chosen = measure.filter().map(filter -> functions.when(RowFilters.of(table, filter), value)).orElse(value);
        return switch (measure.function()) {
            case MIN -> functions.min(chosen);
            case MAX -> functions.max(chosen);
            case MEAN -> functions.avg(chosen);
            case SUM -> functions.sum(chosen);
            case STDDEV -> functions.stddev_samp(chosen);
            case DISTINCT_COUNT -> functions.count_distinct(chosen);
            case PERCENTILE -> {
                Column share = lit(measure.share().orElseThrow().doubleValue());
                yield measure.approximate() ? functions.percentile_approx(chosen, share, lit(ACCURACY)) : functions.percentile(chosen, share);
            }
        };
    }

    private static AggregateFigure failed(Exception failure)
    {
        return new AggregateFigure(Optional.empty(), OptionalLong.empty(), Optional.of(failure instanceof IllegalArgumentException && failure.getMessage() != null ? failure.getMessage() : SparkMessages.of(failure)));
    }
}
