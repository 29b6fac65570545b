package io.meshwright.cli.registry;

import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.cli.CliRule;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.yaml.DidYouMean;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * Which product and which port a contract is held against.
 */
public final class TestTarget
{
    private TestTarget() {}

    /**
     * The product that is named, else the one that registered a contract of this id, else the one whose address is the id.
     */
    public static ProductRow find(RegistryView view, DataContract contract, Optional<String> named, Caller caller)
    {
        if (named.isPresent()) {
            return MeshRegistry.find(view, named.orElseThrow(), caller);
        }
        return view.products().stream()
                .filter(product -> product.contracts().stream().anyMatch(registered -> registered.contractId().equals(contract.id())))
                .findFirst()
                .map(product -> MeshRegistry.find(view, product.address(), caller))
                .orElseGet(() -> MeshRegistry.find(view, contract.id(), caller));
    }

    /**
     * The port that a server name means: a server of the contract is read through the port of that name, or else through the
     * port behind the SQL address; any other name must be a table port.
     *
     * @return empty for the port behind the SQL address
     */
    public static Optional<String> port(ProductRow product, Optional<DataContract> contract, String server)
    {
        List<String> ports = product.ports().stream().filter(PortRow::isTable).map(PortRow::name).toList();
        if (ports.contains(server)) {
            return Optional.of(server);
        }
        List<String> servers = contract.map(DataContract::serverNames).orElseGet(() -> RegisteredProduct.parse(product).value().stream()
                .flatMap(registered -> registered.contracts().values().stream())
                .flatMap(registered -> registered.serverNames().stream())
                .distinct()
                .toList());
        if (servers.contains(server)) {
            return Optional.empty();
        }
        List<String> known = new ArrayList<>(servers);
        known.addAll(ports);
        throw new MeshException(
                CliRule.SERVER_UNKNOWN,
                USER,
                "\"" + server + "\" is neither a server of the contract nor a table port of " + product.address(),
                DidYouMean.suggest(server, known).map(meant -> "did you mean " + meant + "? ").orElse("") +
                        (known.isEmpty() ? "there is none" : "use one of: " + String.join(", ", known)));
    }
}
