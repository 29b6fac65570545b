package io.meshwright.model.check;

import com.google.common.collect.ImmutableSet;
import io.meshwright.model.check.CheckPlan.Unchecked;
import io.meshwright.model.check.CheckSpec.Unit;
import io.meshwright.model.check.ValueRule.Each.Part;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.ContractModel.CompositeReference;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.FieldType;
import io.meshwright.model.contract.QualityRule;
import io.meshwright.model.contract.ThresholdSpec;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.ProductCheck;
import io.meshwright.model.sla.FreshnessSource;
import io.meshwright.model.sla.FreshnessSources;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.contract.ThresholdSpec.Operator.MUST_BE;
import static java.util.Objects.requireNonNull;

/**
 * Turns one model of a contract into checks. Nothing of the contract is lost: what cannot be checked is said to be so.
 */
public final class CheckPlanner
{
    static final List<ThresholdSpec> NONE = List.of(new ThresholdSpec(MUST_BE, List.of(BigDecimal.ZERO)));
    private static final String ERROR = "error";

    private final DataContract contract;
    private final ContractModel model;
    private final Set<String> tableNames;
    private final List<CheckSpec> checks = new ArrayList<>();
    private final List<Unchecked> notChecked = new ArrayList<>();
    private final List<String> profileColumns = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private CheckPlanner(DataContract contract, ContractModel model, Set<String> tableNames)
    {
        this.contract = requireNonNull(contract, "contract is null");
        this.model = requireNonNull(model, "model is null");
        this.tableNames = ImmutableSet.<String>builder()
                .add(model.name())
                .addAll(model.physicalName().stream().iterator())
                .addAll(tableNames)
                .build();
    }

    /**
     * @param tableNames what statements may call the table under test, next to the model's own names: the product, its SQL name
     */
    public static CheckPlan plan(DataContract contract, ContractModel model, Set<String> tableNames)
    {
        return plan(contract, model, tableNames, List.of());
    }

    /**
     * @param quality what the product declares next to its contract
     */
    public static CheckPlan plan(DataContract contract, ContractModel model, Set<String> tableNames, List<ProductCheck> quality)
    {
        return new CheckPlanner(contract, model, tableNames).plan(quality);
    }

    private CheckPlan plan(List<ProductCheck> quality)
    {
        contract.notChecked().forEach(entry -> notChecked.add(new Unchecked(entry.path(), entry.reason())));
        for (ContractField field : model.fields()) {
            planField(field, FieldTarget.column(field.name()), true);
        }
        planPrimaryKey();
        model.quality().forEach(rule -> planRule(rule, Optional.empty(), Optional.empty()));
        model.references().forEach(this::planReference);
        planFreshness();
        TimelinessPlanner timeliness = new TimelinessPlanner(model);
        timeliness.plan(contract.timeliness(), (name, field, metric, measure, path) ->
                checks.add(new CheckSpec(unique(name), field, metric, measure, List.of(), Unit.ROWS, ERROR, metric.dimension(), path)));
        notChecked.addAll(timeliness.notChecked());
        ProductCheckPlanner declared = new ProductCheckPlanner(model);
        quality.forEach(check -> addPlanned(declared.plan(check)));
        return new CheckPlan(contract.id(), contract.version(), model.name(), checks, profileColumns, notChecked);
    }

    private void planField(ContractField field, FieldTarget place, boolean topLevel)
    {
        FieldTarget target = place;
        if (place.isColumn()) {
            add(place.name() + ".schema", Optional.of(place.name()), CheckMetric.SCHEMA, new Measure.ColumnMatches(place.name(), field), field.path());
            profileColumns.add(place.name());
        }
        Optional<String> filter = field.constraints().filter();
        if (filter.isPresent()) {
            try {
                target = place.where(RowFilter.parse(filter.orElseThrow(), Optional.of(place.name()).filter(unused -> place.isColumn())));
            }
            catch (MeshException e) {
                // without its filter a rule would be another one, so none of the field's rules runs
                add(place.name() + ".filter", Optional.of(place.name()), CheckMetric.INVALID_VALUES, new Measure.CannotRun(e.rule().id() + ": " + e.getMessage()), field.path() + ".filter");
                return;
            }
        }
        planRules(field, target, topLevel);
    }

    private void planRules(ContractField field, FieldTarget target, boolean topLevel)
    {
        String name = target.name();
        if (field.required() || field.primaryKey()) {
            add(name + ".required", Optional.of(name), CheckMetric.NULL_VALUES, target.violations(new ValueRule.NotNull()), field.path());
        }
        if (field.unique() && !(topLevel && isOnlyKey(field))) {
            planUnique(field, target);
        }
        ConstraintPlanner constraints = new ConstraintPlanner(field, target);
        constraints.plan((keyword, measure) ->
                add(name + "." + keyword, Optional.of(name), CheckMetric.INVALID_VALUES, measure, field.path() + "." + keyword));
        notChecked.addAll(constraints.notChecked());
        field.quality().forEach(rule -> planRule(rule, Optional.of(target), Optional.of(field)));
        field.references().ifPresent(reference -> planReference(field, target, reference));
        field.fields().forEach(nested -> planField(nested, target.field(nested), false));
        field.items().ifPresent(element -> planField(element, target.part(Part.ELEMENT, element), false));
        field.key().ifPresent(key -> planField(key, target.part(Part.KEY, key), false));
        field.value().ifPresent(value -> planField(value, target.part(Part.VALUE, value), false));
    }

