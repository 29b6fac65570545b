package io.meshwright.bridge.check;

import io.meshwright.model.check.CheckPlan.Unchecked;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.Measure;
import io.meshwright.model.check.ValueRule;
import org.apache.iceberg.types.Types.NestedField;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What the schema alone tells: whether columns are as declared, and which checks cannot run since their column is missing or of another type.
 */
final class SchemaChecks
        implements CheckFamily
{
    private final RunContext run;
    private final Set<String> mismatched = new HashSet<>();

    SchemaChecks(RunContext run)
    {
        this.run = requireNonNull(run, "run is null");
    }

    @Override
    public void answer()
    {
        run.progress().accept("checking schema of " + run.table().schema().columns().size() + " columns");
        // in the order of the plan, in which a column's type comes before its other rules
        run.results().open().forEach(check -> run.results().attempt(check, () -> answer(check)));
    }

    private void answer(CheckSpec check)
    {
        Measure measure = check.measure();
        if (measure instanceof Measure.CannotRun cannotRun) {
            run.results().put(CheckResults.error(check, cannotRun.reason()));
        }
        else if (measure instanceof Measure.ColumnMatches matches) {
            Optional<String> mismatch = ColumnTypes.mismatch(run.table().schema(), matches.column(), matches.field());
            mismatch.ifPresent(unused -> mismatched.add(matches.column()));
            run.results().put(CheckResults.of(check, BigDecimal.valueOf(mismatch.isPresent() ? 1 : 0), Optional.empty(), OptionalLong.of(0), mismatch));
        }
        else if (measure instanceof Measure.Violations violations && mismatched.contains(violations.column()) && !(violations.rule() instanceof ValueRule.NotNull)
                && run.hasColumn(violations.column())) {
            run.results().put(CheckResults.error(check, "Column " + violations.column() + " is of another type than the contract says, so its values are not checked"));
        }
        else {
            check.columns().stream()
                    .filter(column -> !run.hasColumn(column))
                    .findFirst()
                    .ifPresent(column -> run.results().put(CheckResults.error(check, "Column " + column + " is not in the table")));
        }
    }

    /**
     * Columns of the table that the contract does not declare.
     */
    List<Unchecked> undeclared()
    {
        Set<String> declared = new HashSet<>();
        run.plan().profileColumns().forEach(name -> declared.add(name.split("\\.", 2)[0]));
        return run.table().schema().columns().stream()
                .map(NestedField::name)
                .filter(name -> !declared.contains(name))
                .map(name -> new Unchecked(name, "The table has this column, the contract does not"))
                .collect(toImmutableList());
    }
}
