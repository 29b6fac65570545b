package io.meshwright.bridge.check;

import com.google.common.collect.ImmutableSet;
import io.meshwright.bridge.branch.PinnedBranch;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.provision.PortResolver;
import io.meshwright.bridge.registry.ContractRow;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductDraft;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.DataProductSpecParser;
import io.meshwright.model.product.ProductAddress;
import io.meshwright.model.sla.ServiceLevels;
import io.meshwright.model.yaml.DidYouMean;
import org.apache.iceberg.Table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * A registered product with the table of one port and the contract to hold it against.
 *
 * @param contract empty where the port has none
 * @param contractHash SHA-256 of its text
 */
public record ProductUnderTest(ProductRow product, DataProductSpec spec, PortRow port, Optional<DataContract> contract, Optional<String> contractHash, Table table)
{
    public ProductUnderTest
    {
        requireNonNull(product, "product is null");
        requireNonNull(spec, "spec is null");
        requireNonNull(port, "port is null");
        requireNonNull(contract, "contract is null");
        requireNonNull(contractHash, "contractHash is null");
        requireNonNull(table, "table is null");
    }

    /**
     * @param reference the product in any spelling
     * @param port the output port; empty for the one behind the SQL address
     * @throws MeshException when there is no such product or port (USER), or the table is gone or unreadable (EXTERNAL)
     */
    public static ProductUnderTest resolve(MeshCatalog catalog, String reference, Optional<String> port)
    {
        RegistryView products = new IcebergProductRegistry(catalog).current();
        ProductRow product = products.find(reference).orElseThrow(() -> unknownProduct(reference, products));
        DataProductSpec spec = parsed(DataProductSpecParser.parseRegistered(product.specPath(), product.specBody()), product.specPath());
        PortRow resolved = port(product, spec, port);
        Optional<DataContract> contract = product.contract(resolved.name()).map(ProductUnderTest::contract);
        Table table = new PortResolver(catalog).resolve(product, resolved.name()).table();
        return new ProductUnderTest(product, spec, resolved, contract, product.contract(resolved.name()).map(ContractRow::hash), table);
    }

    /**
     * The same with another contract, for example one that is proposed.
     *
     * @param text from which the contract was read
     */
    public ProductUnderTest withContract(DataContract other, String text)
    {
        return new ProductUnderTest(product, spec, port, Optional.of(other), Optional.of(ProductDraft.hashOf(text)), table);
    }

    /**
     * @throws MeshException when the table has no such branch
     */
    public PinnedBranch branch(String name)
    {
        return PinnedBranch.of(table, name);
    }

    public ProductAddress address()
    {
        return spec.address();
    }

    /**
     * What statements of the contract may call the table.
     */
    public Set<String> tableNames()
    {
        // a product without a hyphen is named like its table
        return ImmutableSet.of(address().toString(), address().product(), address().tableName(), address().sqlName());
    }

    /**
     * The contract's model of the table: the only one, else the one that is named like the product or the table.
     *
     * @throws MeshException where there is no contract, or several models and none of that name
     */
    public ContractModel model()
    {
        DataContract found = contract.orElseThrow(() -> new MeshException(
                CheckRule.NO_CONTRACT, USER, "Port %s of %s has no contract".formatted(port.name(), address()), "give the port a contract: and register the product again"));
        if (found.models().size() == 1) {
            return found.models().get(0);
        }
        return found.models().stream()
                .filter(model -> isTable(model.name()) || model.physicalName().filter(this::isTable).isPresent())
                .findFirst()
                .orElseThrow(() -> new MeshException(
                        CheckRule.UNKNOWN_MODEL,
                        USER,
                        "Contract %s has several models, and none is named like the table %s".formatted(found.id(), address().tableName()),
                        "name one of them %s: %s".formatted(address().tableName(), String.join(", ", names(found)))));
    }

    private static List<String> names(DataContract contract)
    {
        return contract.models().stream().map(ContractModel::name).collect(toImmutableList());
    }

    private boolean isTable(String name)
    {
        String last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT).replace('-', '_');
        return last.equals(address().tableName()) || port.tableName().filter(table -> table.equalsIgnoreCase(last)).isPresent();
    }

    /**
     * What the product promises; what it leaves out, its contract may promise.
     */
    public ServiceLevels serviceLevels()
    {
        return spec.serviceLevels().completedBy(contract.map(DataContract::serviceLevels).orElse(ServiceLevels.NONE));
    }

    private static PortRow port(ProductRow product, DataProductSpec spec, Optional<String> name)
    {
        List<String> tables = product.ports().stream().filter(PortRow::isTable).map(PortRow::name).collect(toImmutableList());
        String wanted = name.or(() -> spec.queryablePort().map(port -> port.name()).filter(tables::contains))
                .or(() -> tables.stream().findFirst())
                .orElseThrow(() -> new MeshException(CheckRule.UNKNOWN_PORT, USER, "%s has no port that is a table".formatted(product.address()), "add an output port of type iceberg"));
        if (!tables.contains(wanted)) {
            String problem = product.port(wanted).isPresent() ? "is no table" : "is not known";
            String meant = DidYouMean.suggest(wanted, tables).map(", did you mean %s?"::formatted).orElse("");
            throw new MeshException(CheckRule.UNKNOWN_PORT, USER, "Port %s of %s %s%s".formatted(wanted, product.address(), problem, meant), "use one of: " + String.join(", ", tables));
        }
        return product.port(wanted).orElseThrow();
    }

    private static DataContract contract(ContractRow row)
    {
        return parsed(DataContractParser.parse(row.path(), row.body()), row.path());
    }

    /**
     * What was registered was read once; only another version of ourselves can fail to read it.
     */
    private static <T> T parsed(Parsed<T> document, String path)
    {
        return document.value().orElseThrow(() -> new MeshException(
                CheckRule.NO_CONTRACT,
                USER,
                "The registered %s cannot be read by this version: %s".formatted(path, document.findings().stream().filter(Finding::isError).findFirst().map(Finding::message).orElse("")),
                "register the product again"));
    }

    private static MeshException unknownProduct(String reference, RegistryView products)
    {
        List<String> known = products.products().stream().map(ProductRow::address).collect(toImmutableList());
        String meant = DidYouMean.suggest(reference, known).map(", did you mean %s?"::formatted).orElse("");
        return new MeshException(CheckRule.UNKNOWN_PRODUCT, USER, "Product %s is not registered%s".formatted(reference, meant), "list the products with  mesh catalog list");
    }
}