    private void planUnique(ContractField field, FieldTarget target)
    {
        if (field.type() == FieldType.MAP) {
            notChecked.add(new Unchecked(field.path() + ".unique", "Maps cannot be compared"));
            return;
        }
        if (!target.isColumn()) {
            notChecked.add(new Unchecked(field.path() + ".unique", "unique is about the rows of a table; the elements of a list are so by uniqueItems"));
            return;
        }
        add(target.name() + ".unique", Optional.of(target.name()), CheckMetric.DUPLICATE_VALUES, new Measure.Duplicates(List.of(target.column()), target.filter()), field.path() + ".unique");
    }

    /**
     * {@code domain.product.field} is a field of another product.
     */
    private void planReference(ContractField field, FieldTarget target, String reference)
    {
        int last = reference.lastIndexOf('.');
        String parent = last < 0 ? "" : reference.substring(0, last);
        if (parent.indexOf('.') < 0) {
            notChecked.add(new Unchecked(field.path() + ".references", "%s is no field of another product; write domain.product.field".formatted(reference)));
            return;
        }
        if (!target.isColumn()) {
            notChecked.add(new Unchecked(field.path() + ".references", "References from within lists and maps are not checked"));
            return;
        }
        add(target.name() + ".references",
                Optional.of(target.name()),
                CheckMetric.REFERENCES,
                new Measure.Orphans(List.of(target.column()), parent, List.of(reference.substring(last + 1)), target.filter()),
                field.path() + ".references");
    }

    private void planReference(CompositeReference reference)
    {
        if (reference.table().indexOf('.') < 0) {
            notChecked.add(new Unchecked(reference.path(), "%s is no other product; write domain.product.field".formatted(reference.table())));
            return;
        }
        Measure measure = new Measure.Orphans(reference.fields(), reference.table(), reference.keys(), Optional.empty());
        add(String.join("+", reference.fields()) + ".references", Optional.empty(), CheckMetric.REFERENCES, measure, reference.path());
    }

    private void planPrimaryKey()
    {
        List<ContractField> key = key();
        if (key.isEmpty()) {
            return;
        }
        List<String> columns = key.stream().map(ContractField::name).collect(toImmutableList());
        Optional<String> field = columns.size() == 1 ? Optional.of(columns.get(0)) : Optional.empty();
        add(field.map(name -> name + ".").orElse("") + "primaryKey", field, CheckMetric.DUPLICATE_VALUES, new Measure.Duplicates(columns), model.path());
    }

    private List<ContractField> key()
    {
        return model.fields().stream()
                .filter(ContractField::primaryKey)
                .sorted(Comparator.comparingInt(field -> field.primaryKeyPosition().orElse(Integer.MAX_VALUE)))
                .collect(toImmutableList());
    }

    private boolean isOnlyKey(ContractField field)
    {
        return field.primaryKey() && key().size() == 1;
    }

    private void planFreshness()
    {
        contract.serviceLevels().freshness().ifPresent(objective -> {
            Optional<FreshnessSource> source = FreshnessSources.choose(objective, model);
            Measure measure = source.<Measure>map(chosen -> new Measure.Age(objective, chosen))
                    .orElseGet(() -> new Measure.CannotRun("The timestamp field " + objective.timestampField().orElseThrow() + " of the freshness objective is no date or timestamp of the model"));
            // the runner holds the age against the objective, since a time of day is a threshold only at the time of the check
            CheckSpec check = new CheckSpec(unique("freshness"), source.flatMap(FreshnessSource::field), CheckMetric.FRESHNESS, measure, List.of(), Unit.ROWS, ERROR, CheckMetric.FRESHNESS.dimension(), "servicelevels.freshness");
            checks.add(check);
        });
    }

    private void planRule(QualityRule rule, Optional<FieldTarget> target, Optional<ContractField> field)
    {
        new RulePlanner(model, tableNames, rule, target, field).plan().ifPresentOrElse(
                this::addPlanned,
                () -> addNotChecked(rule));
    }

    private void addPlanned(CheckSpec planned)
    {
        checks.add(new CheckSpec(
                unique(planned.name()),
                planned.field(),
                planned.metric(),
                planned.measure(),
                planned.thresholds(),
                planned.unit(),
                planned.severity(),
                planned.dimension(),
                planned.path()));
    }

    private void addNotChecked(QualityRule rule)
    {
        // the reader of the contract has told already of rules that run nowhere
        if (contract.notChecked().stream().noneMatch(entry -> entry.path().equals(rule.path()))) {
            notChecked.add(new Unchecked(rule.path(), RulePlanner.reasonNotToRun(rule)));
        }
    }

    private void add(String name, Optional<String> field, CheckMetric metric, Measure measure, String path)
    {
        checks.add(new CheckSpec(unique(name), field, metric, measure, NONE, Unit.ROWS, ERROR, metric.dimension(), path));
    }

    private String unique(String name)
    {
        String candidate = name;
        for (int number = 2; !names.add(candidate); number++) {
            candidate = name + "#" + number;
        }
        return candidate;
    }
}
