package io.meshwright.bridge.alert;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.model.sla.SlaEvaluator;
import io.meshwright.model.sla.SloStatus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * How a promise stands, by what is recorded.
 *
 * @param last its newest measurement; empty where it was never measured
 * @param miss the miss that lasts. It may last while the newest measurement could not tell
 */
public record ObjectiveState(String slo, Optional<SlaRow> last, Optional<Incident> miss)
{
    public ObjectiveState
    {
        requireNonNull(slo, "slo is null");
        requireNonNull(last, "last is null");
        requireNonNull(miss, "miss is null");
    }

    /**
     * One for each objective that the product promises.
     *
     * @param measurements of the product
     */
    public static List<ObjectiveState> of(RegisteredProduct product, List<SlaRow> measurements)
    {
        List<String> declared = SlaEvaluator.declared(product.serviceLevels());
        Map<String, SlaRow> last = new HashMap<>();
        measurements.forEach(row -> last.merge(row.slo(), row, (former, next) -> next.checkedAt().isBefore(former.checkedAt()) ? former : next));
        ImmutableList<Incident> open = Incidents.ofObjectives(
                        product.address().toString(), measurements, declared.stream().collect(toImmutableSet()), product.row().registeredAt(), OptionalInt.empty())
                .stream()
                .filter(Incident::isOpen)
                .collect(toImmutableList());
        return declared.stream()
                .map(slo -> new ObjectiveState(slo, Optional.ofNullable(last.get(slo)), open.stream().filter(incident -> incident.name().equals(slo)).findFirst()))
                .collect(toImmutableList());
    }

    /**
     * The verdict of the newest measurement.
     */
    public String status()
    {
        return last.map(SlaRow::status).orElse(SloStatus.UNKNOWN.label());
    }

    public boolean isMissed()
    {
        return miss.isPresent();
    }
}
