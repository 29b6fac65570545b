package io.meshwright.spark.check;

import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.spark.session.TestingLake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.Map;

import static io.meshwright.spark.check.TestingChecks.byName;
import static io.meshwright.spark.check.TestingChecks.plan;
import static io.meshwright.spark.check.TestingChecks.run;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What contracts promise of time.
 */
final class TestTimeChecks
{
    private final TestingLake lake = TestingLake.get();

    @Test
    void testServiceLevelsOfTime()
    {
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop.times",
                "CREATE TABLE mesh.shop.times (at timestamp, loaded timestamp) USING iceberg",
                "INSERT INTO mesh.shop.times VALUES (timestamp'2026-08-02 00:00:00Z', timestamp'2026-08-02 00:05:00Z'), (timestamp'2026-11-01 12:00:00Z', timestamp'2026-11-01 12:20:30Z'), (timestamp'2020-01-01 00:00:00Z', NULL)",
                "DELETE FROM mesh.shop.times WHERE at < timestamp'2021-01-01 00:00:00Z'");
        String contract =
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields: {at: {type: timestamp}, loaded: {type: timestamp}}
                servicelevels:
                  retention: {period: %s, timestampField: orders.at}
                  latency: {threshold: %s, sourceTimestampField: at, processedTimestampField: loaded}
                """;
        Map<String, CheckResult> kept = byName(run(plan(contract.formatted("3m", "21m")), "times"));
        assertThat(kept.get("retention").status()).isEqualTo(CheckStatus.PASSED);
        assertThat(kept.get("retention").actual().orElseThrow()).isEqualByComparingTo(BigDecimal.valueOf(92 * 86_400));
        assertThat(kept.get("latency").status()).isEqualTo(CheckStatus.PASSED);
        assertThat(kept.get("latency").actual().orElseThrow()).isEqualByComparingTo("1230");
        Map<String, CheckResult> broken = byName(run(plan(contract.formatted("91d", "20 minutes")), "times"));
        assertThat(broken.get("retention").status()).isEqualTo(CheckStatus.FAILED);
        assertThat(broken.get("latency").status()).isEqualTo(CheckStatus.FAILED);
        assertThat(broken.get("latency").message()).contains("from at to loaded, the slowest row");
    }

    @ParameterizedTest
    @CsvSource({"24h, PASSED", "1h, FAILED"})
    void testFreshness(String threshold, CheckStatus expected)
    {
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop.fresh",
                "CREATE TABLE mesh.shop.fresh (at timestamp) USING iceberg",
                "INSERT INTO mesh.shop.fresh VALUES (timestamp'2026-11-01 06:00:00Z'), (timestamp'2026-11-01 12:00:00.123456Z'), (NULL)");
        CheckResult result = run(freshnessPlan(threshold), "fresh").checks().stream().filter(check -> check.metric().equals("freshness")).findFirst().orElseThrow();
        assertThat(result.status()).isEqualTo(expected);
        assertThat(result.actual().orElseThrow()).isEqualByComparingTo("43199.876");
        assertThat(result.message().orElseThrow()).contains("at (declared)");
    }

    @Test
    void testFreshnessOfEmptyTableFails()
    {
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop.empty",
                "CREATE TABLE mesh.shop.empty (at timestamp) USING iceberg");
        CheckResult result = run(freshnessPlan("1h"), "empty").checks().stream().filter(check -> check.metric().equals("freshness")).findFirst().orElseThrow();
        assertThat(result.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(result.actual()).isEmpty();
        assertThat(result.message().orElseThrow()).startsWith("no timestamp");
    }

    private static CheckPlan freshnessPlan(String threshold)
    {
        return plan(
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields:
                      at: {type: timestamp}
                servicelevels:
                  freshness: {threshold: %s, timestampField: orders.at}
                """.formatted(threshold));
    }
}
