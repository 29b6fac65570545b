package io.meshwright.model.check;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.contract.FieldType;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A rule on one value. Except for {@link NotNull} and {@link NotMissing}, NULL satisfies every rule. Rules travel to the machines of a cluster.
 */
public sealed interface ValueRule
        extends Serializable
{
    record NotNull()
            implements ValueRule {}

    /**
     * Neither NULL nor one of these.
     *
     * @param missing values that stand for "missing", for example the empty text or {@code N/A}
     */
    record NotMissing(List<String> missing)
            implements ValueRule
    {
        public NotMissing
        {
            missing = ImmutableList.copyOf(missing);
        }
    }

    /**
     * @param values texts as in the contract; numbers compare as numbers, so {@code 1.0} allows 1
     */
    record OneOf(List<String> values)
            implements ValueRule
    {
        public OneOf
        {
            values = ImmutableList.copyOf(values);
            checkArgument(!values.isEmpty(), "values is empty");
        }
    }

    /**
     * @param regex found anywhere in the text form of the value; anchors bind it to the ends
     */
    record Matches(String regex)
            implements ValueRule
    {
        public Matches
        {
            requireNonNull(regex, "regex is null");
        }
    }

    /**
     * A bound. NaN satisfies none.
     *
     * @param value a number, a date or a timestamp in the form that {@link BoundText} gives for the type
     */
    record Bound(Side side, boolean inclusive, String value, FieldType type)
            implements ValueRule
    {
        public enum Side
        {
            LOWER,
            UPPER,
        }

        public Bound
        {
            requireNonNull(side, "side is null");
            requireNonNull(value, "value is null");
            requireNonNull(type, "type is null");
        }
    }

    /**
     * Length in Unicode code points, of a list or a map in elements, of a struct in fields that are not NULL; both ends inclusive.
     *
     * @param minimum 0 where there is none
     * @param maximum {@link #UNLIMITED} where there is none
     */
    record Length(int minimum, int maximum)
            implements ValueRule
    {
        public static final int UNLIMITED = Integer.MAX_VALUE;

        public Length
        {
            checkArgument(minimum >= 0, "minimum is negative: %s", minimum);
            checkArgument(maximum >= 0, "maximum is negative: %s", maximum);
        }
    }

    record MultipleOf(BigDecimal divisor)
            implements ValueRule
    {
        public MultipleOf
        {
            checkArgument(divisor.signum() > 0, "divisor is not positive: %s", divisor);
        }
    }

    record AllOf(List<ValueRule> rules)
            implements ValueRule
    {
        public AllOf
        {
            rules = ImmutableList.copyOf(rules);
        }
    }

    /**
     * No element of a list occurs twice in it. A NULL element repeats nothing.
     */
    record DistinctElements()
            implements ValueRule {}

    /**
     * Every element of a list or a map keeps a rule. One that does not is enough for the whole to break it.
     */
    record Each(Part part, ValueRule rule)
            implements ValueRule
    {
        public enum Part
        {
            ELEMENT,
            KEY,
            VALUE,
        }

        public Each
        {
            requireNonNull(part, "part is null");
            requireNonNull(rule, "rule is null");
        }
    }

    /**
     * A field of a struct keeps a rule; where the struct is NULL, nothing is asked of its fields.
     */
    record Inside(String field, ValueRule rule)
            implements ValueRule
    {
        public Inside
        {
            requireNonNull(field, "field is null");
            requireNonNull(rule, "rule is null");
        }
    }
}
