package io.meshwright.trino.control;

import io.meshwright.model.product.Deprecation;
import io.meshwright.trino.control.ProductStorage.ServedData;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.ProductVersion;
import io.meshwright.trino.product.VersionLifecycle;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The versions of a product: how long each lives, what follows it, and which data it serves now.
 */
final class LifecycleTable
{
    /**
     * @param data empty for a view, and for whoever may not read the product
     */
    record State(Product version, ProductVersion details, VersionLifecycle.State state, Optional<ServedData> data)
    {
        Optional<Deprecation> deprecation()
        {
            return VersionLifecycle.deprecation(version);
        }
    }

    static final ControlColumns<State> COLUMNS = ControlColumns.<State>builder()
            .text("product", "Address of the product", state -> state.version().address())
            .text("name", "What SQL calls the version", state -> state.version().name().toString())
            .text("version", "Version of the contract", state -> state.details().contractVersion())
            .text("port", "Output port behind the name", state -> state.details().port().name())
            .text("type", "iceberg or view", state -> state.details().port().type().label())
            .text("state", "current, deprecated or retired", state -> state.state().name().toLowerCase(Locale.ROOT))
            .optionalDate("until", "Last day (UTC) on which it can be read; null while no end is published", state -> state.deprecation().map(Deprecation::until))
            .optionalText("successor", "What to read instead", state -> VersionLifecycle.successor(state.version()))
            .optionalText("reason", "Why it ends", state -> state.deprecation().flatMap(Deprecation::reason))
            .text("serves", "latest, or verified for the last snapshot that passed the contract", state -> state.details().serve().label())
            .optionalText("snapshot_id", "Snapshot that is served; null where none can be", state -> state.data().flatMap(ServedData::snapshotId).map(String::valueOf))
            .optionalTimestamp("snapshot_at", "When that snapshot was committed", state -> state.data().flatMap(ServedData::committedAt))
            .optionalBool("verified", "Whether that snapshot passed the contract; null where it was not tested", state -> state.data().flatMap(ServedData::verified))
            .optionalTimestamp("tested_at", "When its test was over", state -> state.data().flatMap(ServedData::testedAt))
            .optionalText("latest_snapshot_id", "The newest snapshot, verified or not", state -> state.data().flatMap(ServedData::latestSnapshotId).map(String::valueOf))
            .optionalTimestamp("latest_at", "When the newest snapshot was committed", state -> state.data().flatMap(ServedData::latestAt))
            .build();

    private final ControlAccess access;
    private final Clock clock;
    private final ProductStorage storage;

    LifecycleTable(ControlAccess access, Clock clock, ProductStorage storage)
    {
        this.access = requireNonNull(access, "access is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.storage = requireNonNull(storage, "storage is null");
    }

    ControlRows<State> rows(ControlRequest request)
    {
        Instant now = clock.instant();
        return ControlRows.of(
                request.asked().filter(product -> access.finds(product, request.identity())),
                (product, rows) -> request.products().namesOf(product).forEach(version -> version.version().ifPresent(details -> rows.accept(new State(
                        version,
                        details,
                        VersionLifecycle.state(version, now),
                        access.reads(version, request.identity()) ? storage.served(version) : Optional.empty())))));
    }
}
