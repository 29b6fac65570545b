package io.meshwright.bridge.check;

import io.meshwright.bridge.check.TableReader.RecurringKeys;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckSpec.Unit;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport.ColumnCompleteness;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.Measure;
import io.meshwright.model.sla.SlaEvaluator;
import io.meshwright.model.sla.SlaMeasurement;
import io.meshwright.model.sla.SloResult;
import io.meshwright.model.sla.SloStatus;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Results of checks from their figures. Messages hold counts and never values of the data.
 */
final class CheckResults
{
    private CheckResults() {}

    static CheckResult of(CheckSpec check, BigDecimal actual, Optional<EvidenceRung> rung, OptionalLong bytesRead, Optional<String> message)
    {
        return new CheckResult(
                check.name(),
                check.field(),
                check.metric().label(),
                Optional.of(check.dimension()),
                check.severity(),
                check.verdict(actual),
                Optional.of(actual),
                check.thresholdText(),
                rung,
                bytesRead,
                message);
    }

    static CheckResult violations(CheckSpec check, long violations, long rows, EvidenceRung rung, OptionalLong bytesRead)
    {
        BigDecimal actual = check.unit() == Unit.PERCENT ? percent(violations, rows) : BigDecimal.valueOf(violations);
        Optional<String> message = violations == 0 ? Optional.empty() : Optional.of(violations + " of " + rows + " rows");
        return of(check, actual, Optional.of(rung), bytesRead, message).violatedBy(violations, rows);
    }

    /**
     * @param rows of the table, where they are known
     */
    static CheckResult duplicates(CheckSpec check, RecurringKeys figures, OptionalLong rows, EvidenceRung rung)
    {
        Optional<String> message = figures.keys() == 0
                ? Optional.empty()
                : Optional.of(figures.keys() + " keys recur, " + figures.rows() + " rows have them, " + figures.surplus() + " are surplus");
        CheckResult result = of(check, BigDecimal.valueOf(figures.keys()), Optional.of(rung), figures.bytesRead(), message);
        return rows.isPresent() ? result.violatedBy(figures.surplus(), rows.orElseThrow()) : result;
    }

    static CheckResult freshness(CheckSpec check, Measure.Age age, Optional<Instant> newest, EvidenceRung rung, OptionalLong bytesRead, Instant now)
    {
        SlaMeasurement measurement = newest
                .map(time -> SlaMeasurement.freshness(time, now, age.source().description()))
                .orElseGet(() -> SlaMeasurement.missing("no timestamp"));
        SloResult slo = SlaEvaluator.freshness(age.objective(), measurement, now);
        // a table that promises fresh data and has none breaks its contract
        CheckStatus status = slo.status() == SloStatus.MET ? CheckStatus.PASSED : check.violationStatus();
        String source = age.source().description();
        String message = slo.message().map(text -> text + "; source: " + source).orElse("source: " + source);
        String bound = (age.objective().strict() ? "less than " : "at most ") + slo.threshold().orElseThrow().toPlainString() + " s";
        return new CheckResult(
                check.name(),
                check.field(),
                check.metric().label(),
                Optional.of(check.dimension()),
                check.severity(),
                status,
                slo.actual(),
                Optional.of(bound),
                Optional.of(rung),
                bytesRead,
                Optional.of(message));
    }

    static CheckResult error(CheckSpec check, String message)
    {
        return new CheckResult(
                check.name(),
                check.field(),
                check.metric().label(),
                Optional.of(check.dimension()),
                check.severity(),
                CheckStatus.ERROR,
                Optional.empty(),
                check.thresholdText(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of(message));
    }

    /**
     * The same result with a longer message.
     */
    static CheckResult noted(CheckResult result, String note)
    {
        return new CheckResult(
                result.name(),
                result.field(),
                result.metric(),
                result.dimension(),
                result.severity(),
                result.status(),
                result.actual(),
                result.threshold(),
                result.rung(),
                result.bytesRead(),
                Optional.of(result.message().map(message -> message + "; " + note).orElse(note)));
    }

    static ColumnCompleteness completeness(String column, long rows, long values)
    {
        Optional<BigDecimal> ratio = rows == 0
                ? Optional.empty()
                : Optional.of(BigDecimal.valueOf(values).divide(BigDecimal.valueOf(rows), 9, RoundingMode.DOWN).stripTrailingZeros());
        return new ColumnCompleteness(column, rows, rows - values, ratio);
    }

    /**
     * 0..100; rounded up, so that a violation never vanishes.
     */
    static BigDecimal percent(long violations, long rows)
    {
        return rows == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(violations).multiply(BigDecimal.valueOf(100)).divide(BigDecimal.valueOf(rows), 6, RoundingMode.UP).stripTrailingZeros();
    }
}
