package io.meshwright.trino.control;

import io.meshwright.model.contract.ContractField;
import io.meshwright.model.product.AccessPolicy.Clearance;
import io.meshwright.trino.control.ProductStorage.Origin;
import io.meshwright.trino.control.ProductStorage.ShownField;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.ReaderAccess;
import io.trino.spi.security.ConnectorIdentity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * What of a product is masked for the reader, why, and whom to ask.
 */
final class MaskTable
{
    /**
     * @param personal why the field is personal; empty where it is not
     * @param clearance by which the reader sees personal fields in clear
     */
    record State(Product product, ShownField field, Optional<String> personal, Optional<Clearance> clearance, Optional<String> remedy)
    {
        Optional<String> clearedBy()
        {
            return clearance.map(grant -> grant.group().map(group -> "group " + group).orElseGet(() -> "user " + grant.user().orElseThrow()));
        }
    }

    static final ControlColumns<State> COLUMNS = ControlColumns.<State>builder()
            .text("product", "Address of the product", state -> state.product().address())
            .text("column_name", "Column, or a field within a row by dots", state -> state.field().path())
            .text("type", "Type", state -> state.field().type())
            .optionalBool("masked", "Whether it is masked for you; null where a view computes it from masked columns", state -> state.field().masked())
            .optionalText("mask", "token, permute, redact, partial, year or null; row where fields within are masked; null for clear", state -> state.field().mask())
            .optionalText("token_domain", "Columns of the same token domain join under masks", state -> state.field().tokenDomain())
            .optionalText("personal", "Why it is personal; null when it is not", State::personal)
            .optionalText("cleared_by", "What lets you see it in clear", State::clearedBy)
            .optionalDate("cleared_until", "Last day (UTC) of that; null when it has no end", state -> state.clearance().flatMap(Clearance::until))
            .optionalText("remedy", "What to do to see it in clear", State::remedy)
            .build();

    private final ControlAccess access;
    private final ProductStorage storage;
    private final Product product;

    /**
     * @param product under one of its names
     */
    MaskTable(ControlAccess access, ProductStorage storage, Product product)
    {
        this.product = requireNonNull(product, "product is null");
        this.access = requireNonNull(access, "access is null");
        this.storage = requireNonNull(storage, "storage is null");
    }

    ControlRows<State> rows(ControlRequest request)
    {
        return ControlRows.of(
                Stream.of(product).filter(asked -> request.asks(asked.address()) && access.readers().mayFind(asked, request.identity())),
                (_, rows) -> add(request.identity(), rows));
    }

    private void add(ConnectorIdentity identity, Consumer<State> rows)
    {
        for (ShownField field : storage.fields(product)) {
            rows.accept(field.origin().map(origin -> state(identity, field, origin)).orElseGet(() -> computed(field)));
        }
    }

    private State state(ConnectorIdentity identity, ShownField field, Origin origin)
    {
        ReaderAccess readers = access.readers();
        Optional<String> personal = personal(origin);
        Optional<String> remedy = field.mask().map(_ -> readers.isProduction()
                ? "ask " + origin.product().owner() + " for clearance"
                : "nothing: everything personal is masked in environment " + readers.environment());
        Optional<Clearance> clearance = personal.isPresent() && field.mask().isEmpty() ? readers.clearance(origin.product(), identity) : Optional.empty();
        return new State(product, field, personal, clearance, remedy);
    }

    private State computed(ShownField field)
    {
        Optional<String> remedy = field.masked().isPresent() ? Optional.empty() : Optional.of("ask " + product.owner() + " what it is computed from");
        return new State(product, field, Optional.empty(), Optional.empty(), remedy);
    }

    private static Optional<String> personal(Origin origin)
    {
        Product product = origin.product();
        String path = origin.path();
        if (!(product.port() instanceof Product.Table table)) {
            return Optional.empty();
        }
        List<String> reasons = new ArrayList<>();
        table.masks().masks().keySet().stream()
                .filter(masked -> masked.equalsIgnoreCase(path))
                .forEach(masked -> {
                    if (product.spec().orElseThrow().classification().piiFields().contains(masked)) {
                        reasons.add("listed in classification.pii_fields");
                    }
                    ContractField field = table.model().fieldPaths().get(masked);
                    if (field.pii()) {
                        reasons.add("pii in the contract");
                    }
                    if (field.mask().isPresent()) {
                        reasons.add("mask in the contract");
                    }
                });
        String below = table.masks().masks().keySet().stream()
                .filter(masked -> masked.toLowerCase(Locale.ROOT).startsWith(path.toLowerCase(Locale.ROOT) + "."))
                .collect(joining(", "));
        if (!below.isEmpty()) {
            reasons.add("contains " + below);
        }
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", reasons));
    }
}
