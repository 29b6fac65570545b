package io.meshwright.model.check;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.check.ValueRule.Each.Part;
import io.meshwright.model.contract.ContractField;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import static java.util.Objects.requireNonNull;

/**
 * Where the values of a field are: a column, reached through structs by dots, or what lies within the elements of one. A row breaks a rule on elements when
 * any element does.
 *
 * @param column the column itself, or the list or map that the field lies within
 * @param steps from that list or map down to the field, outermost first; none for a column
 * @param name for people: {@code lines.element.sku}
 * @param filter the rows that the rules are about; empty for all
 */
record FieldTarget(String column, List<UnaryOperator<ValueRule>> steps, String name, Optional<RowFilter> filter)
{
    FieldTarget
    {
        requireNonNull(column, "column is null");
        steps = ImmutableList.copyOf(steps);
        requireNonNull(name, "name is null");
        requireNonNull(filter, "filter is null");
    }

    static FieldTarget column(String name)
    {
        return new FieldTarget(name, List.of(), name, Optional.empty());
    }

    FieldTarget field(ContractField field)
    {
        return isColumn()
                ? new FieldTarget(column + "." + field.name(), List.of(), name + "." + field.name(), filter)
                : within(field.name(), rule -> new ValueRule.Inside(field.name(), rule));
    }

    FieldTarget part(Part part, ContractField field)
    {
        return within(field.name(), rule -> new ValueRule.Each(part, rule));
    }

    FieldTarget where(RowFilter rows)
    {
        return new FieldTarget(column, steps, name, Optional.of(rows));
    }

    /**
     * Whether the field is a column, or reached through structs only.
     */
    boolean isColumn()
    {
        return steps.isEmpty();
    }

    Measure violations(ValueRule rule)
    {
        ValueRule whole = rule;
        for (int step = steps.size() - 1; step >= 0; step--) {
            whole = steps.get(step).apply(whole);
        }
        return new Measure.Violations(column, whole, filter);
    }

    private FieldTarget within(String step, UnaryOperator<ValueRule> wrap)
    {
        return new FieldTarget(column, ImmutableList.<UnaryOperator<ValueRule>>builder().addAll(steps).add(wrap).build(), name + "." + step, filter);
    }
}
