package io.meshwright.trino;

import java.util.Optional;

/**
 * Two products of two domains that join on a personal key, with data that has every kind of column.
 */
public final class TestingProducts
{
    public static final String ORDERS_SPEC =
            """
            apiVersion: dataproduct.kloudvin.io/v1
            kind: DataProduct
            metadata:
              name: order-events
              domain: orders
              owner: orders@shop.example
            spec:
              description: "Placed, fulfilled and cancelled orders."
              outputPorts:
                - name: curated
                  type: iceberg
                  contract: contract.yaml
              sla:
                freshness: "<= 15m"
              classification:
                contains_pii: true
                pii_fields: [customer_id, shipping_address, delivery.street, loyalty_number, birth_date]
              access:
                discovery: public
                clear:
                  - group: privacy
                  - user: carl
                  - {user: former, until: 2020-01-01}
            """;

    public static final String ORDERS_CONTRACT =
            """
            dataContractSpecification: 1.2.1
            id: orders.order-events
            info:
              title: Order events
              version: 2.0.0
              owner: orders@shop.example
            models:
              order_events:
                type: table
                fields:
                  order_id: {type: string, required: true, description: "Number of the order."}
                  customer_id: {type: string, description: "Who ordered."}
                  status: {type: string, required: true}
                  total_minor: {type: long}
                  shipping_address: {type: string, mask: partial}
                  loyalty_number: {type: integer}
                  birth_date: {type: date, mask: year}
                  delivery:
                    type: struct
                    fields:
                      city: {type: string}
                      street: {type: string}
                  tags:
                    type: array
                    items: {type: string}
                  occurred_at: {type: timestamp}
            """;

    public static final String CUSTOMER_SPEC =
            """
            apiVersion: dataproduct.kloudvin.io/v1
            kind: DataProduct
            metadata:
              name: customer-profile
              domain: customer
              owner: customer@shop.example
            spec:
              description: "Customers and their segments."
              outputPorts:
                - name: curated
                  type: iceberg
                  contract: contract.yaml
              sla:
                freshness: "<= 24h"
              classification:
                contains_pii: true
                pii_fields: [customer_id, email]
              access:
                clear:
                  - group: privacy
                  - user: carl
            """;

    public static final String CUSTOMER_CONTRACT =
            """
            dataContractSpecification: 1.2.1
            id: customer.customer-profile
            info:
              title: Customer profile
              version: 1.0.0
              owner: customer@shop.example
            models:
              customer_profile:
                type: table
                fields:
                  customer_id: {type: string, required: true}
                  segment: {type: string}
                  email: {type: string}
            """;

    private TestingProducts() {}

    public static void create(TestingMesh mesh)
    {
        mesh.producer("CREATE SCHEMA lake.orders");
        mesh.producer("CREATE SCHEMA lake.customer");
        mesh.producer(
                """
                CREATE TABLE lake.orders.order_events (
                    order_id varchar NOT NULL,
                    customer_id varchar COMMENT 'raw comment',
                    status varchar,
                    total_minor bigint,
                    shipping_address varchar,
                    loyalty_number integer,
                    birth_date date,
                    delivery ROW(city varchar, street varchar),
                    tags array(varchar),
                    occurred_at timestamp(6) with time zone,
                    internal_note varchar)
                COMMENT 'raw table comment'
                WITH (partitioning = ARRAY['day(occurred_at)'])
                """);
        mesh.producer(
                """
                INSERT INTO lake.orders.order_events
                SELECT
                    'ORD-' || CAST(n AS varchar),
                    IF(n % 50 = 0, NULL, 'C' || CAST(n % 97 AS varchar)),
                    IF(n % 3 = 0, 'cancelled', 'fulfilled'),
                    n * 100,
                    IF(n % 11 = 0, NULL, 'Main Street ' || CAST(n AS varchar) || ', Zürich'),
                    IF(n % 13 = 0, NULL, n % 101),
                    IF(n % 17 = 0, NULL, date '1980-05-17' + n * INTERVAL '1' DAY),
                    IF(n % 19 = 0, NULL, CAST(ROW('Bern', 'Secret Lane ' || CAST(n AS varchar)) AS ROW(city varchar, street varchar))),
                    ARRAY['t' || CAST(n % 5 AS varchar)],
                    current_timestamp(6) - (n % 40) * INTERVAL '1' DAY,
                    'internal ' || CAST(n AS varchar)
                FROM UNNEST(sequence(1, 1000)) AS t(n)
                """);
        mesh.producer("CREATE TABLE lake.customer.profile_v1 (customer_id varchar, segment varchar, email varchar)");
        mesh.producer(
                """
                INSERT INTO lake.customer.profile_v1
                SELECT 'C' || CAST(n AS varchar), element_at(ARRAY['gold', 'silver', 'bronze'], 1 + n % 3), 'person' || CAST(n AS varchar) || '@mail.example'
                FROM UNNEST(sequence(0, 89)) AS t(n)
                """);
        mesh.register(ORDERS_SPEC, ORDERS_CONTRACT, Optional.empty());
        mesh.register(CUSTOMER_SPEC, CUSTOMER_CONTRACT, Optional.of("profile_v1"));
    }
}
