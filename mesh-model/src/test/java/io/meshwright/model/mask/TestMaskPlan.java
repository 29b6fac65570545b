package io.meshwright.model.mask;

import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.DataProductSpecParser;
import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;

import static io.meshwright.model.mask.MaskKind.NULL;
import static io.meshwright.model.mask.MaskKind.PARTIAL;
import static io.meshwright.model.mask.MaskKind.PERMUTE;
import static io.meshwright.model.mask.MaskKind.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

class TestMaskPlan
{
    private static final String CONTRACT =
            """
            dataContractSpecification: 1.2.1
            id: orders.order-events
            info: {title: Orders, version: 1.0.0}
            models:
              order_events:
                type: table
                fields:
                  customer_id: {type: string}
                  loyalty_number: {type: long}
                  phone: {type: string, mask: partial}
                  note: {type: string}
                  scan: {type: bytes}
                  status: {type: string, enum: [new, paid]}
                  country: {type: string, classification: internal}
                  amount: {type: long}
                  placed_at: {type: timestamp}
                  tags: {type: array, items: {type: string}}
                  delivery: {type: struct, fields: {street: {type: string}, floor: {type: integer}}}
            """;

    @Test
    void testPersonalFields()
    {
        for (String level : new String[] {"public", "internal", "confidential"}) {
            assertThat(kinds(level)).as(level).isEqualTo(Map.of("customer_id", TOKEN, "loyalty_number", PERMUTE, "phone", PARTIAL));
        }
    }

    @Test
    void testRestrictedProductShowsNoPseudonymsAndNoUnclassifiedText()
    {
        assertThat(kinds("restricted")).isEqualTo(Map.of(
                "customer_id", NULL,
                "loyalty_number", NULL,
                "phone", PARTIAL,
                "note", TOKEN,
                "scan", NULL,
                "tags.element", TOKEN,
                "delivery.street", TOKEN));
    }

    private static Map<String, MaskKind> kinds(String level)
    {
        DataProductSpec spec = DataProductSpecParser.parse(
                "dataproduct.yaml",
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata: {name: order-events, domain: orders, owner: orders@shop.example}
                spec:
                  description: "Orders."
                  outputPorts: [{name: table, type: iceberg, contract: contract.yaml}]
                  sla: {freshness: 24h}
                  classification: {contains_pii: true, pii_fields: [customer_id, loyalty_number, phone], sensitivity_level: %s}
                  access: {read: [risk]}
                """.formatted(level)).value().orElseThrow();
        ContractModel model = DataContractParser.parse("contract.yaml", CONTRACT).value().orElseThrow().models().get(0);
        Map<String, MaskKind> kinds = new LinkedHashMap<>();
        MaskPlan.of(spec, model).masks().forEach((path, mask) -> kinds.put(path, mask.kind()));
        return kinds;
    }
}
