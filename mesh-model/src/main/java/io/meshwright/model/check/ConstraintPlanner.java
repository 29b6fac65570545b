package io.meshwright.model.check;

import com.google.common.collect.ImmutableSet;
import io.meshwright.model.check.CheckPlan.Unchecked;
import io.meshwright.model.check.ValueRule.Bound.Side;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.FieldConstraints;
import io.meshwright.model.contract.FieldType;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import static io.meshwright.model.contract.FieldType.ARRAY;
import static io.meshwright.model.contract.FieldType.BINARY;
import static io.meshwright.model.contract.FieldType.DECIMAL;
import static io.meshwright.model.contract.FieldType.INTEGER;
import static io.meshwright.model.contract.FieldType.LONG;
import static io.meshwright.model.contract.FieldType.STRING;
import static java.util.Objects.requireNonNull;

/**
 * The constraints of one field as rules on its values.
 */
final class ConstraintPlanner
{
    private static final Set<FieldType> COLLECTIONS = ImmutableSet.of(FieldType.STRUCT, ARRAY, FieldType.MAP);

    private final ContractField field;
    private final FieldTarget target;
    private final List<Unchecked> notChecked = new ArrayList<>();

    ConstraintPlanner(ContractField field, FieldTarget target)
    {
        this.target = requireNonNull(target, "target is null");
        this.field = requireNonNull(field, "field is null");
    }

    List<Unchecked> notChecked()
    {
        return notChecked;
    }

    /**
     * @param checks takes the keyword and how it is measured
     */
    void plan(BiConsumer<String, Measure> checks)
    {
        FieldConstraints constraints = field.constraints();
        if (!constraints.allowedValues().isEmpty()) {
            if (COLLECTIONS.contains(field.type()) || field.type() == BINARY) {
                notRun("enum");
            }
            else {
                checks.accept("enum", violations(new ValueRule.OneOf(constraints.allowedValues())));
            }
        }
        constraints.pattern().ifPresent(pattern -> {
            if (field.type() == STRING) {
                checks.accept("pattern", regex(pattern));
            }
            else {
                notRun("pattern");
            }
        });
        constraints.format().ifPresent(format -> planFormat(format, checks));
        boolean named = field.type() == FieldType.STRUCT || field.type() == FieldType.MAP;
        planLength(named ? "minProperties" : "minLength", constraints.minLength(), OptionalInt.empty(), checks);
        planLength(named ? "maxProperties" : "maxLength", OptionalInt.empty(), constraints.maxLength(), checks);
        if (constraints.uniqueItems()) {
            planUniqueItems(checks);
        }
        planBound("minimum", Side.LOWER, true, constraints.minimum(), checks);
        planBound("exclusiveMinimum", Side.LOWER, false, constraints.exclusiveMinimum(), checks);
        planBound("maximum", Side.UPPER, true, constraints.maximum(), checks);
        planBound("exclusiveMaximum", Side.UPPER, false, constraints.exclusiveMaximum(), checks);
        constraints.multipleOf().ifPresent(divisor -> planMultiple(divisor, checks));
    }

    private void planFormat(String format, BiConsumer<String, Measure> checks)
    {
        Optional<String> regex = NamedFormats.regex(format);
        if (field.type() == STRING && regex.isPresent()) {
            checks.accept("format", violations(new ValueRule.Matches(regex.orElseThrow())));
        }
        else {
            notChecked.add(new Unchecked(field.path() + ".format", "The format " + format + " is not verified for type " + field.declaredType()));
        }
    }

    private void planLength(String keyword, OptionalInt minimum, OptionalInt maximum, BiConsumer<String, Measure> checks)
    {
        if (minimum.isEmpty() && maximum.isEmpty()) {
            return;
        }
        if (field.type() == STRING || field.type() == BINARY || COLLECTIONS.contains(field.type())) {
            checks.accept(keyword, violations(new ValueRule.Length(minimum.orElse(0), maximum.orElse(ValueRule.Length.UNLIMITED))));
        }
        else {
            notRun(keyword);
        }
    }

    private void planUniqueItems(BiConsumer<String, Measure> checks)
    {
        if (field.type() != ARRAY || field.items().filter(ConstraintPlanner::holdsMap).isPresent()) {
            notRun("uniqueItems");
            return;
        }
        checks.accept("uniqueItems", violations(new ValueRule.DistinctElements()));
    }

    /**
     * Maps cannot be compared, and neither can what holds one.
     */
    private static boolean holdsMap(ContractField field)
    {
        return field.type() == FieldType.MAP || field.fields().stream().anyMatch(ConstraintPlanner::holdsMap) || field.items().filter(ConstraintPlanner::holdsMap).isPresent();
    }

    private void planBound(String keyword, Side side, boolean inclusive, Optional<String> bound, BiConsumer<String, Measure> checks)
    {
        bound.ifPresent(text -> checks.accept(keyword, BoundText.normalize(text, field.type())
                .map(value -> violations(new ValueRule.Bound(side, inclusive, value, field.type())))
                .orElseGet(() -> new Measure.CannotRun(keyword + " is " + text + ", which is no value of type " + field.declaredType()))));
    }

    private void planMultiple(String text, BiConsumer<String, Measure> checks)
    {
        if (field.type() != INTEGER && field.type() != LONG && field.type() != DECIMAL) {
            notRun("multipleOf");
            return;
        }
        Optional<BigDecimal> divisor = BoundText.normalize(text, DECIMAL).map(BigDecimal::new).filter(value -> value.signum() > 0);
        checks.accept("multipleOf", divisor
                .map(value -> violations(new ValueRule.MultipleOf(value)))
                .orElseGet(() -> new Measure.CannotRun("multipleOf is " + text + ", which is no positive number")));
    }

    private Measure regex(String pattern)
    {
        return syntaxError(pattern)
                .<Measure>map(error -> new Measure.CannotRun("The pattern " + pattern + " is no regular expression: " + error))
                .orElseGet(() -> violations(new ValueRule.Matches(pattern)));
    }

    static Optional<String> syntaxError(String pattern)
    {
        try {
            Pattern.compile(pattern);
            return Optional.empty();
        }
        catch (PatternSyntaxException e) {
            return Optional.of(e.getDescription());
        }
    }

    private Measure violations(ValueRule rule)
    {
        return target.violations(rule);
    }

    private void notRun(String keyword)
    {
        notChecked.add(new Unchecked(field.path() + "." + keyword, keyword + " is not verified for type " + field.declaredType()));
    }
}
