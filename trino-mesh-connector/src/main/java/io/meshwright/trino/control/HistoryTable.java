package io.meshwright.trino.control;

import io.meshwright.bridge.registry.ContractRow;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductDraft;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.table.Row;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.registry.RegistryTables;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * All registrations of products, each with the time in which it was in force. They are read from the registry for each
 * question: only the newest ones are kept in memory.
 */
final class HistoryTable
{
    /**
     * One registration without its texts.
     *
     * @param specificationHash to tell whether the text changed
     */
    private record Revision(
            int number,
            Instant registeredAt,
            String registeredBy,
            Optional<String> gitRevision,
            String specificationHash,
            Map<String, Contract> contracts,
            Map<String, String> locations) {}

    private record Contract(String id, String version, String hash) {}

    /**
     * @param before the registration that this one replaced
     * @param after the registration that replaced this one
     */
    record State(String product, Revision revision, Optional<Revision> before, Optional<Revision> after, boolean governs)
    {
        String versions()
        {
            return revision.contracts().values().stream().map(Contract::version).distinct().collect(joining(", "));
        }

        List<String> changes()
        {
            if (before.isEmpty()) {
                return List.of("first registration");
            }
            Revision former = before.orElseThrow();
            List<String> changes = new ArrayList<>();
            if (!former.specificationHash().equals(revision.specificationHash())) {
                changes.add("specification");
            }
            revision.contracts().forEach((port, contract) -> {
                Contract then = former.contracts().get(port);
                if (then == null) {
                    changes.add("contract of port %s added: %s".formatted(port, contract.version()));
                }
                else if (!then.version().equals(contract.version())) {
                    changes.add("contract of port %s: %s to %s".formatted(port, then.version(), contract.version()));
                }
                else if (!then.hash().equals(contract.hash())) {
                    changes.add("contract of port %s, still %s".formatted(port, contract.version()));
                }
            });
            former.contracts().keySet().stream()
                    .filter(port -> !revision.contracts().containsKey(port))
                    .forEach(port -> changes.add("contract of port %s removed".formatted(port)));
            revision.locations().forEach((port, location) -> {
                if (former.locations().containsKey(port) && !Objects.equals(former.locations().get(port), location)) {
                    changes.add("storage of port %s".formatted(port));
                }
            });
            return changes;
        }
    }

    /**
     * A registration with its texts.
     */
    record Version(State state, ProductRow row) {}

    static final ControlColumns<State> COLUMNS = columns(ControlColumns.<State>builder()).build();

    static final ControlColumns<Version> VERSION_COLUMNS = ControlColumns.<Version>builder()
            .text("product", "Address of the product", version -> version.state().product())
            .bigint("revision", "1 for the first registration, then one more each time", version -> version.state().revision().number())
            .timestamp("valid_from", "When it was registered", version -> version.state().revision().registeredAt())
            .optionalTimestamp("valid_until", "When the next one was registered; null for the one in force", version -> version.state().after().map(Revision::registeredAt))
            .text("registered_by", "Who registered it", version -> version.state().revision().registeredBy())
            .optionalText("git_revision", "Commit of the specification at registration", version -> version.state().revision().gitRevision())
            .text("contract_versions", "Versions of the contracts of its ports", version -> version.state().versions())
            .texts("changes", "What changed to the registration before", version -> version.state().changes())
            .optionalText("specification", "The specification, byte for byte, with its access and places: for owners and auditors", version -> Optional.of(version.row().specBody())
                    .filter(_ -> version.state().governs()))
            .texts("contracts", "The contracts of its ports, byte for byte", version -> version.row().contracts().stream().map(ContractRow::body).toList())
            .text("product_hash", "SHA-256 of specification, contracts and resolved ports", version -> version.row().productHash())
            .build();

    private static final List<String> SUMMARY = ProductRow.SCHEMA.columnNames();

    private final ControlAccess access;
    private final RegistryTables tables;

    HistoryTable(ControlAccess access, RegistryTables tables)
    {
        this.access = requireNonNull(access, "access is null");
        this.tables = requireNonNull(tables, "tables is null");
    }

