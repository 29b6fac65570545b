package io.meshwright.bridge.alert;

import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.model.mask.MaskPlan;
import io.meshwright.model.sla.SlaEvaluator;

import java.util.Optional;
import java.util.Set;

/**
 * Whether the figure of an incident may be told to whoever is paged. The age of the newest row is a value of its timestamp, and a check may
 * compute a greatest amount or run a statement of its own.
 */
final class MaskedFigures
{
    private static final Set<String> RATIOS = Set.of(SlaEvaluator.AVAILABILITY, SlaEvaluator.COMPLETENESS, SlaEvaluator.ACCURACY);

    private MaskedFigures() {}

    static boolean isShown(RegisteredProduct product, Incident incident)
    {
        Incident.Subject subject = incident.subject();
        boolean objective = subject.type() == Incident.Subject.Type.OBJECTIVE;
        if (objective && RATIOS.contains(subject.name())) {
            return true;
        }
        String port = objective ? product.queryablePort().map(PortRow::name).orElse("") : subject.port();
        Optional<MaskPlan> masks = product.masks(port);
        if (masks.isEmpty()) {
            return objective;
        }
        Set<String> masked = masks.orElseThrow().masks().keySet();
        if (objective && subject.name().equals(SlaEvaluator.LATENCY)) {
            // it is told by two timestamps that only the contract names
            return masked.isEmpty();
        }
        if (objective) {
            // "occurred_at (declared)"; what was measured under an earlier contract may come from another column than today
            return incident.last().source().map(source -> masked.stream().noneMatch(path -> source.startsWith(path + " "))).orElse(masked.isEmpty());
        }
        // a check without a column may compute anything of any of them
        return subject.field().map(field -> masked.stream().noneMatch(path -> field.equals(path) || field.startsWith(path + ".") || path.startsWith(field + "."))).orElse(masked.isEmpty());
    }
}
