package io.meshwright.model.check;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.sla.FreshnessSource;
import io.meshwright.model.sla.ServiceLevels.Freshness;

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
        return this instanceof Duplicates duplicates ? duplicates.filter() : Optional.empty();
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
