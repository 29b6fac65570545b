package io.meshwright.bridge.alert;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.config.AlertSettings;
import io.meshwright.bridge.migration.LegacyName;
import io.meshwright.bridge.registry.ContractRow;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.ProductAddress;
import io.meshwright.model.sla.SlaEvaluator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Tells the hooks what they do not know yet: of each incident its begin, its escalation and its end, each once. What is owed follows from the
 * recorded evaluations and the recorded deliveries, so nothing is lost when a process dies between the two. A process that dies after a delivery and before its record
 * makes the next one tell it again, under the same key. Thread-safe.
 */
public final class Alerting
{
    /**
     * An incident that ended before anybody could be told is still told if it ended that recently. An older one is history: whoever adds a
     * hook is not to be flooded.
     */
    public static final Duration CATCH_UP = Duration.ofDays(1);

    private final MeshCatalog catalog;
    private final AlertSettings settings;
    private final List<AlertHook> hooks;
    private final RowTable<DeliveryRow> deliveries;
    private final Clock clock;

    public Alerting(MeshCatalog catalog, AlertSettings settings, Clock clock)
    {
        this(catalog, settings, AlertHooks.of(settings, clock), clock);
    }

    Alerting(MeshCatalog catalog, AlertSettings settings, List<AlertHook> hooks, Clock clock)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.hooks = ImmutableList.copyOf(hooks);
        this.deliveries = new RowTable<>(catalog, DeliveryRow.TABLE, DeliveryRow.SCHEMA);
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * All incidents of a product's objectives, checks and reconciliations, the oldest first.
     */
    public List<Incident> incidents(RegisteredProduct product)
    {
        return incidents(product, new IcebergProductRegistry(catalog).current());
    }

    /**
     * Tells what is owed about one product. A hook that did not answer several times running is told the rest by the next check.
     *
     * @return what was tried, and how it went
     * @throws MeshException where the catalog does not answer
     */
    public List<DeliveryRow> tell(RegisteredProduct product)
    {
        if (hooks.isEmpty()) {
            return ImmutableList.of();
        }
        RegistryView registry = new IcebergProductRegistry(catalog).current();
        String address = product.address().toString();
        List<DeliveryRow> former = deliveries.read().rows().stream().filter(row -> row.product().equals(address)).collect(toImmutableList());
        Instant now = clock.instant();
        ImmutableList.Builder<DeliveryRow> told = ImmutableList.builder();
        Set<AlertHook> silent = new HashSet<>();
        for (Incident incident : incidents(product, registry)) {
            for (AlertHook hook : hooks) {
                if (silent.contains(hook)) {
                    continue;
                }
                List<DeliveryRow> tried = tell(product, incident, hook, Owed.of(incident, hook, former, settings, now));
                told.addAll(tried);
                if (tried.stream().anyMatch(row -> !row.isDelivered() && row.attempts() > 1)) {
                    // one that does not answer would hold up the check for each incident anew
                    silent.add(hook);
                }
            }
        }
        return told.build();
    }

    private List<DeliveryRow> tell(RegisteredProduct product, Incident incident, AlertHook hook, List<Owed> owed)
    {
        ImmutableList.Builder<DeliveryRow> told = ImmutableList.builder();
        for (Owed next : owed) {
            Alert alert = Alert.of(product, incident, next.event(), next.level(), MaskedFigures.isShown(product, incident));
            AlertHook.Outcome outcome = hook.send(alert);
            DeliveryRow row = new DeliveryRow(
                    alert.deliveryKey(),
                    incident.id(),
                    incident.product(),
                    incident.subject().type().label(),
                    incident.name(),
                    hook.name(),
                    next.event().label(),
                    next.level(),
                    outcome.isDelivered() ? DeliveryRow.DELIVERED : DeliveryRow.FAILED,
                    outcome.attempts(),
                    outcome.detail(),
                    clock.instant());
            if (!next.repetition() || !outcome.isDelivered()) {
                // one commit each, at once: what is not recorded is told again
                deliveries.append(ImmutableList.of(row));
                told.add(row);
            }
            if (!outcome.isDelivered()) {
                // an end before its begin would be a riddle
                break;
            }
        }
        return told.build();
    }

    private List<Incident> incidents(RegisteredProduct product, RegistryView registry)
    {
        ResultTables results = new ResultTables(catalog);
        String address = product.address().toString();
        Set<String> contracts = registeredContracts(registry, product.address());
        return ImmutableList.<Incident>builder()
                .addAll(Incidents.ofObjectives(address, results.slaHistory(address), ImmutableSet.copyOf(SlaEvaluator.declared(product.serviceLevels())), product.row().registeredAt(), settings.unknownAfter()))
                // a test against a file that somebody proposes is no promise
                .addAll(Incidents.ofChecks(address, results.checks(address, row -> row.contractHash().filter(contracts::contains).isPresent()), settings.unknownAfter()))
                .addAll(Incidents.ofReconciliations(address, results.windows(address), product.spec().migration().map(LegacyName::of).map(LegacyName::toString), product.row().registeredAt(), settings.unknownAfter()))
                .build()
                .stream()
                .sorted((left, right) -> left.since().compareTo(right.since()))
                .collect(toImmutableList());
    }

    private static Set<String> registeredContracts(RegistryView registry, ProductAddress address)
    {
        return registry.history(address).stream().flatMap(row -> row.contracts().stream()).map(ContractRow::hash).collect(toImmutableSet());
    }
}
