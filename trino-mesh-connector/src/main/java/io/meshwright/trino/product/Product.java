package io.meshwright.trino.product;

import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.mask.MaskPlan;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.trino.MeshErrorCode;
import io.trino.spi.connector.SchemaTableName;

import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One registered product as the connector serves it.
 *
 * @param name in SQL
 * @param address the canonical one, for messages
 * @param spec empty when it cannot be read; then nobody finds the product
 * @param port what the address stands for
 */
public record Product(SchemaTableName name, String address, Optional<DataProductSpec> spec, Port port)
{
    public Product
    {
        requireNonNull(name, "name is null");
        requireNonNull(address, "address is null");
        requireNonNull(spec, "spec is null");
        requireNonNull(port, "port is null");
    }

    public sealed interface Port {}

    /**
     * @param fieldIds Iceberg field ids by contract path
     * @param declaredSchema the columns at registration, as Iceberg's JSON; empty where they were not kept
     */
    public record Table(SchemaTableName table, ContractModel model, MaskPlan masks, Map<String, Integer> fieldIds, Optional<String> declaredSchema)
            implements Port {}

    public record View(String query, ContractModel model)
            implements Port {}

    /**
     * A product that cannot be read at all, and why.
     */
    public record Unservable(MeshErrorCode code, String reason)
            implements Port {}

    public String owner()
    {
        return spec.map(DataProductSpec::owner).orElse("its owner");
    }
}
