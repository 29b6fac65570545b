package io.meshwright.bridge.registry;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.model.finding.MeshException;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.bridge.registry.Registration.Outcome.CREATED;
import static io.meshwright.bridge.registry.Registration.Outcome.UNCHANGED;
import static io.meshwright.bridge.registry.Registration.Outcome.UPDATED;
import static io.meshwright.model.finding.MeshException.Cause.REFUSED;
import static java.util.Objects.requireNonNull;

/**
 * The registry as the Iceberg table {@code mesh.product_versions}. Thread-safe.
 */
public final class IcebergProductRegistry
        implements ProductRegistry
{
    private final RowTable<ProductRow> table;
    private final Clock clock;

    public IcebergProductRegistry(MeshCatalog catalog)
    {
        this(catalog, Clock.systemUTC());
    }

    IcebergProductRegistry(MeshCatalog catalog, Clock clock)
    {
        this.table = new RowTable<>(catalog, ProductRow.TABLE, ProductRow.SCHEMA);
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public RegistryView current()
    {
        RowTable.Content<ProductRow> content = table.read();
        return RegistryView.of(content.snapshotId(), content.rows());
    }

    @Override
    public RegistryView asOf(Instant instant)
    {
        // rows are never changed and their times rise with the commits, so no snapshot has to be kept for this
        List<ProductRow> rows = table.read().rows().stream()
                .filter(row -> !row.registeredAt().isAfter(instant))
                .collect(toImmutableList());
        return RegistryView.of(OptionalLong.empty(), rows);
    }

    @Override
    public Registration register(ProductDraft draft, int expectedRevision)
    {
        for (int attempt = 1; ; attempt++) {
            RegistryView view = current();
            Optional<ProductRow> registered = view.find(draft.address());
            if (registered.isPresent() && registered.orElseThrow().productHash().equals(draft.hash())) {
                return new Registration(UNCHANGED, registered.orElseThrow());
            }
            int revision = registered.map(ProductRow::revision).orElse(0);
            if (revision != expectedRevision) {
                throw conflict(draft, expectedRevision, registered);
            }
            Ownership.check(draft, view.products());
            ProductRow row = draft.toRow(revision + 1, nextInstant(view));
            if (table.appendIfUnchanged(view.snapshotId(), List.of(row))) {
                return new Registration(revision == 0 ? CREATED : UPDATED, row);
            }
            table.waitForTurn(attempt);
        }
    }

    /**
     * Later than every row that is there, even when the clock of another writer runs ahead.
     */
    private Instant nextInstant(RegistryView view)
    {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return view.products().stream()
                .map(row -> row.registeredAt().plus(1, ChronoUnit.MICROS))
                .filter(now::isBefore)
                .max(Instant::compareTo)
                .orElse(now);
    }

    private static MeshException conflict(ProductDraft draft, int expectedRevision, Optional<ProductRow> registered)
    {
        String found = registered
                .map(row -> "revision %s was registered by %s at %s".formatted(row.revision(), row.registeredBy(), row.registeredAt()))
                .orElse("it is not registered");
        return new MeshException(
                RegistryRule.CONFLICT,
                REFUSED,
                "%s was changed by somebody else: this registration is based on %s, but %s; nothing was written".formatted(
                        draft.address(), expectedRevision == 0 ? "none" : "revision " + expectedRevision, found),
                "Look at the registered product with  mesh catalog get %s , merge the two and register again".formatted(draft.address()));
    }
}
