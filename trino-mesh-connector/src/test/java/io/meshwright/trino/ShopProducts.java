package io.meshwright.trino;

import java.util.Optional;

/**
 * Small products of the domain shop: one row, one personal column.
 */
final class ShopProducts
{
    static final String CONTRACT =
            """
            # a comment that stays
            dataContractSpecification: 1.2.1
            id: shop.contract
            info: {title: Contract, version: 1.0.0, owner: shop@shop.example, status: active}
            models:
              rows:
                type: table
                fields:
                  id: {type: long, required: true}
                  email: {type: string}
            """;

    private ShopProducts() {}

    /**
     * Makes the table and registers the product.
     *
     * @param more below {@code spec:}
     */
    static void create(TestingMesh mesh, String name, String more)
    {
        createTable(mesh, name);
        mesh.register(spec(name, more), CONTRACT, Optional.empty());
    }

    static void createTable(TestingMesh mesh, String name)
    {
        mesh.producer("CREATE TABLE lake.shop.%s AS SELECT BIGINT '1' AS id, 'a@mail.example' AS email".formatted(name));
    }

    static String spec(String name, String more)
    {
        return """
               apiVersion: dataproduct.kloudvin.io/v1
               kind: DataProduct
               metadata: {name: %s, domain: shop, owner: shop@shop.example}
               spec:
                 description: "Rows of the shop."
                 outputPorts: [{name: curated, type: iceberg, contract: contract.yaml}]
                 sla: {freshness: "<= 1d"}
                 classification: {contains_pii: true, pii_fields: [email]}
                 %s
               """.formatted(name.replace('_', '-'), more);
    }
}
