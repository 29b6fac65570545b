package io.meshwright.bridge.alert;

import io.meshwright.bridge.registry.RegisteredProduct;

/**
 * Whether the figure of an incident may be told to whoever is paged.
 */
final class MaskedFigures
{
    private MaskedFigures() {}

    static boolean isShown(RegisteredProduct product, Incident incident)
    {
        Incident.Subject subject = incident.subject();
        if (subject.type() == Incident.Subject.Type.OBJECTIVE) {
            return product.shownFigures().ofObjective(subject.name(), incident.last().source());
        }
        // a metric that nobody knows may be anything
        return product.shownFigures(subject.port()).ofCheck(incident.last().metric().orElse(""), subject.field());
    }
}
