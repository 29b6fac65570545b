package io.meshwright.trino.product;

import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.mask.MaskPlan;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.view.ViewQuery;
import io.meshwright.trino.MeshErrorCode;
import io.trino.spi.connector.SchemaTableName;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * One registered product as the connector serves it.
 *
 * @param name in SQL
 * @param address the canonical one, for messages
 * @param spec empty when it cannot be read; then nobody finds the product
 * @param port what the address stands for
 * @param version behind the name; empty when it cannot be read
 * @param registration as it was made; empty when it is damaged
 */
public record Product(SchemaTableName name, String address, Optional<DataProductSpec> spec, Port port, Optional<ProductVersion> version, Optional<ProductRow> registration)
{
    private static final String LATEST = "$latest";

    public Product
    {
        requireNonNull(name, "name is null");
        requireNonNull(address, "address is null");
        requireNonNull(spec, "spec is null");
        requireNonNull(port, "port is null");
        requireNonNull(version, "version is null");
        requireNonNull(registration, "registration is null");
    }

    Product(SchemaTableName name, String address, Optional<DataProductSpec> spec, Port port, Optional<ProductVersion> version)
    {
        this(name, address, spec, port, version, Optional.empty());
    }

    public Product(SchemaTableName name, String address, Optional<DataProductSpec> spec, Port port)
    {
        this(name, address, spec, port, Optional.empty(), Optional.empty());
    }

    public Product registeredAs(ProductRow row)
    {
        return new Product(name, address, spec, port, version, Optional.of(row));
    }

    public sealed interface Port {}

    /**
     * @param fieldIds Iceberg field ids by contract path
     * @param declaredSchema the columns at registration, as Iceberg's JSON; empty where they were not kept
     */
    public record Table(SchemaTableName table, ContractModel model, MaskPlan masks, Map<String, Integer> fieldIds, Optional<String> declaredSchema, Registered registered)
            implements Port {}

    /**
     * Which state of the port this is.
     *
     * @param revision of the product's registration
     */
    public record Registered(String port, int revision, String contractVersion) {}

    /**
     * @param inputs the products that the query reads
     */
    public record View(ViewQuery query, Set<SchemaTableName> inputs, ContractModel model)
            implements Port {}

    /**
     * A product that cannot be read at all, and why.
     *
     * @param former the specification before a damaged registration
     */
    public record Unservable(MeshErrorCode code, String reason, Optional<DataProductSpec> former)
            implements Port
    {
        public Unservable
        {
            requireNonNull(code, "code is null");
            requireNonNull(reason, "reason is null");
            requireNonNull(former, "former is null");
        }

        public Unservable(MeshErrorCode code, String reason)
        {
            this(code, reason, Optional.empty());
        }
    }

    /**
     * The name of the product for which this is the name of the newest data, verified or not.
     */
    static Optional<SchemaTableName> withoutLatest(SchemaTableName name)
    {
        String table = name.getTableName();
        return table.endsWith(LATEST) ? Optional.of(new SchemaTableName(name.getSchemaName(), table.substring(0, table.length() - LATEST.length()))) : Optional.empty();
    }

    Product latest()
    {
        return new Product(new SchemaTableName(name.getSchemaName(), name.getTableName() + LATEST), address, spec, port, version.map(ProductVersion::servingLatest), registration);
    }

    /**
     * Whether the reader asked for the newest data, verified or not.
     */
    public boolean isLatest()
    {
        return name.getTableName().endsWith(LATEST);
    }

    boolean isCurrent()
    {
        return version.filter(ProductVersion::current).isPresent();
    }

    /**
     * A damaged product, with what was in force before.
     */
    Product after(Optional<DataProductSpec> former)
    {
        return port instanceof Unservable unservable ? new Product(name, address, spec, new Unservable(unservable.code(), unservable.reason(), former), version, registration) : this;
    }

    Product named(SchemaTableName other)
    {
        return new Product(other, address, spec, port, version, registration);
    }

    public String owner()
    {
        return spec.map(DataProductSpec::owner).orElse("its owner");
    }
}
