package io.meshwright.bridge.registry;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.product.ProductAddress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Supplier;

import static com.google.common.collect.ImmutableList.toImmutableList;
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
    // reading all declarations costs more than most questions need
    private final Supplier<ParsedProducts> parsed = Suppliers.memoize(this::parse);

    private record ParsedProducts(List<RegisteredProduct> readable, List<UnreadableProduct> unreadable) {}

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

    /**
     * All products whose newest row can be read, by address.
     */
    public List<RegisteredProduct> readable()
    {
        return parsed().readable();
    }

    /**
     * The products whose newest row cannot be read by this version, each with the reasons.
     */
    public List<UnreadableProduct> unreadable()
    {
        return parsed().unreadable();
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

    /**
     * The contracts of an address with the registration that brought each, the newest first.
     */
    public List<ContractVersion> contractVersions(ProductAddress address)
    {
        List<ProductRow> oldestFirst = ImmutableList.copyOf(history(address)).reverse();
        Map<String, String> inForce = new HashMap<>();
        history(address).stream().findFirst().ifPresent(row -> row.contracts().forEach(contract -> inForce.put(contract.port(), contract.hash())));
        Map<String, String> last = new HashMap<>();
        ImmutableList.Builder<ContractVersion> versions = ImmutableList.builder();
        for (ProductRow row : oldestFirst) {
            for (ContractRow contract : row.contracts()) {
                if (!contract.hash().equals(last.put(contract.port(), contract.hash()))) {
                    versions.add(new ContractVersion(
                            contract.port(),
                            contract.contractId(),
                            contract.version(),
                            contract.hash(),
                            row.revision(),
                            row.registeredAt(),
                            false,
                            contract.body()));
                }
            }
        }
        return markCurrent(versions.build().reverse(), inForce);
    }

    /**
     * Products by what their declarations say, the best match first.
     */
    public List<SearchHit> search(SearchRequest request)
    {
        return ProductSearch.search(products(), request);
    }

    private static List<ContractVersion> markCurrent(List<ContractVersion> newestFirst, Map<String, String> inForce)
    {
        Map<String, String> open = new HashMap<>(inForce);
        return newestFirst.stream()
                .map(version -> open.remove(version.port(), version.hash()) ? version.asCurrent() : version)
                .collect(toImmutableList());
    }

    private ParsedProducts parsed()
    {
        return parsed.get();
    }

    private ParsedProducts parse()
    {
        ImmutableList.Builder<RegisteredProduct> readable = ImmutableList.builder();
        ImmutableList.Builder<UnreadableProduct> unreadable = ImmutableList.builder();
        for (ProductRow row : newest.values()) {
            Parsed<RegisteredProduct> product = RegisteredProduct.parse(row);
            product.value().ifPresentOrElse(readable::add, () -> unreadable.add(new UnreadableProduct(row, product.findings())));
        }
        return new ParsedProducts(readable.build(), unreadable.build());
    }
}