    ControlRows<State> rows(ControlRequest request)
            throws IOException
    {
        Map<String, NavigableMap<Integer, Revision>> revisions = revisions(request);
        return ControlRows.of(
                revisions.entrySet().stream(),
                (entry, rows) -> entry.getValue().keySet().forEach(number -> rows.accept(state(request, entry.getKey(), entry.getValue(), number))));
    }

    /**
     * The same with texts: the registry is read once more, so that not all texts are in memory at once.
     */
    ControlRows<Version> versions(ControlRequest request)
            throws IOException
    {
        Map<String, NavigableMap<Integer, Revision>> revisions = revisions(request);
        return scan(request, (row, rows) -> {
            NavigableMap<Integer, Revision> ofProduct = revisions.get(row.address());
            if (ofProduct != null && ofProduct.containsKey(row.revision())) {
                rows.accept(new Version(state(request, row.address(), ofProduct, row.revision()), row));
            }
        });
    }

    private State state(ControlRequest request, String address, NavigableMap<Integer, Revision> revisions, int number)
    {
        return new State(
                address,
                revisions.get(number),
                Optional.ofNullable(revisions.lowerEntry(number)).map(Map.Entry::getValue),
                Optional.ofNullable(revisions.higherEntry(number)).map(Map.Entry::getValue),
                access.governs(request.product(address).orElseThrow(), request.identity()));
    }

    private Map<String, NavigableMap<Integer, Revision>> revisions(ControlRequest request)
            throws IOException
    {
        Map<String, NavigableMap<Integer, Revision>> revisions = new HashMap<>();
        try (ControlRows<ProductRow> rows = scan(request, (row, consumer) -> consumer.accept(row))) {
            while (rows.advance(row -> revisions.computeIfAbsent(row.address(), _ -> new TreeMap<>()).put(row.revision(), revision(row)))) {
                // each step adds what it read
            }
        }
        return revisions;
    }

    private <T> ControlRows<T> scan(ControlRequest request, ControlRows.Step<ProductRow, T> step)
            throws IOException
    {
        return ControlRows.scan(tables, ProductRow.TABLE, SUMMARY, "address", request, (row, rows) -> read(request, row, step, rows));
    }

    /**
     * Registrations that came after the query began are not in force for it.
     */
    private <T> void read(ControlRequest request, Row row, ControlRows.Step<ProductRow, T> step, Consumer<T> rows)
            throws IOException
    {
        String address = row.string("address");
        Optional<Product> product = request.product(address)
                .filter(_ -> request.asks(address))
                .filter(found -> access.finds(found, request.identity()));
        if (product.isEmpty()) {
            return;
        }
        int newest = product.flatMap(Product::registration).map(ProductRow::revision).orElse(Integer.MAX_VALUE);
        if (row.integer("revision") <= newest) {
            step.rows(ProductRow.SCHEMA.decode(row), rows);
        }
    }

    private static Revision revision(ProductRow row)
    {
        return new Revision(
                row.revision(),
                row.registeredAt(),
                row.registeredBy(),
                row.gitRevision(),
                ProductDraft.hashOf(row.specBody()),
                row.contracts().stream().collect(toImmutableMap(ContractRow::port, contract -> new Contract(contract.contractId(), contract.version(), contract.hash()), (first, _) -> first)),
                row.ports().stream()
                        .filter(port -> port.location().isPresent())
                        .collect(toImmutableMap(PortRow::name, port -> port.location().orElseThrow(), (first, _) -> first)));
    }

    private static ControlColumns.Builder<State> columns(ControlColumns.Builder<State> builder)
    {
        return builder
                .text("product", "Address of the product", State::product)
                .bigint("revision", "1 for the first registration, then one more each time", state -> state.revision().number())
                .timestamp("registered_at", "When it was registered", state -> state.revision().registeredAt())
                .text("registered_by", "Who registered it", state -> state.revision().registeredBy())
                .optionalText("git_revision", "Commit of the specification at registration", state -> state.revision().gitRevision())
                .text("contract_versions", "Versions of the contracts of its ports", State::versions)
                .bool("in_force", "Whether it is the newest", state -> state.after().isEmpty())
                .texts("changes", "What changed to the registration before", State::changes)
                .texts("locations", "Where the data was, for owners and auditors; empty for others", state -> state.governs() ? List.copyOf(state.revision().locations().values()) : List.of());
    }
}
