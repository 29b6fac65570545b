package io.meshwright.model.product;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.PortVersions.Version;
import io.meshwright.model.product.SpecDraft.PortDraft;
import io.meshwright.model.view.ViewQuery;
import io.meshwright.model.yaml.YamlScalar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.meshwright.model.finding.QuotedText.quoted;
import static java.util.function.Function.identity;

/**
 * The rules of a product's versions side by side, and of the queries of its views.
 */
final class VersionRules
{
    private final SpecDraft draft;
    private final Map<String, LoadedContract> contracts;
    private final Findings findings;
    private final Map<String, Version> versions;

    /**
     * @param contracts by the name of the port, as far as they could be read
     */
    VersionRules(SpecDraft draft, Map<String, LoadedContract> contracts, Findings findings)
    {
        this.draft = draft;
        this.contracts = contracts;
        this.findings = findings;
        this.versions = draft.address().map(address -> versions(address, draft, contracts)).orElse(ImmutableMap.of());
    }

    void check()
    {
        for (PortDraft draftPort : draft.ports()) {
            draftPort.port().ifPresent(port -> {
                checkNamed(draftPort, port);
                port.deprecated().ifPresent(deprecation -> checkSuccessor(draftPort, port, deprecation));
                if (port.type() == PortType.VIEW && draft.address().isPresent()) {
                    draftPort.query().ifPresent(query -> checkQuery(port, query, draft.address().orElseThrow()));
                }
            });
        }
    }

    private static Map<String, Version> versions(ProductAddress address, SpecDraft draft, Map<String, LoadedContract> contracts)
    {
        List<PortVersions.Port> ports = draft.ports().stream()
                .flatMap(port -> port.port().stream())
                .map(port -> new PortVersions.Port(
                        port.name(),
                        port.type().isQueryable(),
                        Optional.ofNullable(contracts.get(port.name())).map(loaded -> loaded.contract().version())))
                .toList();
        return PortVersions.of(address.tableName(), ports).stream().collect(toImmutableMap(Version::port, identity(), (first, second) -> first));
    }

    private void checkNamed(PortDraft draftPort, OutputPort port)
    {
        Version version = versions.get(port.name());
        if (version == null || version.current() || version.tableName().isPresent() || !contracts.containsKey(port.name())) {
            return;
        }
        findings.add(
                SpecRule.VERSION_MAJOR,
                draftPort.location(),
                draftPort.path(),
                "%s has no name in SQL: %s".formatted(draftPort.label(), version.major().isPresent()
                        ? "an earlier port has a contract of the same major version %s".formatted(version.major().orElseThrow())
                        : "its contract's version %s does not begin with a number".formatted(quoted(contracts.get(port.name()).contract().version()))),
                "give it a contract of another major version, or make it a product of its own");
    }

    private void checkSuccessor(PortDraft draftPort, OutputPort port, Deprecation deprecation)
    {
        if (deprecation.successor().isEmpty()) {
            return;
        }
        String successor = deprecation.successor().orElseThrow();
        boolean otherPort = draft.ports().stream().flatMap(other -> other.port().stream()).anyMatch(other -> other.name().equals(successor) && !other.name().equals(port.name()));
        boolean otherProduct = ProductAddress.parse(successor).filter(address -> !draft.address().equals(Optional.of(address))).isPresent();
        if (!otherPort && !otherProduct) {
            findings.add(
                    SpecRule.DEPRECATION,
                    draftPort.location(),
                    draftPort.path() + ".deprecated.successor",
                    "%s: the successor %s is neither another port of the product nor the address of another product".formatted(draftPort.label(), quoted(successor)),
                    "name a port of this file, or an address such as orders.order-events");
        }
    }

    private void checkQuery(OutputPort port, YamlScalar written, ProductAddress address)
    {
        ViewQuery query;
        try {
            query = ViewQuery.parse(written.text(), address.schemaName());
        }
        catch (MeshException e) {
            findings.add(e.rule(), written.location(), written.path(), "output port %s: %s".formatted(quoted(port.name()), e.getMessage()), e.fix());
            return;
        }
        Set<String> ownNames = new HashSet<>();
        Optional.ofNullable(versions.get(port.name())).ifPresent(version -> {
            version.tableName().ifPresent(ownNames::add);
            if (version.current()) {
                ownNames.add(address.tableName());
            }
        });
        query.inputs().stream()
                .filter(input -> input.schema().equals(address.schemaName()) && ownNames.contains(input.table()))
                .findFirst()
                .ifPresent(input -> findings.add(
                        SpecRule.VIEW_QUERY,
                        written.location(),
                        written.path(),
                        "output port %s: the view reads %s, which is itself".formatted(quoted(port.name()), input),
                        "read another product or another version"));
        Optional.ofNullable(contracts.get(port.name()))
                .flatMap(loaded -> loaded.contract().modelOf(address))
                .ifPresent(model -> checkColumns(port, written, query, model));
    }

    private void checkColumns(OutputPort port, YamlScalar written, ViewQuery query, ContractModel model)
    {
        if (query.columns().isEmpty()) {
            return;
        }
        List<ViewQuery.Column> columns = query.columns().orElseThrow();
        List<String> expected = names(model);
        List<String> actual = new ArrayList<>();
        IntStream.range(0, columns.size()).forEach(index -> actual.add(columns.get(index).name().orElse("(no name)")));
        if (!expected.equals(actual)) {
            findings.add(
                    SpecRule.VIEW_COLUMNS,
                    written.location(),
                    written.path(),
                    "output port %s: the query gives the columns %s, its contract has %s".formatted(quoted(port.name()), String.join(", ", actual), String.join(", ", expected)),
                    "select exactly the contract's columns in its order, each by AS where it is an expression");
        }
    }

    static List<String> names(ContractModel model)
    {
        return model.fields().stream().map(ContractField::name).map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }
}
