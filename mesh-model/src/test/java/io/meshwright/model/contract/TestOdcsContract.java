package io.meshwright.model.contract;

import io.meshwright.model.mask.MaskKind;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;

class TestOdcsContract
{
    private static final String CONTRACT =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: 53581432-6c55-4ba2-a65f-72344a91553a
            name: orders
            version: 2.1.0
            status: active
            description: {purpose: "Orders as they are placed"}
            servers:
            - {server: lake, type: custom}
            team: {name: Orders}
            support:
            - {channel: "#orders", url: "https://chat.example/orders"}
            slaProperties:
            - {property: latency, value: 4, unit: h, element: orders.occurred_at}
            - {property: retention, value: 3, unit: y}
            - {property: availability, value: "99.5%"}
            - {property: throughput, value: 100}
            customProperties:
            - {property: compatibility, value: BACKWARD}
            schema:
            - name: orders
              physicalName: orders_v2
              physicalType: table
              description: One row for each order
              quality:
              - {metric: rowCount, mustBeBetween: [1, 1000]}
              - {metric: duplicateValues, mustBe: 0, arguments: {properties: [order_id, line]}}
              relationships:
              - {from: orders.customer_id, to: customers.id}
              properties:
              - name: order_id
                primaryKey: true
                primaryKeyPosition: 2
                logicalType: string
                logicalTypeOptions: {minLength: 10, maxLength: 20, pattern: "^O", format: uuid}
              - name: line
                primaryKey: true
                primaryKeyPosition: 1
                logicalType: integer
                physicalType: int
                logicalTypeOptions: {minimum: 1, exclusiveMaximum: 100}
              - name: customer_id
                logicalType: string
                classification: PII
                customProperties:
                - {property: mask, value: token}
                - {property: polyseme, value: customer_id}
                quality:
                - {metric: nullValues, mustBeLessThan: 1, unit: percent}
              - name: total
                logicalType: number
                physicalType: decimal(12, 2)
                required: true
              - name: occurred_at
                logicalType: timestamp
              - name: local_time
                logicalType: timestamp
                logicalTypeOptions: {timezone: false}
              - name: address
                logicalType: object
                properties:
                - {name: street, logicalType: string, tags: [personal data]}
              - name: codes
                logicalType: array
                items: {logicalType: integer, physicalType: bigint}
            """;

    private final DataContract contract = ContractFixtures.read(CONTRACT);
    private final ContractModel orders = contract.models().get(0);

    @Test
    void testHead()
    {
        assertThat(contract.standard()).isEqualTo(DataContract.Standard.ODCS);
        assertThat(contract.standardVersion()).isEqualTo("v3.1.0");
        assertThat(contract.title()).contains("orders");
        assertThat(contract.version()).isEqualTo("2.1.0");
        assertThat(contract.status()).contains("active");
        assertThat(contract.owner()).contains("Orders");
        assertThat(contract.description()).contains("Orders as they are placed");
        assertThat(contract.serverNames()).containsExactly("lake");
        assertThat(contract.compatibility()).contains("backward");
    }

    @Test
    void testServiceLevels()
    {
        assertThat(contract.serviceLevels().freshness().orElseThrow().maxAge()).contains(Duration.ofHours(4));
        assertThat(contract.serviceLevels().freshness().orElseThrow().timestampField()).contains("occurred_at");
        assertThat(contract.serviceLevels().availability().orElseThrow()).isEqualByComparingTo("0.995");
        assertThat(contract.serviceLevels().support()).contains("https://chat.example/orders");
        assertThat(contract.retention()).contains(Period.ofYears(3));
        assertThat(contract.notChecked()).extracting(NotChecked::reason).containsExactly(
                "the service level 'availability' is not measured",
                "the service level 'throughput' is not measured");
    }

    @Test
    void testFields()
    {
        assertThat(orders.physicalName()).contains("orders_v2");
        assertThat(orders.fields()).extracting(ContractField::type).containsExactly(
                FieldType.STRING, FieldType.INTEGER, FieldType.STRING, FieldType.DECIMAL, FieldType.TIMESTAMP, FieldType.TIMESTAMP_NTZ, FieldType.STRUCT, FieldType.ARRAY);
        ContractField orderId = orders.field("order_id").orElseThrow();
        assertThat(orderId.primaryKeyPosition()).isEqualTo(OptionalInt.of(2));
        assertThat(orderId.required()).isTrue();
        assertThat(orderId.constraints().minLength()).isEqualTo(OptionalInt.of(10));
        assertThat(orderId.constraints().format()).contains("uuid");
        ContractField line = orders.field("line").orElseThrow();
        assertThat(line.primaryKeyPosition()).isEqualTo(OptionalInt.of(1));
        assertThat(line.constraints().minimum()).contains("1");
        assertThat(line.constraints().exclusiveMaximum()).contains("100");
        ContractField total = orders.field("total").orElseThrow();
        assertThat(EngineTypes.iceberg(total)).isEqualTo("decimal(12, 2)");
        assertThat(total.declaredType()).isEqualTo("number (decimal(12, 2))");
        assertThat(orders.field("address").orElseThrow().fields().get(0).pii()).isTrue();
        assertThat(EngineTypes.trino(orders.field("address").orElseThrow())).isEqualTo("row(\"street\" varchar)");
        assertThat(EngineTypes.iceberg(orders.field("codes").orElseThrow())).isEqualTo("list<long>");
    }

    @Test
    void testPersonalField()
    {
        ContractField customer = orders.field("customer_id").orElseThrow();
        assertThat(customer.pii()).isTrue();
        assertThat(customer.mask()).contains(MaskKind.TOKEN);
        assertThat(customer.polyseme()).contains("customer_id");
        assertThat(customer.references()).contains("customers.id");
    }

    @Test
    void testQuality()
    {
        assertThat(orders.quality()).extracting(rule -> rule.metric().orElseThrow()).containsExactly("rowCount", "duplicateValues");
        assertThat(orders.quality().get(0).thresholds()).extracting(ThresholdSpec::toString).containsExactly("mustBeBetween 1 and 1000");
        assertThat(orders.quality().get(1).arguments()).containsEntry("properties", List.of("order_id", "line"));
        QualityRule nulls = orders.field("customer_id").orElseThrow().quality().get(0);
        assertThat(nulls.unit()).isEqualTo("percent");
        assertThat(nulls.thresholds()).containsExactly(new ThresholdSpec(ThresholdSpec.Operator.MUST_BE_LESS_THAN, List.of(BigDecimal.ONE)));
    }

    @Test
    void testExclusiveFlagsOfVersion30()
    {
        DataContract old = ContractFixtures.read(ContractFixtures.odcs(
                """
                - name: amount
                  logicalType: integer
                  logicalTypeOptions: {minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false}
                """).replace("v3.1.0", "v3.0.2"));
        FieldConstraints constraints = old.models().get(0).fields().get(0).constraints();
        assertThat(constraints.minimum()).isEmpty();
        assertThat(constraints.exclusiveMinimum()).contains("0");
        assertThat(constraints.maximum()).contains("9");
        assertThat(constraints.exclusiveMaximum()).isEmpty();
    }
}
