package io.meshwright.bridge.alert;

import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.model.mask.MaskPlan;
import io.meshwright.model.product.MigrationSpec;

import java.util.Optional;

/**
 * Whether the figure of an incident may be told to whoever is paged.
 */
final class MaskedFigures
{
    private MaskedFigures() {}

    static boolean isShown(RegisteredProduct product, Incident incident)
    {
        Incident.Subject subject = incident.subject();
        if (subject.type() == Incident.Subject.Type.RECONCILIATION) {
            return windowsAreShown(product);
        }
        if (subject.type() == Incident.Subject.Type.OBJECTIVE) {
            return product.shownFigures().ofObjective(subject.name(), incident.last().source());
        }
        // a metric that nobody knows may be anything
        return product.shownFigures(subject.port()).ofCheck(incident.last().metric().orElse(""), subject.field());
    }

    /**
     * Numbers of rows are no values, but the windows that they are told by are those of a column. Where nobody knows what is masked, it may be that one.
     */
    private static boolean windowsAreShown(RegisteredProduct product)
    {
        Optional<String> column = product.spec().migration().flatMap(MigrationSpec::window).map(MigrationSpec.Window::column);
        Optional<MaskPlan> masks = product.queryablePort().map(PortRow::name).flatMap(product::masks);
        return column.isEmpty() || (masks.isPresent() && masks.orElseThrow().mask(column.orElseThrow()).isEmpty());
    }
}
