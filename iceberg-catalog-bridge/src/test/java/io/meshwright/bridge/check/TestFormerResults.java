package io.meshwright.bridge.check;

import io.meshwright.bridge.result.CheckRow;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckPlanner;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

final class TestFormerResults
{
    private static final String RULES =
            """
            - {type: library, metric: rowCount, mustBeGreaterThan: 5}
            - {type: sql, query: "SELECT COUNT(*) FROM orders WHERE id < 0", mustBe: 0}
            - {type: sql, query: "SELECT COUNT(*) FROM orders WHERE at > CURRENT_TIMESTAMP", mustBe: 0}
            """;

    @Test
    void testSameFigureAndVerdict()
    {
        CheckSpec check = checks(RULES).get(0);
        CheckResult reused = FormerResults.of(List.of(row(check, "4", CheckRow.EVALUATION, Instant.EPOCH))).find(check).orElseThrow();
        assertThat(reused.actual().orElseThrow()).isEqualByComparingTo("4");
        assertThat(reused.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(reused.message()).hasValue("said before");
        assertThat(reused.rung()).hasValue(EvidenceRung.R0);
        assertThat(reused.bytesRead()).hasValue(0);
    }

    @Test
    void testTheNewestCounts()
    {
        CheckSpec check = checks(RULES).get(0);
        FormerResults former = FormerResults.of(List.of(row(check, "2", CheckRow.EVALUATION, Instant.ofEpochSecond(2)), row(check, "3", CheckRow.EVALUATION, Instant.ofEpochSecond(3)), row(check, "1", CheckRow.EVALUATION, Instant.ofEpochSecond(1))));
        assertThat(former.find(check).orElseThrow().actual().orElseThrow()).isEqualByComparingTo("3");
    }

    @Test
    void testAnErrorIsNotTheFigureBeforeIt()
    {
        CheckSpec check = checks(RULES).get(0);
        assertThat(FormerResults.of(List.of(row(check, "2", CheckRow.EVALUATION, Instant.ofEpochSecond(1)), row(check, null, CheckRow.EVALUATION, Instant.ofEpochSecond(2)))).find(check)).isEmpty();
    }

    @Test
    void testWhatDependsOnTheClockIsAskedAgain()
    {
        List<CheckSpec> checks = checks(RULES);
        assertThat(FormerResults.of(List.of(row(checks.get(1), "0", CheckRow.EVALUATION, Instant.EPOCH))).find(checks.get(1))).isPresent();
        assertThat(FormerResults.of(List.of(row(checks.get(2), "0", CheckRow.EVALUATION, Instant.EPOCH))).find(checks.get(2))).isEmpty();
    }

    @Test
    void testAnotherQuestionIsAskedAgain()
    {
        CheckSpec check = checks(RULES).get(0);
        FormerResults former = FormerResults.of(List.of(row(check, "7", CheckRow.EVALUATION, Instant.EPOCH)));
        assertThat(former.find(checks("- {type: library, metric: rowCount, mustBeGreaterThan: 6}").get(0))).as("another threshold").isEmpty();
        assertThat(former.find(checks("- {type: library, metric: rowCount, mustBeGreaterThan: 5, severity: warning}").get(0))).as("another severity").isEmpty();
        assertThat(FormerResults.NONE.find(check)).isEmpty();
    }

    @Test
    void testAnswersOfAnotherVersionAndErrorsAreNotReused()
    {
        CheckSpec check = checks(RULES).get(0);
        assertThat(FormerResults.of(List.of(row(check, "7", CheckRow.EVALUATION + 1, Instant.EPOCH))).find(check)).isEmpty();
        assertThat(FormerResults.of(List.of(row(check, null, CheckRow.EVALUATION, Instant.EPOCH))).find(check)).as("in error").isEmpty();
    }

    /**
     * @param rules of the model, one in each line
     */
    private static List<CheckSpec> checks(String rules)
    {
        DataContract contract = DataContractParser.parse(
                "contract.yaml",
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields:
                      id: {type: long}
                      at: {type: timestamp}
                    quality:
                """ + rules.indent(6)).value().orElseThrow();
        CheckPlan plan = CheckPlanner.plan(contract, contract.models().get(0), Set.of("shop.orders"));
        return plan.checks().stream().filter(check -> check.field().isEmpty()).toList();
    }

    private static CheckRow row(CheckSpec check, String actual, int evaluation, Instant finished)
    {
        return new CheckRow(
                "run",
                "shop.orders",
                "table",
                "orders",
                "1.0.0",
                Optional.of("hash"),
                Optional.of("17"),
                Optional.empty(),
                check.name(),
                check.field(),
                check.metric().label(),
                Optional.of(check.dimension()),
                check.severity(),
                actual == null ? "error" : check.verdict(new BigDecimal(actual)).label(),
                Optional.ofNullable(actual).map(BigDecimal::new),
                check.thresholdText(),
                Optional.of("R5"),
                OptionalLong.of(10),
                Optional.of("said before"),
                OptionalInt.of(3),
                OptionalInt.of(evaluation),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                finished,
                finished);
    }
}
