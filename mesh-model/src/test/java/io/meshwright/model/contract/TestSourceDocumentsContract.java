package io.meshwright.model.contract;

import io.meshwright.model.finding.Parsed;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import static io.meshwright.model.contract.ThresholdSpec.Operator.MUST_BE;
import static io.meshwright.model.contract.ThresholdSpec.Operator.MUST_BE_GREATER_THAN;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of the source documents, whose quality rules stand at the root and are spelled in no version of DCS.
 */
class TestSourceDocumentsContract
{
    private static final String TEXT = ContractFixtures.resource("order-events.v2.source-documents.yaml");

    @Test
    void testRead()
    {
        DataContract contract = ContractFixtures.read(TEXT);
        assertThat(contract.standard()).isEqualTo(DataContract.Standard.DCS);
        assertThat(contract.standardVersion()).isEqualTo("1.1.0");
        assertThat(contract.id()).isEqualTo("orders.order-events");
        assertThat(contract.version()).isEqualTo("2.0.0");
        assertThat(contract.owner()).contains("orders-data@retailer.example");
        assertThat(contract.title()).isEmpty();
        assertThat(contract.notChecked()).isEmpty();
        assertThat(contract.serviceLevels().freshness().orElseThrow().maxAge()).contains(Duration.ofMinutes(15));
        assertThat(contract.serviceLevels().freshness().orElseThrow().timestampField()).isEmpty();
        assertThat(contract.models()).hasSize(1);

        ContractModel model = contract.models().get(0);
        assertThat(model.name()).isEqualTo("order_event");
        assertThat(model.fields()).extracting(ContractField::name)
                .containsExactly("order_id", "customer_id", "status", "total_minor", "currency", "occurred_at");
        assertThat(model.fields()).extracting(ContractField::type)
                .containsExactly(FieldType.STRING, FieldType.STRING, FieldType.STRING, FieldType.LONG, FieldType.STRING, FieldType.TIMESTAMP);
        assertThat(model.fields()).allMatch(ContractField::required);
        assertThat(model.field("order_id").orElseThrow().unique()).isTrue();
        assertThat(model.field("order_id").orElseThrow().primaryKeyPosition()).isEqualTo(OptionalInt.of(1));
        assertThat(model.field("customer_id").orElseThrow().primaryKeyPosition()).isEmpty();
        assertThat(model.field("status").orElseThrow().constraints().allowedValues()).containsExactly("placed", "fulfilled", "cancelled");
        assertThat(model.field("currency").orElseThrow().constraints().pattern()).contains("^[A-Z]{3}$");
        assertThat(model.field("total_minor").orElseThrow().description()).contains("Order total in minor units (cents)");
    }

    @Test
    void testRulesAtTheRootBelongToTheirModel()
    {
        List<QualityRule> rules = ContractFixtures.read(TEXT).models().get(0).quality();
        assertThat(rules).hasSize(2);
        assertThat(rules.get(0).type()).isEqualTo(QualityRule.Type.LIBRARY);
        assertThat(rules.get(0).metric()).contains("rowCount");
        assertThat(rules.get(0).thresholds()).containsExactly(new ThresholdSpec(MUST_BE_GREATER_THAN, List.of(BigDecimal.ZERO)));
        assertThat(rules.get(1).type()).isEqualTo(QualityRule.Type.SQL);
        assertThat(rules.get(1).query()).isEqualTo(Optional.of("SELECT COUNT(*) FROM order_event WHERE total_minor < 0"));
        assertThat(rules.get(1).description()).contains("no negative totals");
        assertThat(rules.get(1).thresholds()).containsExactly(new ThresholdSpec(MUST_BE, List.of(BigDecimal.ZERO)));
    }

    @Test
    void testDialectIsAWarningWithTheCanonicalRewrite()
    {
        Parsed<DataContract> parsed = DataContractParser.parse("contract.yaml", TEXT);
        assertThat(parsed.findings().stream().map(ContractFixtures::line)).containsExactly(
                "18:5 warning DC-DIALECT: The standard keeps quality rules under their model or field, not at the root | "
                        + "Write it under models.order_event.quality as {type: library, metric: rowCount, mustBeGreaterThan: 0}.",
                "21:5 warning DC-DIALECT: The standard keeps quality rules under their model or field, not at the root | "
                        + "Write it under models.order_event.quality as {type: sql, description: \"no negative totals\", query: \"SELECT COUNT(*) FROM order_event WHERE total_minor < 0\", mustBe: 0}.");
    }
}
