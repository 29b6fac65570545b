package io.meshwright.bridge.provision;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.product.PortType;
import io.meshwright.model.product.ProductAddress;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * Finds the tables of a product's Iceberg ports. Changes nothing.
 */
final class PortTables
{
    // 00003-<uuid>.metadata.json, with .gz where it is compressed; v3.metadata.json by Hadoop catalogs
    private static final Pattern METADATA = Pattern.compile("v?(\\d+)(-[0-9a-f-]+)?(\\.gz)?\\.metadata\\.json(\\.gz)?");

    private final MeshCatalog catalog;

    PortTables(MeshCatalog catalog)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    List<PortTable> locate(DataProductSpec spec, Optional<ProductRow> registered)
    {
        List<OutputPort> ports = spec.outputPorts().stream().filter(port -> port.type() == PortType.ICEBERG).toList();
        ImmutableList.Builder<PortTable> tables = ImmutableList.builder();
        for (int index = 0; index < ports.size(); index++) {
            OutputPort port = ports.get(index);
            tables.add(locate(port, defaultIdentifier(spec.address(), port, index == 0), registered.flatMap(row -> row.port(port.name()))));
        }
        return tables.build();
    }

    /**
     * Namespace and table of the product's SQL name; further table ports of a product add their own name.
     */
    static TableIdentifier defaultIdentifier(ProductAddress address, OutputPort port, boolean first)
    {
        String table = first ? address.tableName() : address.tableName() + "_" + port.name().replace('-', '_');
        return TableIdentifier.of(Namespace.of(address.schemaName()), table);
    }

    static TableIdentifier identifier(PortRow port)
    {
        return TableIdentifier.of(
                Namespace.of(Splitter.on('.').splitToStream(port.tableNamespace().orElseThrow()).toArray(String[]::new)),
                port.tableName().orElseThrow());
    }

    private PortTable locate(OutputPort port, TableIdentifier usual, Optional<PortRow> registered)
    {
        Set<TableIdentifier> candidates = new LinkedHashSet<>();
        registered.filter(PortRow::isTable).ifPresent(row -> candidates.add(identifier(row)));
        candidates.add(usual);
        Optional<Table> former = Optional.empty();
        for (TableIdentifier candidate : candidates) {
            Optional<Table> table = catalog.findTable(candidate);
            if (table.isPresent() && isAt(table.orElseThrow(), port.location())) {
                return new PortTable(port, candidate, table, Optional.empty(), Optional.empty());
            }
            former = former.or(() -> table);
        }
        if (port.location().isEmpty()) {
            return new PortTable(port, usual, Optional.empty(), Optional.empty(), Optional.empty());
        }
        String location = PortTable.normalize(port.location().orElseThrow());
        Optional<PortTable> elsewhere = findByLocation(port, usual, former);
        if (elsewhere.isPresent()) {
            return elsewhere.orElseThrow();
        }
        return new PortTable(port, free(usual), Optional.empty(), newestMetadata(location), former);
    }

    private static boolean isAt(Table table, Optional<String> location)
    {
        return location.isEmpty() || PortTable.normalize(table.location()).equals(PortTable.normalize(location.orElseThrow()));
    }

    private Optional<PortTable> findByLocation(OutputPort port, TableIdentifier usual, Optional<Table> former)
    {
        Set<Namespace> namespaces = new LinkedHashSet<>();
        namespaces.add(usual.namespace());
        namespaces.addAll(catalog.call("list namespaces", () -> catalog.namespaces().listNamespaces()));
        for (Namespace namespace : namespaces) {
            if (namespace.equals(MeshCatalog.REGISTRY_NAMESPACE)) {
                continue;
            }
            List<TableIdentifier> identifiers = catalog.call(
                    "list tables of " + namespace,
                    () -> catalog.namespaces().namespaceExists(namespace) ? catalog.catalog().listTables(namespace) : List.of());
            for (TableIdentifier identifier : identifiers) {
                Optional<Table> table = catalog.findTable(identifier);
                if (table.isPresent() && isAt(table.orElseThrow(), port.location())) {
                    return Optional.of(new PortTable(port, identifier, table, Optional.empty(), former));
                }
            }
        }
        return Optional.empty();
    }

    private TableIdentifier free(TableIdentifier usual)
    {
        TableIdentifier identifier = usual;
        for (int number = 2; catalog.findTable(identifier).isPresent(); number++) {
            identifier = TableIdentifier.of(usual.namespace(), usual.name() + "_" + number);
        }
        return identifier;
    }

    private Optional<String> newestMetadata(String location)
    {
        return catalog.call("look for a table at the declared location", () -> {
            SupportsPrefixOperations files = (SupportsPrefixOperations) catalog.files();
            return ImmutableList.copyOf(files.listPrefix(location + "/metadata")).stream()
                    .filter(file -> version(file) >= 0)
                    .max(Comparator.comparingInt(PortTables::version).thenComparingLong(FileInfo::createdAtMillis))
                    .map(FileInfo::location);
        });
    }

    private static int version(FileInfo file)
    {
        Matcher matcher = METADATA.matcher(file.location().substring(file.location().lastIndexOf('/') + 1));
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }
}
