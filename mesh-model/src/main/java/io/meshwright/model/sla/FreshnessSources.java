package io.meshwright.model.sla;

import com.google.common.collect.ImmutableSet;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.FieldType;
import io.meshwright.model.sla.FreshnessSource.Kind;
import io.meshwright.model.sla.ServiceLevels.Freshness;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Chooses what the age of a table is told by.
 */
public final class FreshnessSources
{
    private static final Set<FieldType> TIMES = ImmutableSet.of(FieldType.TIMESTAMP, FieldType.TIMESTAMP_NTZ);

    private FreshnessSources() {}

    /**
     * The declared timestamp field, written alone or as {@code model.field}, else the only required timestamp, else the last
     * data-changing commit. An arrival by a time of day is always told by the commit, unless a field is declared.
     * Empty where the declared field is none of the model's timestamps or dates.
     */
    public static Optional<FreshnessSource> choose(Freshness objective, ContractModel model)
    {
        if (objective.timestampField().isPresent()) {
            String declared = objective.timestampField().orElseThrow();
            String name = declared.startsWith(model.name() + ".") ? declared.substring(model.name().length() + 1) : declared;
            return model.field(name)
                    .filter(field -> TIMES.contains(field.type()) || field.type() == FieldType.DATE)
                    .map(field -> new FreshnessSource(Kind.DECLARED_FIELD, Optional.of(name)));
        }
        List<ContractField> required = model.fields().stream()
                .filter(field -> TIMES.contains(field.type()) && field.required())
                .collect(toImmutableList());
        if (required.size() == 1 && objective.maxAge().isPresent()) {
            return Optional.of(new FreshnessSource(Kind.ONLY_REQUIRED_TIMESTAMP, Optional.of(required.get(0).name())));
        }
        return Optional.of(FreshnessSource.LAST_DATA_COMMIT);
    }
}
