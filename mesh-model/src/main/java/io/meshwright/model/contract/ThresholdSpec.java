package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;

import java.math.BigDecimal;
import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * An operator with its operand. Between is inclusive on both ends.
 *
 * @param values two for the between operators, one for the others
 */
public record ThresholdSpec(Operator operator, List<BigDecimal> values)
{
    public enum Operator
    {
        MUST_BE("mustBe"),
        MUST_NOT_BE("mustNotBe"),
        MUST_BE_GREATER_THAN("mustBeGreaterThan"),
        MUST_BE_GREATER_OR_EQUAL_TO("mustBeGreaterOrEqualTo"),
        MUST_BE_LESS_THAN("mustBeLessThan"),
        MUST_BE_LESS_OR_EQUAL_TO("mustBeLessOrEqualTo"),
        MUST_BE_BETWEEN("mustBeBetween"),
        MUST_NOT_BE_BETWEEN("mustNotBeBetween");

        private final String keyword;

        Operator(String keyword)
        {
            this.keyword = keyword;
        }

        /**
         * The key in ODCS 3.1; the other spellings are read as well.
         */
        public String keyword()
        {
            return keyword;
        }
    }

    public ThresholdSpec
    {
        requireNonNull(operator, "operator is null");
        values = ImmutableList.copyOf(values);
        boolean between = operator == Operator.MUST_BE_BETWEEN || operator == Operator.MUST_NOT_BE_BETWEEN;
        checkArgument(values.size() == (between ? 2 : 1), "%s takes %s, not %s values", operator.keyword(), between ? "two" : "one", values.size());
    }

    /**
     * Whether an actual figure satisfies this threshold.
     */
    public boolean isMetBy(BigDecimal actual)
    {
        requireNonNull(actual, "actual is null");
        int first = actual.compareTo(values.get(0));
        return switch (operator) {
            case MUST_BE -> first == 0;
            case MUST_NOT_BE -> first != 0;
            case MUST_BE_GREATER_THAN -> first > 0;
            case MUST_BE_GREATER_OR_EQUAL_TO -> first >= 0;
            case MUST_BE_LESS_THAN -> first < 0;
            case MUST_BE_LESS_OR_EQUAL_TO -> first <= 0;
            case MUST_BE_BETWEEN -> first >= 0 && actual.compareTo(values.get(1)) <= 0;
            case MUST_NOT_BE_BETWEEN -> first < 0 || actual.compareTo(values.get(1)) > 0;
        };
    }

    /**
     * For example {@code mustBe 0} or {@code mustBeBetween 1 and 5}.
     */
    @Override
    public String toString()
    {
        return operator.keyword() + " " + values.get(0).toPlainString() + (values.size() == 2 ? " and " + values.get(1).toPlainString() : "");
    }
}
