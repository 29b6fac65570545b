package io.meshwright.trino.control;

import io.meshwright.model.product.InputPort;
import io.meshwright.model.product.ProductAddress;
import io.meshwright.trino.control.Edge.LastQuery;
import io.meshwright.trino.control.ObservedEdges.Flow;
import io.meshwright.trino.product.Product;
import io.trino.spi.security.ConnectorIdentity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Where the data of products comes from and where it goes: what they declare, and what queries were seen to do. An edge to
 * a product that the reader may not find is not shown; tables outside the mesh, people and queries are for owners and auditors.
 */
final class LineageTable
{
    private static final String PRODUCT = "product";

    static final ControlColumns<Edge> COLUMNS = ControlColumns.<Edge>builder()
            .text("product", "Address of the product from which the edge is seen", Edge::product)
            .text("direction", "upstream: data comes from the other end; downstream: it goes there", edge -> edge.upstream() ? "upstream" : "downstream")
            .text("other", "Address of the other product, or what the declaration or the query names", Edge::other)
            .text("other_kind", "product, table, view, or the technology of an input port", Edge::otherKind)
            .optionalText("column_name", "Column of the product; null where columns are not known", Edge::productColumn)
            .optionalText("other_column", "Column of the other end; null also where a column only decided what was written", Edge::otherColumn)
            .optionalText("influence", "direct, or indirect where a column only decided what was written, for example in a filter", edge -> edge.productColumn()
                    .or(edge::otherColumn)
                    .map(_ -> edge.indirect() ? "indirect" : "direct"))
            .optionalBool("masked", "Whether masked values flowed; null where that is not known", Edge::masked)
            .text("origin", "declared, or observed in a query", edge -> edge.observed() ? "observed" : "declared")
            .text("via", "The input port, view for a view port, or the kind of the statement", Edge::via)
            .optionalBigint("queries", "Queries that made the edge", edge -> edge.last().map(last -> OptionalLong.of(last.queries())).orElse(OptionalLong.empty()))
            .optionalTimestamp("first_seen", "When a query first made the edge", edge -> edge.last().map(LastQuery::firstSeen))
            .optionalTimestamp("last_seen", "When a query last made the edge", edge -> edge.last().map(LastQuery::lastSeen))
            .optionalText("last_query_id", "That query, for owners and auditors", edge -> edge.named(LastQuery::queryId))
            .optionalText("last_user_name", "Who ran it, for owners and auditors", edge -> edge.named(LastQuery::userName))
            .optionalText("last_job", "The program that sent it, as it calls itself, for owners and auditors", edge -> edge.named(last -> last.job().orElse("")))
            .optionalBool("left_residency", "Whether it took data outside its residency; null where that cannot be told", edge -> edge.last().flatMap(LastQuery::leftResidency))
            .build();

    private final ControlAccess access;
    private final ObservedEdges observed;
    private final ViewInputs views = new ViewInputs();

    LineageTable(ControlAccess access, ObservedEdges observed)
    {
        this.access = requireNonNull(access, "access is null");
        this.observed = requireNonNull(observed, "observed is null");
    }

    ControlRows<Edge> rows(ControlRequest request)
            throws IOException
    {
        Map<String, List<Edge>> declared = declared(request);
        Stream<Edge> seen = observed.flows().entrySet().stream().flatMap(entry -> ends(entry.getKey(), entry.getValue()));
        return ControlRows.of(
                Stream.concat(declared.values().stream().flatMap(List::stream), seen),
                (edge, rows) -> shown(request, edge).ifPresent(rows));
    }

    /**
     * The declared edges, from both of their ends.
     */
    private Map<String, List<Edge>> declared(ControlRequest request)
    {
        Map<String, List<Edge>> edges = new HashMap<>();
        request.all().filter(product -> product.spec().isPresent()).forEach(product -> {
            viewEdges(request, product).forEach(edge -> add(edges, edge));
            for (InputPort port : product.spec().orElseThrow().inputPorts()) {
                Optional<String> input = port.source().flatMap(ProductAddress::parse).map(ProductAddress::toString).filter(address -> request.product(address).isPresent());
                String other = input.or(port::source).orElse(port.name());
                add(edges, edge(product.address(), true, other, input.isPresent() ? PRODUCT : port.type(), port.name()));
                input.ifPresent(source -> add(edges, edge(source, false, product.address(), PRODUCT, port.name())));
            }
        });
        return edges;
    }

    /**
     * The edges of a view port, column by column as far as its query tells them.
     */
    private List<Edge> viewEdges(ControlRequest request, Product product)
    {
        if (!(product.port() instanceof Product.View view)) {
            return List.of();
        }
        List<Edge> edges = new ArrayList<>();
        for (ViewInputs.Flow flow : views.flows(view)) {
            request.products().find(flow.input()).map(Product::address).ifPresent(source -> {
                edges.add(new Edge(product.address(), true, source, PRODUCT, flow.column(), flow.inputColumn(), false, Optional.empty(), false, "view", Optional.empty()));
                edges.add(new Edge(source, false, product.address(), PRODUCT, flow.inputColumn(), flow.column(), false, Optional.empty(), false, "view", Optional.empty()));
            });
        }
        return edges;
    }

    private static void add(Map<String, List<Edge>> edges, Edge edge)
    {
        edges.computeIfAbsent(edge.product(), _ -> new ArrayList<>()).add(edge);
    }

    private static Edge edge(String product, boolean upstream, String other, String otherKind, String port)
    {
        return new Edge(product, upstream, other, otherKind, Optional.empty(), Optional.empty(), false, Optional.empty(), false, port, Optional.empty());
    }

    private static Stream<Edge> ends(Flow flow, LastQuery last)
    {
        List<Edge> ends = new ArrayList<>();
        if (flow.sourceKind().equals(PRODUCT)) {
            ends.add(new Edge(flow.source(), false, flow.target(), flow.targetKind(), flow.sourceColumn(), flow.targetColumn(), flow.indirect(), flow.masked(), true, flow.statement(), Optional.of(last)));
        }
        if (flow.targetKind().equals(PRODUCT)) {
            ends.add(new Edge(flow.target(), true, flow.source(), flow.sourceKind(), flow.targetColumn(), flow.sourceColumn(), flow.indirect(), flow.masked(), true, flow.statement(), Optional.of(last)));
        }
        return ends.stream();
    }

    private Optional<Edge> shown(ControlRequest request, Edge edge)
    {
        ConnectorIdentity identity = request.identity();
        Optional<Product> product = request.product(edge.product())
                .filter(_ -> request.asks(edge.product()))
                .filter(found -> access.finds(found, identity));
        if (product.isEmpty()) {
            return Optional.empty();
        }
        boolean governs = access.governs(product.orElseThrow(), identity);
        if (edge.otherKind().equals(PRODUCT)) {
            // an address that is not registered any more may have been private
            boolean mayKnow = request.product(edge.other()).map(other -> access.finds(other, identity)).orElse(governs);
            return Optional.of(governs ? edge : edge.anonymous()).filter(_ -> mayKnow);
        }
        if (edge.observed()) {
            return Optional.of(edge).filter(_ -> governs);
        }
        return Optional.of(edge);
    }
}
