package io.meshwright.bridge.alert;

import io.meshwright.bridge.config.AlertSettings;
import io.meshwright.bridge.config.ConfigurationSources;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.ColumnRow;
import io.meshwright.bridge.registry.ContractRow;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductDraft;
import io.meshwright.model.product.ProductAddress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Products and configurations for tests of alerts.
 */
final class Alerts
{
    static final String PRODUCT = "orders.order-events";
    static final String SPEC =
            """
            apiVersion: dataproduct.kloudvin.io/v1
            kind: DataProduct
            metadata:
              name: order-events
              domain: orders
              owner: orders-data@example.com
              owner_team: orders-team
            spec:
              description: Orders
              outputPorts:
                - {name: table, type: iceberg, contract: ./contract.yaml}
              sla:
                freshness: "<= 15m"
                completeness: ">= 99%"
              classification:
                contains_pii: true
                pii_fields: [customer_id, occurred_at]
              team:
                technical_owner: tess@example.com
                developer: dev@example.com
                business_owner: bo@example.com
                steward: stew@example.com
                on_call_rotation: pagerduty/orders
                escalation_path: orders-lead, then head of data
                communication_channel: "#orders-data"
            """;
    static final String CONTRACT =
            """
            dataContractSpecification: 1.2.1
            id: orders.order-events
            info: {title: Order events, version: 1.0.0, owner: orders-data@example.com}
            models:
              order_events:
                type: table
                fields:
                  order_id: {type: string, required: true, description: Number}
                  customer_id: {type: string, description: Who}
                  occurred_at: {type: timestamp, required: true, description: When}
            """;

    private Alerts() {}

    static ProductDraft draft()
    {
        return draft(SPEC);
    }

    static ProductDraft draft(String spec)
    {
        return new ProductDraft(
                ProductAddress.parse(PRODUCT).orElseThrow(),
                Optional.empty(),
                "dataproduct.yaml",
                spec,
                Optional.empty(),
                "tester",
                List.of(new PortRow("table", "iceberg", Optional.of("orders"), Optional.of("order_events"), Optional.of("uuid"), Optional.of("file:///lake/orders/"), Optional.empty())),
                List.of(new ContractRow("table", "./contract.yaml", "orders.order-events", "1.0.0", ProductDraft.hashOf(CONTRACT), CONTRACT)),
                List.of(new ColumnRow("table", "order_id", 1)));
    }

    /**
     * @param alerts the content of {@code alerts:} in a {@code mesh.yaml} of that folder
     */
    static AlertSettings settings(Path folder, Map<String, String> environment, String alerts)
    {
        try {
            Files.writeString(folder.resolve("mesh.yaml"), "alerts:\n" + alerts.indent(2));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return MeshConfiguration.load(new ConfigurationSources(folder, folder.resolve("home"), environment, Map.of()))
                .value()
                .orElseThrow()
                .alerts();
    }
}
