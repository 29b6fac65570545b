package io.meshwright.bridge.result;

import io.meshwright.bridge.result.PortQuality.CheckPoint;
import io.meshwright.bridge.result.PortQuality.CheckQuality;
import io.meshwright.bridge.result.PortQuality.DimensionScore;
import io.meshwright.bridge.result.PortQuality.ScorePoint;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

import static io.meshwright.model.check.CheckStatus.ERROR;
import static io.meshwright.model.check.CheckStatus.FAILED;
import static io.meshwright.model.check.CheckStatus.PASSED;
import static io.meshwright.model.check.CheckStatus.SKIPPED;
import static io.meshwright.model.check.CheckStatus.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class TestQualityHistory
{
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final List<CheckRow> rows = new ArrayList<>();

    @Test
    void testScoreIsTheShareOfRowsWhereThereIsOne()
    {
        run(0,
                6,
                check("a.required", "completeness", PASSED).violatedBy(0, 100),
                check("b.required", "completeness", FAILED).violatedBy(3, 100),
                check("rows", "coverage", WARNING),
                check("schema", "conformity", PASSED),
                check("enum", "conformity", ERROR),
                check("later", "accuracy", SKIPPED));
        PortQuality quality = quality(day(0));

        assertThat(quality.status()).isEqualTo("failed");
        assertThat(quality.scores()).extracting(DimensionScore::dimension, score -> score.score().toPlainString(), DimensionScore::checks).containsExactly(
                tuple("completeness", "0.985", 2),
                tuple("conformity", "0.5", 2),
                tuple("coverage", "0", 1));
        assertThat(quality.checks()).extracting(CheckQuality::name).as("the worst first").startsWith("b.required", "enum", "rows");
    }

    @Test
    void testFailureIsOpenSinceTheFirstOneAfterTheLastGoodResult()
    {
        CheckStatus[] statuses = {FAILED, PASSED, FAILED, ERROR, SKIPPED, FAILED};
        for (int day = 0; day < statuses.length; day++) {
            run(day, 1, check("a.required", "completeness", statuses[day]));
        }
        PortQuality quality = quality(day(3));

        assertThat(quality.checks()).singleElement().satisfies(check -> {
            assertThat(check.openSince()).as("before the time that was asked for, too").hasValue(day(2));
            assertThat(check.results()).isEqualTo(3);
            assertThat(check.findings()).isEqualTo(2);
            assertThat(check.trend()).extracting(CheckPoint::status).containsExactly("error", "skipped", "failed");
        });
        assertThat(quality.tests()).isEqualTo(3);

        run(6, 1, check("a.required", "completeness", PASSED));
        assertThat(quality(day(3)).checks()).singleElement().satisfies(check -> assertThat(check.openSince()).isEmpty());
    }

    @Test
    void testTheLastTestCountsHoweverOldItIs()
    {
        run(0, 1, check("a.required", "completeness", FAILED).violatedBy(1, 4));
        run(1, 1, check("a.required", "completeness", FAILED).violatedBy(1, 2));
        PortQuality quality = quality(day(20));

        assertThat(quality.testedAt()).isEqualTo(day(1));
        assertThat(quality.tests()).isZero();
        assertThat(quality.scores()).singleElement().satisfies(score -> {
            assertThat(score.score()).isEqualByComparingTo("0.5");
            assertThat(score.average()).isEmpty();
            assertThat(score.trend()).isEmpty();
        });
    }

    @Test
    void testTrendKeepsEveryDip()
    {
        for (int day = 0; day < 400; day++) {
            run(day, 1, check("a.required", "completeness", PASSED).violatedBy(day == 237 ? 9 : 0, 10));
        }
        DimensionScore score = quality(day(0)).scores().get(0);

        assertThat(score.trend()).hasSize(60).isSortedAccordingTo((left, right) -> left.at().compareTo(right.at()));
        assertThat(score.trend()).extracting(ScorePoint::score).filteredOn(value -> value.compareTo(new BigDecimal("0.1")) == 0).hasSize(1);
        assertThat(score.average()).hasValue(new BigDecimal("0.99775"));
        assertThat(quality(day(0)).checks().get(0).trend()).hasSize(10);
    }

    @Test
    void testATestThatLostRowsIsInError()
    {
        run(0, 3, check("a.required", "completeness", PASSED), check("b.required", "completeness", PASSED));
        assertThat(quality(day(0)).status()).isEqualTo("error");
    }

    @Test
    void testChecksThatTheContractNoLongerHasAreGone()
    {
        run(0, 2, check("a.required", "completeness", FAILED), check("b.required", "completeness", PASSED));
        run(1, 1, check("b.required", "completeness", PASSED));
        assertThat(quality(day(0)).checks()).extracting(CheckQuality::name).containsExactly("b.required");
    }

    private PortQuality quality(Instant from)
    {
        Collections.shuffle(rows, new Random(5));
        QualityHistory history = new QualityHistory(from, 10);
        rows.forEach(history::add);
        assertThat(history.of("orders.returns")).isEmpty();
        return history.of("orders.order-events").get(0);
    }

    private static Instant day(int day)
    {
        return START.plus(Duration.ofDays(day));
    }

    private void run(int day, int planned, CheckResult... checks)
    {
        rows.addAll(CheckRow.of(new ContractTestReport("orders.order-events", "curated", "id", "1.0.0", "hash", Optional.of("1"), planned, List.of(checks), List.of(), List.of(), "run-" + day, day(day), day(day))));
    }

    private static CheckResult check(String name, String dimension, CheckStatus status)
    {
        return new CheckResult(name, Optional.empty(), "nullValues", Optional.of(dimension), "error", status, Optional.of(BigDecimal.ONE), Optional.of("mustBe 0"), Optional.empty(), OptionalLong.empty(), Optional.of("why"));
    }
}
