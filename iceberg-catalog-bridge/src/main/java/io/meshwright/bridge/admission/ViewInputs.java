package io.meshwright.bridge.admission;

import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.EngineTypes;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.LoadedContract;
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.product.PortType;
import io.meshwright.model.product.PortVersions;
import io.meshwright.model.product.ProductAddress;
import io.meshwright.model.product.ProductBundle;
import io.meshwright.model.product.SpecRule;
import io.meshwright.model.view.ViewQuery;
import io.meshwright.model.view.ViewQuery.Input;
import io.meshwright.model.yaml.DidYouMean;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Holds the queries of a product's views against the products that they read, as these are registered.
 */
final class ViewInputs
{
    private final ProductBundle product;
    private final RegistryView registry;
    private final Map<String, Served> own;
    private final Findings findings = new Findings();

    /**
     * What a name in SQL stands for.
     *
     * @param query of a view that can be understood
     */
    private record Served(Optional<ContractModel> model, Optional<ViewQuery> query) {}

    private ViewInputs(ProductBundle product, RegistryView registry)
    {
        this.product = requireNonNull(product, "product is null");
        this.registry = requireNonNull(registry, "registry is null");
        this.own = served(product.spec().address(), product.spec().outputPorts(), product.contracts());
    }

    static List<Finding> refusals(ProductBundle product, RegistryView registry)
    {
        if (product.spec().outputPorts().stream().noneMatch(port -> port.type() == PortType.VIEW)) {
            return List.of();
        }
        ViewInputs inputs = new ViewInputs(product, registry);
        product.spec().outputPorts().stream().filter(port -> port.type() == PortType.VIEW).forEach(inputs::check);
        return inputs.findings.sorted();
    }

    private void check(OutputPort port)
    {
        // what cannot be parsed was refused before
        Optional<ViewQuery> query = query(port, product.spec().address());
        if (query.isEmpty()) {
            return;
        }
        for (Input input : query.orElseThrow().inputs()) {
            if (find(input.toString()).isEmpty()) {
                List<String> known = registry.products().stream().flatMap(row -> row.sqlNames().stream()).sorted().toList();
                findings.add(
                        AdmissionRule.VIEW_INPUT,
                        port.source(),
                        "spec.outputPorts",
                        "port %s: the view reads %s, which is not registered%s".formatted(port.name(), input, DidYouMean.suggest(input.toString(), known).map(", did you mean %s?"::formatted).orElse("")),
                        "Register that product first, or correct the query");
            }
        }
        checkTypes(port, query.orElseThrow());
        circle(query.orElseThrow(), names(port), new LinkedHashSet<>()).ifPresent(path -> findings.add(
                SpecRule.VIEW_QUERY,
                port.source(),
                "spec.outputPorts",
                "port %s: the view reads itself through %s".formatted(port.name(), String.join(" and ", path)),
                "Read another product or another version"));
    }

    private void checkTypes(OutputPort port, ViewQuery query)
    {
        Optional<ContractModel> model = Optional.ofNullable(product.contracts().get(port.name())).flatMap(contract -> contract.contract().modelOf(product.spec().address()));
        if (model.isEmpty() || query.columns().isEmpty() || query.columns().orElseThrow().size() != model.orElseThrow().fields().size()) {
            return;
        }
        List<ViewQuery.Column> columns = query.columns().orElseThrow();
        for (int index = 0; index < columns.size(); index++) {
            ContractField declared = model.orElseThrow().fields().get(index);
            Optional<ViewQuery.Source> source = columns.get(index).source();
            Optional<Served> input = source.flatMap(value -> find(value.input().toString()));
            if (input.isEmpty() || input.orElseThrow().model().isEmpty()) {
                continue;
            }
            Optional<ContractField> actual = input.orElseThrow().model().orElseThrow().fields().stream()
                    .filter(field -> field.name().toLowerCase(Locale.ROOT).equals(source.orElseThrow().column()))
                    .findFirst();
            if (actual.isEmpty()) {
                findings.add(
                        SpecRule.VIEW_COLUMNS,
                        port.source(),
                        "spec.outputPorts",
                        "port %s: the view reads %s.%s, which the contract of %s does not have".formatted(port.name(), source.orElseThrow().input(), source.orElseThrow().column(), source.orElseThrow().input()),
                        "Correct the query");
            }
            else if (!EngineTypes.iceberg(actual.orElseThrow()).equals(EngineTypes.iceberg(declared))) {
                findings.add(
                        SpecRule.VIEW_COLUMNS,
                        port.source(),
                        "spec.outputPorts",
                        "port %s: column %s is %s in %s, and %s in the contract of the view".formatted(
                                port.name(), declared.name(), EngineTypes.iceberg(actual.orElseThrow()), source.orElseThrow().input(), EngineTypes.iceberg(declared)),
                        "Correct the contract, or CAST the column in the query");
            }
        }
    }

