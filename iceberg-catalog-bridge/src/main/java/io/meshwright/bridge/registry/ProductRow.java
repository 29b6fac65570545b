package io.meshwright.bridge.registry;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.table.RowSchema;
import io.meshwright.model.product.PortType;
import io.meshwright.model.product.PortVersions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * One registration: a row of {@value #TABLE}. The newest row of an address is the product. The row is self-contained, so whoever
 * can read the table needs nothing else. {@link #SCHEMA} decodes rows read by any engine.
 *
 * @param address kebab-case, as {@link io.meshwright.model.product.ProductAddress} writes it
 * @param revision 1 for the first registration of the address, then one more each time
 * @param productHash equal exactly when specification, contracts and resolved ports are
 * @param specBody the specification, byte for byte
 * @param gitRevision the commit of the file at registration
 */
public record ProductRow(
        String address,
        Optional<String> alias,
        String sqlSchema,
        String sqlTable,
        int revision,
        String productHash,
        String specPath,
        String specBody,
        Optional<String> gitRevision,
        Instant registeredAt,
        String registeredBy,
        List<PortRow> ports,
        List<ContractRow> contracts,
        List<ColumnRow> columns)
{
    /**
     * The table's name in the namespace {@code mesh}.
     */
    public static final String TABLE = "product_versions";

    public static final RowSchema<ProductRow> SCHEMA = RowSchema.<ProductRow>builder()
            .bounds("address")
            .string("address", "Stable identity of the product, domain.product", ProductRow::address)
            .optionalString("alias", "Second identifier that the product declares", ProductRow::alias)
            .string("sql_schema", "Schema of the product in SQL", ProductRow::sqlSchema)
            .string("sql_table", "Table of the product in SQL", ProductRow::sqlTable)
            .integer("revision", "1 for the first registration of the address, then one more each time", ProductRow::revision)
            .string("product_hash", "SHA-256 of specification, contracts and resolved ports", ProductRow::productHash)
            .string("spec_path", "Path of the specification as given", ProductRow::specPath)
            .string("spec_body", "The specification, byte for byte", ProductRow::specBody)
            .optionalString("git_revision", "Commit of the specification at registration", ProductRow::gitRevision)
            .timestamp("registered_at", "Time of registration", ProductRow::registeredAt)
            .string("registered_by", "User who registered", ProductRow::registeredBy)
            .structs("ports", "Output ports as they were resolved", PortRow.SCHEMA, ProductRow::ports)
            .structs("contracts", "Contracts of the ports", ContractRow.SCHEMA, ProductRow::contracts)
            .structs("columns", "Iceberg field of each contract field", ColumnRow.SCHEMA, ProductRow::columns)
            .build(row -> new ProductRow(
                    row.string("address"),
                    row.optionalString("alias"),
                    row.string("sql_schema"),
                    row.string("sql_table"),
                    row.integer("revision"),
                    row.string("product_hash"),
                    row.string("spec_path"),
                    row.string("spec_body"),
                    row.optionalString("git_revision"),
                    row.timestamp("registered_at"),
                    row.string("registered_by"),
                    row.structs("ports", PortRow.SCHEMA),
                    row.structs("contracts", ContractRow.SCHEMA),
                    row.structs("columns", ColumnRow.SCHEMA)));

    public ProductRow
    {
        requireNonNull(address, "address is null");
        requireNonNull(alias, "alias is null");
        requireNonNull(sqlSchema, "sqlSchema is null");
        requireNonNull(sqlTable, "sqlTable is null");
        checkArgument(revision >= 1, "revision is not positive: %s", revision);
        requireNonNull(productHash, "productHash is null");
        requireNonNull(specPath, "specPath is null");
        requireNonNull(specBody, "specBody is null");
        requireNonNull(gitRevision, "gitRevision is null");
        requireNonNull(registeredAt, "registeredAt is null");
        requireNonNull(registeredBy, "registeredBy is null");
        ports = ImmutableList.copyOf(ports);
        contracts = ImmutableList.copyOf(contracts);
        columns = ImmutableList.copyOf(columns);
    }

    public String sqlName()
    {
        return sqlSchema + "." + sqlTable;
    }

    /**
     * The ports that SQL can read, with the names of their versions.
     */
    public List<PortVersions.Version> versions()
    {
        return versions(sqlTable, ports, contracts);
    }

    /**
     * Every name by which SQL reads the product, with its schema.
     */
    public Set<String> sqlNames()
    {
        return sqlNames(sqlSchema, sqlTable, versions());
    }

    static Set<String> sqlNames(String schema, String table, List<PortVersions.Version> versions)
    {
        return Stream.concat(Stream.of(table), versions.stream().flatMap(version -> version.tableName().stream()))
                .map(name -> schema + "." + name)
                .collect(toImmutableSet());
    }

    static List<PortVersions.Version> versions(String tableName, List<PortRow> ports, List<ContractRow> contracts)
    {
        return PortVersions.of(tableName, ports.stream()
                .map(port -> new PortVersions.Port(
                        port.name(),
                        port.type().equals(PortType.ICEBERG.label()) || port.type().equals(PortType.VIEW.label()),
                        contracts.stream().filter(contract -> contract.port().equals(port.name())).findFirst().map(ContractRow::version)))
                .collect(toImmutableList()));
    }

    public Optional<PortRow> port(String name)
    {
        return ports.stream().filter(port -> port.name().equals(name)).findFirst();
    }

    public Optional<ContractRow> contract(String port)
    {
        return contracts.stream().filter(contract -> contract.port().equals(port)).findFirst();
    }
}
