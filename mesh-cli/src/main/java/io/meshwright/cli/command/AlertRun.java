package io.meshwright.cli.command;

import io.meshwright.bridge.alert.Alerting;
import io.meshwright.bridge.alert.DeliveryRow;
import io.meshwright.bridge.config.AlertSettings;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Console;
import io.meshwright.cli.registry.MeshRegistry;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Tells the configured hooks what the recorded results owe them, after a command that recorded some.
 */
final class AlertRun
{
    private final Console console;
    private final MeshConfiguration configuration;
    private final Set<String> silent = new HashSet<>();
    private final Set<String> announced = new HashSet<>();

    AlertRun(Console console, MeshConfiguration configuration)
    {
        this.console = requireNonNull(console, "console is null");
        this.configuration = requireNonNull(configuration, "configuration is null");
    }

    /**
     * A hook that does not answer is told about the products that follow by the next check, since each would wait for it anew.
     *
     * @param verdict of the command
     * @return the verdict, with {@link ExitCode#UNKNOWN} where somebody could not be told
     */
    ExitCode tell(ProductRow product, ExitCode verdict)
    {
        AlertSettings settings = configuration.alerts().withoutHooks(silent);
        silent.stream().filter(announced::add).forEach(hook -> console.error("hook " + hook + " does not answer; the next check tells it about the other products"));
        if (settings.hooks().isEmpty()) {
            return verdict;
        }
        boolean complete = true;
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            console.progress("telling hooks about " + product.address());
            for (DeliveryRow told : new Alerting(registry.catalog(), settings, Clock.systemUTC()).tell(MeshRegistry.read(product))) {
                String what = "%s %s of %s: %s (%s)".formatted(told.subjectType(), told.subject(), told.product(), told.event(), told.incident());
                if (told.isDelivered()) {
                    console.info("told " + told.hook() + ": " + what);
                }
                else {
                    console.error("NOT TOLD: hook " + told.hook() + " about " + what + ": " + told.detail().orElse("") + "; the next check tries again");
                    complete = false;
                    if (told.attempts() > 1) {
                        silent.add(told.hook());
                    }
                }
            }
        }
        finally {
            console.clearProgress();
        }
        return complete ? verdict : verdict.and(ExitCode.UNKNOWN);
    }
}
