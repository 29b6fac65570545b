package io.meshwright.model.json;

import io.meshwright.model.check.CheckPlan.Unchecked;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.ContractTestReport.ColumnCompleteness;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.FailingRows;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestRecordJson
{
    record Sample(String text, Optional<BigDecimal> number, OptionalLong count, Map<String, Integer> figures, List<Boolean> flags) {}

    private static final ContractTestReport REPORT = new ContractTestReport(
            "orders.order-events",
            "iceberg-curated",
            "order-events",
            "2.1.0",
            "9f86d08",
            Optional.of("9007199254740993"),
            1,
            List.of(new CheckResult(
                    "order_id.unique",
                    Optional.of("order_id"),
                    "duplicateValues",
                    Optional.of("uniqueness"),
                    "error",
                    CheckStatus.FAILED,
                    Optional.of(new BigDecimal("1E+2")),
                    Optional.of("mustBe 0"),
                    Optional.of(EvidenceRung.R5),
                    OptionalLong.of(12345678901L),
                    Optional.of("ünïcode \"quoted\"")).lasting(Duration.ofMillis(1250)).violatedBy(2, 3)),
            List.of(new Unchecked("models.m.quality[0]", "A text rule is for people")),
            List.of(new ColumnCompleteness("order_id", 3, 1, Optional.of(new BigDecimal("0.666667")))),
            "run-1",
            Instant.parse("2026-11-20T10:00:00Z"),
            Instant.parse("2026-11-20T10:00:01.5Z")).from(Optional.of("3.1.0"), 7, Optional.of("local-1763600000000"))
            .withFailingRows(List.of(new FailingRows("order_id.unique", List.of("order_id", "total"), List.of(List.of(Optional.of("token"), Optional.empty())), Optional.empty())));

    @Test
    void testKeysAreTheAgreedOnes()
    {
        assertThat(RecordJson.write(REPORT))
                .isEqualTo(
                        """
                        {
                          "apiVersion" : "meshwright.io/v1",
                          "kind" : "ContractTestResult",
                          "product" : "orders.order-events",
                          "productVersion" : "3.1.0",
                          "productRevision" : 7,
                          "port" : "iceberg-curated",
                          "contract" : "order-events",
                          "contractVersion" : "2.1.0",
                          "contractHash" : "9f86d08",
                          "branch" : null,
                          "snapshotId" : "9007199254740993",
                          "partition" : null,
                          "status" : "failed",
                          "plannedChecks" : 1,
                          "checks" : [ {
                            "name" : "order_id.unique",
                            "field" : "order_id",
                            "metric" : "duplicateValues",
                            "dimension" : "uniqueness",
                            "severity" : "error",
                            "status" : "failed",
                            "actual" : 100,
                            "threshold" : "mustBe 0",
                            "rung" : "R5",
                            "bytesRead" : 12345678901,
                            "durationSeconds" : 1.25,
                            "validRatio" : 0.333333333,
                            "message" : "ünïcode \\"quoted\\""
                          } ],
                          "notChecked" : [ {
                            "path" : "models.m.quality[0]",
                            "reason" : "A text rule is for people"
                          } ],
                          "completeness" : [ {
                            "field" : "order_id",
                            "rows" : 3,
                            "nullValues" : 1,
                            "completeness" : 0.666667
                          } ],
                          "publication" : null,
                          "failingRows" : [ {
                            "check" : "order_id.unique",
                            "columns" : [ "order_id", "total" ],
                            "rows" : [ [ "token", null ] ],
                            "withheld" : null
                          } ],
                          "runId" : "run-1",
                          "jobId" : "local-1763600000000",
                          "startedAt" : "2026-11-20T10:00:00Z",
                          "finishedAt" : "2026-11-20T10:00:01.500Z"
                        }""");
    }

    @Test
    void testRoundTrip()
    {
        ContractTestReport read = RecordJson.read(RecordJson.write(REPORT), ContractTestReport.class);
        assertThat(read.checks().get(0).actual().orElseThrow()).isEqualByComparingTo("100");
        assertThat(RecordJson.write(read)).isEqualTo(RecordJson.write(REPORT));

        Sample sample = new Sample("", Optional.empty(), OptionalLong.empty(), Map.of("a", 1), List.of(true, false));
        assertThat(RecordJson.read(RecordJson.write(sample), Sample.class)).isEqualTo(sample);
    }

    @Test
    void testNotMeasuredIsNull()
    {
        assertThat(RecordJson.write(new Sample("x", Optional.empty(), OptionalLong.empty(), Map.of(), List.of())))
                .contains("\"number\" : null")
                .contains("\"count\" : null");
    }

    @Test
    void testUnknownKeysArePassedOver()
    {
        assertThat(RecordJson.read("{\"text\": \"x\", \"later\": [1], \"figures\": {}, \"flags\": []}", Sample.class).text()).isEqualTo("x");
    }

    @Test
    void testWrongDocumentsNameThePlace()
    {
        assertThatThrownBy(() -> RecordJson.read("{", Sample.class)).hasMessageStartingWith("Not a JSON document: ");
        assertThatThrownBy(() -> RecordJson.read("{} {}", Sample.class)).hasMessageStartingWith("Not a JSON document: ");
        assertThatThrownBy(() -> RecordJson.read("{}", Sample.class)).hasMessage("$.text: expected a value, found null");
        assertThatThrownBy(() -> RecordJson.read("{\"text\": 1}", Sample.class)).hasMessage("$.text: expected a text, found 1");
        assertThatThrownBy(() -> RecordJson.read("{\"text\": \"x\", \"count\": 1.5}", Sample.class)).hasMessage("$.count: expected a whole number, found 1.5");
        assertThatThrownBy(() -> RecordJson.read("{\"text\": \"x\", \"figures\": {\"a\": true}}", Sample.class)).hasMessage("$.figures.a: expected a whole number, found true");
        assertThatThrownBy(() -> RecordJson.read("[]", Sample.class)).hasMessage("$: expected an object, found []");
    }
}
