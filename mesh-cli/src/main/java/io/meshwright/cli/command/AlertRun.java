package io.meshwright.cli.command;

import io.meshwright.bridge.alert.Alerting;
import io.meshwright.bridge.alert.DeliveryRow;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Console;
import io.meshwright.cli.registry.MeshRegistry;

import java.time.Clock;

/**
 * Tells the configured hooks what the recorded results owe them, after a command that recorded some.
 */
final class AlertRun
{
    private AlertRun() {}

    /**
     * @param verdict of the command
     * @return the verdict, with {@link ExitCode#UNKNOWN} where somebody could not be told
     */
    static ExitCode tell(Console console, MeshConfiguration configuration, ProductRow product, ExitCode verdict)
    {
        if (configuration.alerts().hooks().isEmpty()) {
            return verdict;
        }
        boolean complete = true;
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            console.progress("telling hooks about " + product.address());
            for (DeliveryRow told : new Alerting(registry.catalog(), configuration.alerts(), Clock.systemUTC()).tell(MeshRegistry.read(product))) {
                String what = "%s %s of %s: %s (%s)".formatted(told.subjectType(), told.subject(), told.product(), told.event(), told.incident());
                if (told.isDelivered()) {
                    console.info("told " + told.hook() + ": " + what);
                }
                else {
                    console.error("NOT TOLD: hook " + told.hook() + " about " + what + ": " + told.detail().orElse("") + "; the next check tries again");
                    complete = false;
                }
            }
        }
        finally {
            console.clearProgress();
        }
        return complete ? verdict : verdict.and(ExitCode.UNKNOWN);
    }
}
