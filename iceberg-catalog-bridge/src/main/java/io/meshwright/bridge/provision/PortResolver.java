package io.meshwright.bridge.provision;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

import java.util.Optional;
import java.util.stream.Collectors;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * Leads from a registered product to the table behind one of its ports.
 */
public final class PortResolver
{
    private final MeshCatalog catalog;

    public PortResolver(MeshCatalog catalog)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    /**
     * The first port that is a table.
     */
    public ResolvedPort resolve(ProductRow product)
    {
        PortRow port = product.ports().stream().filter(PortRow::isTable).findFirst()
                .orElseThrow(() -> new MeshException(
                        ProvisionRule.NOT_A_TABLE,
                        USER,
                        "%s has no port that is a table; its ports are %s".formatted(product.address(), ports(product)),
                        "Ask for a product with a table port"));
        return resolve(product, port);
    }

    /**
     * @throws MeshException when the product has no such table port (USER), or the table is gone or was replaced (EXTERNAL)
     */
    public ResolvedPort resolve(ProductRow product, String portName)
    {
        PortRow port = product.port(portName).filter(PortRow::isTable)
                .orElseThrow(() -> new MeshException(
                        ProvisionRule.NOT_A_TABLE,
                        USER,
                        "%s has no table port %s; its ports are %s".formatted(product.address(), portName, ports(product)),
                        "Name one of the ports that are tables"));
        return resolve(product, port);
    }

    private ResolvedPort resolve(ProductRow product, PortRow port)
    {
        TableIdentifier identifier = PortTables.identifier(port);
        Table table = catalog.findTable(identifier).orElseThrow(() -> new MeshException(
                ProvisionRule.STORAGE_MISSING,
                EXTERNAL,
                "%s is registered, but the table of its port %s is gone".formatted(product.address(), port.name()),
                "Restore table %s, or register the product again with the place where its data is".formatted(identifier)));
        if (!port.tableUuid().equals(Optional.of(table.uuid().toString()))) {
            throw new MeshException(
                    ProvisionRule.STORAGE_REPLACED,
                    EXTERNAL,
                    "The table of %s, port %s, is not the one that was registered".formatted(product.address(), port.name()),
                    "Register the product again, so that its contract is held against the new table");
        }
        return new ResolvedPort(product, port, identifier, table);
    }

    private static String ports(ProductRow product)
    {
        return product.ports().stream().map(port -> "%s (%s)".formatted(port.name(), port.type())).collect(Collectors.joining(", "));
    }
}