    /**
     * The names on the way back to the view itself.
     */
    private Optional<Set<String>> circle(ViewQuery query, Set<String> target, Set<String> path)
    {
        for (Input input : query.inputs()) {
            String name = input.toString();
            if (target.contains(name)) {
                return Optional.of(path);
            }
            if (path.contains(name)) {
                continue;
            }
            Optional<ViewQuery> next = find(name).flatMap(Served::query);
            if (next.isPresent()) {
                Set<String> further = new LinkedHashSet<>(path);
                further.add(name);
                Optional<Set<String>> found = circle(next.orElseThrow(), target, further);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Set<String> names(OutputPort port)
    {
        Set<String> names = new LinkedHashSet<>();
        own.forEach((name, served) -> {
            if (served.query().map(ViewQuery::text).equals(port.query())) {
                names.add(name);
            }
        });
        return names;
    }

    private Optional<Served> find(String name)
    {
        if (own.containsKey(name)) {
            return Optional.of(own.get(name));
        }
        return registry.products().stream()
                .filter(row -> !row.address().equals(product.spec().address().toString()))
                .filter(row -> row.sqlNames().contains(name))
                .findFirst()
                .map(row -> served(row, name));
    }

    private static Served served(ProductRow row, String name)
    {
        // a registration that this version cannot read is there all the same
        return RegisteredProduct.parse(row).value()
                .map(registered -> {
                    Map<String, LoadedContract> contracts = new HashMap<>();
                    registered.contracts().forEach((port, contract) -> contracts.put(port, new LoadedContract("", "", contract)));
                    return served(registered.address(), registered.spec().outputPorts(), contracts).get(name);
                })
                .orElseGet(() -> new Served(Optional.empty(), Optional.empty()));
    }

    private static Map<String, Served> served(ProductAddress address, List<OutputPort> ports, Map<String, LoadedContract> contracts)
    {
        List<PortVersions.Port> versioned = new ArrayList<>();
        Map<String, OutputPort> byName = new HashMap<>();
        for (OutputPort port : ports) {
            byName.put(port.name(), port);
            versioned.add(new PortVersions.Port(port.name(), port.type().isQueryable(), Optional.ofNullable(contracts.get(port.name())).map(loaded -> loaded.contract().version())));
        }
        Map<String, Served> served = new HashMap<>();
        for (PortVersions.Version version : PortVersions.of(address.tableName(), versioned)) {
            Served port = new Served(
                    Optional.ofNullable(contracts.get(version.port())).flatMap(loaded -> loaded.contract().modelOf(address)),
                    query(byName.get(version.port()), address));
            if (version.current()) {
                served.put(address.sqlName(), port);
            }
            version.tableName().ifPresent(name -> served.put(address.schemaName() + "." + name, port));
        }
        return served;
    }

    private static Optional<ViewQuery> query(OutputPort port, ProductAddress address)
    {
        try {
            return port.query().map(text -> ViewQuery.parse(text, address.schemaName()));
        }
        catch (MeshException e) {
            return Optional.empty();
        }
    }
}
