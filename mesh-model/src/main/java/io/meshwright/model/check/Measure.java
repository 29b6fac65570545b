package io.meshwright.model.check;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.sla.FreshnessSource;
import io.meshwright.model.sla.ServiceLevels.Freshness;

import java.util.List;

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
     */
    record Violations(String column, ValueRule rule)
            implements Measure
    {
        public Violations
        {
            requireNonNull(column, "column is null");
            requireNonNull(rule, "rule is null");
        }
    }

    record RowCount()
            implements Measure {}

    /**
     * Keys over these columns, in this order, that occur more than once.
     */
    record Duplicates(List<String> columns)
            implements Measure
    {
        public Duplicates
        {
            columns = ImmutableList.copyOf(columns);
            checkArgument(!columns.isEmpty(), "columns is empty");
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
