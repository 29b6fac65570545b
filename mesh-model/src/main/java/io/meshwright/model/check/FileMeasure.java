package io.meshwright.model.check;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * A figure that adds up over the data files of a table, so that what one file contributes depends on nothing but the file and the deletes
 * that apply to it. A file contributes a whole number, or nothing where there is nothing to tell, for example the newest time of no value.
 */
public sealed interface FileMeasure
{
    enum Fold
    {
        SUM,
        GREATEST,
        LEAST,
    }

    /**
     * How the figures of files become the one of the table.
     */
    default Fold fold()
    {
        return Fold.SUM;
    }

    /**
     * The columns that are looked at. Dots lead into structs.
     */
    List<String> columns();

    /**
     * The rows that are looked at; empty for all.
     */
    default Optional<RowFilter> filter()
    {
        return Optional.empty();
    }

    /**
     * Whether the figure of a file stays the same until the file or its deletes change.
     */
    default boolean lasts()
    {
        return filter().filter(RowFilter::dependsOnClock).isEmpty();
    }

    record Rows(Optional<RowFilter> filter)
            implements FileMeasure
    {
        public Rows
        {
            requireNonNull(filter, "filter is null");
        }

        public Rows()
        {
            this(Optional.empty());
        }

        @Override
        public List<String> columns()
        {
            return withColumnsOf(filter, List.of());
        }
    }

    /**
     * Rows in which a column is not NULL.
     *
     * @param column dots lead into structs
     */
    record Values(String column)
            implements FileMeasure
    {
        public Values
        {
            requireNonNull(column, "column is null");
        }

        @Override
        public List<String> columns()
        {
            return List.of(column);
        }
    }

    /**
     * Rows whose value breaks a rule.
     *
     * @param column dots lead into structs; where a struct is NULL the rules on its fields are satisfied
     */
    record Violations(String column, ValueRule rule, Optional<RowFilter> filter)
            implements FileMeasure
    {
        public Violations
        {
            requireNonNull(column, "column is null");
            requireNonNull(rule, "rule is null");
            requireNonNull(filter, "filter is null");
        }

        @Override
        public List<String> columns()
        {
            return withColumnsOf(filter, List.of(column));
        }
    }

    /**
     * The greatest value of a date or timestamp column, in microseconds since 1970-01-01T00:00:00Z; a date counts from its first instant, a
     * timestamp without a zone as UTC.
     */
    record Newest(String column)
            implements FileMeasure
    {
        public Newest
        {
            requireNonNull(column, "column is null");
        }

        @Override
        public List<String> columns()
        {
            return List.of(column);
        }

        @Override
        public Fold fold()
        {
            return Fold.GREATEST;
        }
    }

    /**
     * The least value, as {@link Newest} the greatest.
     */
    record Oldest(String column)
            implements FileMeasure
    {
        public Oldest
        {
            requireNonNull(column, "column is null");
        }

        @Override
        public List<String> columns()
        {
            return List.of(column);
        }

        @Override
        public Fold fold()
        {
            return Fold.LEAST;
        }
    }

    /**
     * The greatest number of microseconds from one time of a row to another, of rows that have both.
     */
    record LongestDelay(String from, String to)
            implements FileMeasure
    {
        public LongestDelay
        {
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
        }

        @Override
        public List<String> columns()
        {
            return List.of(from, to);
        }

        @Override
        public Fold fold()
        {
            return Fold.GREATEST;
        }
    }

    /**
     * Keys that occur more than once within the file; a key with a NULL part is none. They add up over files that have no key in common.
     */
    record RecurringKeys(List<String> keys, Optional<RowFilter> filter)
            implements FileMeasure
    {
        public RecurringKeys
        {
            keys = ImmutableList.copyOf(keys);
            requireNonNull(filter, "filter is null");
        }

        @Override
        public List<String> columns()
        {
            return withColumnsOf(filter, keys);
        }
    }

    /**
     * The figure of two files together.
     *
     * @throws ArithmeticException when a sum leaves 64 bits
     */
    default OptionalLong merge(OptionalLong left, OptionalLong right)
    {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isPresent() ? left : right;
        }
        return OptionalLong.of(switch (fold()) {
            case SUM -> Math.addExact(left.orElseThrow(), right.orElseThrow());
            case GREATEST -> Math.max(left.orElseThrow(), right.orElseThrow());
            case LEAST -> Math.min(left.orElseThrow(), right.orElseThrow());
        });
    }

    /**
     * The figure of no file at all.
     */
    default OptionalLong ofNoFile()
    {
        return fold() == Fold.SUM ? OptionalLong.of(0) : OptionalLong.empty();
    }

    private static List<String> withColumnsOf(Optional<RowFilter> filter, List<String> columns)
    {
        return ImmutableList.<String>builder().addAll(columns).addAll(filter.map(RowFilter::columns).orElse(List.of())).build();
    }
}
