package io.meshwright.bridge.registry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.meshwright.model.product.ProductAddress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

import static java.util.Objects.requireNonNull;

/**
 * The registry at one snapshot. Built from rows, wherever these were read. Immutable.
 */
public final class RegistryView
{
    private static final Comparator<ProductRow> NEWEST_FIRST = Comparator.comparingInt(ProductRow::revision).reversed();

    private final OptionalLong snapshotId;
    private final Map<String, List<ProductRow>> byAddress;
    private final SortedMap<String, ProductRow> newest;

    private RegistryView(OptionalLong snapshotId, List<ProductRow> rows)
    {
        this.snapshotId = requireNonNull(snapshotId, "snapshotId is null");
        Map<String, List<ProductRow>> grouped = new HashMap<>();
        rows.stream().sorted(NEWEST_FIRST).forEach(row -> grouped.computeIfAbsent(row.address(), unused -> new ArrayList<>()).add(row));
        this.byAddress = grouped;
        ImmutableSortedMap.Builder<String, ProductRow> first = ImmutableSortedMap.naturalOrder();
        grouped.forEach((address, versions) -> first.put(address, versions.get(0)));
        this.newest = first.buildOrThrow();
    }

    /**
     * @param rows all rows of the snapshot, in any order
     */
    public static RegistryView of(OptionalLong snapshotId, List<ProductRow> rows)
    {
        return new RegistryView(snapshotId, rows);
    }

    /**
     * Empty when nothing was ever registered, and for a view as of an instant.
     */
    public OptionalLong snapshotId()
    {
        return snapshotId;
    }

    /**
     * The newest row of every address, by address.
     */
    public List<ProductRow> products()
    {
        return ImmutableList.copyOf(newest.values());
    }

    /**
     * @param reference an address in any spelling, an SQL name, a {@code mesh://} URL or an alias
     */
    public Optional<ProductRow> find(String reference)
    {
        Optional<ProductRow> byName = ProductAddress.parse(reference).flatMap(this::find);
        if (byName.isPresent()) {
            return byName;
        }
        return newest.values().stream()
                .filter(row -> row.alias().equals(Optional.of(reference)))
                .findFirst();
    }

    public Optional<ProductRow> find(ProductAddress address)
    {
        return Optional.ofNullable(newest.get(address.toString()));
    }

    /**
     * All registrations of an address, the newest first; empty when there are none.
     */
    public List<ProductRow> history(ProductAddress address)
    {
        return ImmutableList.copyOf(byAddress.getOrDefault(address.toString(), List.of()));
    }
}
