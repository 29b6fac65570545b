package io.meshwright.cli;

final class ProductFixtures
{
    static final String SPEC =
            """
            apiVersion: dataproduct.kloudvin.io/v1
            kind: DataProduct
            metadata:
              name: order-events
              domain: orders
              owner: orders-data@example.com
            spec:
              description: Placed, fulfilled and cancelled orders
              outputPorts:
                - name: table
                  type: iceberg
                  contract: ./contracts/v1.yaml
              inputPorts:
                - name: shop
                  type: postgres-cdc
                  source: shop.public.orders
                  location: jdbc:postgresql://db.internal/shop
              sla:
                freshness: "<= 15m"
              classification:
                contains_pii: true
                pii_fields: [customer_id]
            """;

    static final String CONTRACT =
            """
            dataContractSpecification: 1.2.1
            id: orders.order-events
            info:
              title: Order events
              version: 1.0.0
              owner: orders-data@example.com
            models:
              order_events:
                type: table
                fields:
                  order_id:
                    type: string
                    required: true
                    description: Number of the order
                  customer_id:
                    type: string
                    description: Who ordered
                  occurred_at:
                    type: timestamp
                    required: true
                    description: When
            """;

    private ProductFixtures() {}
}
