package io.meshwright.model.check;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.sla.FreshnessSource;
import io.meshwright.model.sla.ServiceLevels.Freshness;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * How the figure of a check is obtained, as data: no engine's expression is in here but the contract's own statement.
 */
public sealed interface Measure
{
    /**
     * 1 where the table has no such column, or has it with another type, else 0.
     */
    record ColumnMatches(String column, ContractField field)
            implements Measure
    {
        public ColumnMatches
        {
            requireNonNull(column, "column is null");
            requireNonNull(field, "field is null");
        }
    }

    /**
     * Rows whose value breaks the rule.
     *
     * @param column dots lead into structs; where a struct is NULL the rules on its fields are satisfied
     * @param filter the rows to look at; empty for all
     */
    record Violations(String column, ValueRule rule, Optional<RowFilter> filter)
            implements Measure
    {
        public Violations
        {
            requireNonNull(column, "column is null");
            requireNonNull(rule, "rule is null");
            requireNonNull(filter, "filter is null");
        }

        public Violations(String column, ValueRule rule)
        {
            this(column, rule, Optional.empty());
        }
    }

    /**
     * @param filter the rows to count; empty for all
     * @param text the rule for people, where it was a statement of the contract
     */
    record RowCount(Optional<RowFilter> filter, Optional<String> text)
            implements Measure
    {
        public RowCount
        {
            requireNonNull(filter, "filter is null");
            requireNonNull(text, "text is null");
        }

        public RowCount(Optional<RowFilter> filter)
        {
            this(filter, Optional.empty());
        }

        public RowCount()
        {
            this(Optional.empty());
        }
    }

    /**
     * Keys over these columns, in this order, that occur more than once.
     *
     * @param filter the rows among which they do; empty for all
     */
    record Duplicates(List<String> columns, Optional<RowFilter> filter)
            implements Measure
    {
        public Duplicates
        {
            columns = ImmutableList.copyOf(columns);
            checkArgument(!columns.isEmpty(), "columns is empty");
            requireNonNull(filter, "filter is null");
        }

        public Duplicates(List<String> columns)
        {
            this(columns, Optional.empty());
        }
    }

    /**
     * Seconds since the newest data, by the named source.
     */
    record Age(Freshness objective, FreshnessSource source)
            implements Measure
    {
        public Age
        {
            requireNonNull(objective, "objective is null");
            requireNonNull(source, "source is null");
        }
    }

    /**
     * The single number that the statement returns; the table under test is {@link ReadOnlySql#TABLE}.
     *
     * @param text the rule for people: its description and the statement as the contract has it
     */
    record Statement(ReadOnlySql sql, String text)
            implements Measure
    {
        public Statement
        {
            requireNonNull(sql, "sql is null");
            requireNonNull(text, "text is null");
        }
    }

    /**
     * One number over the values of a column that are not NULL.
     *
     * @param share 0..1 for a percentile, the share of values that are at most the figure; empty for the others
     * @param approximate whether a percentile may be off by a little, for less memory
     * @param filter the rows to look at; empty for all
     */
    record Aggregate(String column, Function function, Optional<BigDecimal> share, boolean approximate, Optional<RowFilter> filter)
            implements Measure
    {
        public enum Function
        {
            MIN,
            MAX,
            MEAN,
            SUM,
            /**
             * Of a sample: divided by one less than the number of values.
             */
            STDDEV,
            DISTINCT_COUNT,
            PERCENTILE,
        }

        public Aggregate
        {
            requireNonNull(column, "column is null");
            requireNonNull(function, "function is null");
            requireNonNull(share, "share is null");
            requireNonNull(filter, "filter is null");
            checkArgument(share.isPresent() == (function == Function.PERCENTILE), "A share belongs to a percentile, and to nothing else");
        }
    }

    /**
     * Rows whose key is in no row of another product's table. A key with a NULL part refers to nothing, and is none of them.
     *
     * @param product as the contract writes it
     * @param parentColumns in the order of the columns
     * @param filter the rows to look at; empty for all
     */
    record Orphans(List<String> columns, String product, List<String> parentColumns, Optional<RowFilter> filter)
            implements Measure
    {
        public Orphans
        {
            columns = ImmutableList.copyOf(columns);
            requireNonNull(product, "product is null");
            parentColumns = ImmutableList.copyOf(parentColumns);
            requireNonNull(filter, "filter is null");
            checkArgument(!columns.isEmpty() && columns.size() == parentColumns.size(), "%s columns refer to %s", columns.size(), parentColumns.size());
        }
    }

    /**
     * Seconds since the least time in a column: nothing may be kept for longer than the period.
     */
    record Retention(String column, Period period)
            implements Measure
    {
        public Retention
        {
            requireNonNull(column, "column is null");
            requireNonNull(period, "period is null");
        }
    }

    /**
     * The most seconds that a row took from one time to another.
     *
     * @param source when it happened
     * @param processed when it could be read; empty for the last commit that brought data, which is held against the newest row
     */
    record Latency(String source, Optional<String> processed, Duration threshold)
            implements Measure
    {
        public Latency
        {
            requireNonNull(source, "source is null");
            requireNonNull(processed, "processed is null");
            requireNonNull(threshold, "threshold is null");
        }
    }

    /**
     * Rows of the table, held against what former runs counted.
     */
    record UsualRowCount(UsualBand band)
            implements Measure
    {
        public UsualRowCount
        {
            requireNonNull(band, "band is null");
        }
    }

    /**
     * Completeness against the source that the product was made from, 0..1, by the last reconciliation.
     */
    record SourceRows()
            implements Measure {}

    /**
     * The rows that the figure is about; empty for all.
     */
    default Optional<RowFilter> rowFilter()
    {
        if (this instanceof Violations violations) {
            return violations.filter();
        }
        if (this instanceof RowCount rowCount) {
            return rowCount.filter();
        }
        if (this instanceof Aggregate aggregate) {
            return aggregate.filter();
        }
        if (this instanceof Orphans orphans) {
            return orphans.filter();
        }
        return this instanceof Duplicates duplicates ? duplicates.filter() : Optional.empty();
    }

    /**
     * Whether the same rows always give the same verdict: neither the clock has a say, nor another table, nor what was found before.
     */
    default boolean lasts()
    {
        boolean elsewhere = this instanceof Age || this instanceof Retention || this instanceof Orphans || this instanceof UsualRowCount || this instanceof SourceRows;
        boolean commit = this instanceof Latency latency && latency.processed().isEmpty();
        boolean clock = this instanceof Statement statement && RowFilter.dependsOnClock(statement.sql().text());
        return !elsewhere && !commit && !clock && rowFilter().filter(RowFilter::dependsOnClock).isEmpty();
    }

    /**
     * The contract asks for something that cannot be run as written, so the check is in error.
     */
    record CannotRun(String reason)
            implements Measure
    {
        public CannotRun
        {
            checkArgument(!reason.isBlank(), "reason is blank");
        }
    }
}
