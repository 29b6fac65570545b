package io.meshwright.bridge.check;

import io.meshwright.bridge.check.TableReader.RecurringKeys;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport.ColumnCompleteness;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.Measure;
import io.meshwright.model.check.UsualBand;
import io.meshwright.model.sla.SlaEvaluator;
import io.meshwright.model.sla.SlaMeasurement;
import io.meshwright.model.sla.SloResult;
import io.meshwright.model.sla.SloStatus;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Results of checks from their figures. Messages hold counts and never values of the data.
 */
final class CheckResults
{
    private CheckResults() {}

    static CheckResult of(CheckSpec check, CheckStatus status, Optional<BigDecimal> actual, Optional<String> threshold, Optional<EvidenceRung> rung, OptionalLong bytesRead, Optional<String> message)
    {
        return new CheckResult(
                check.name(),
                check.field(),
                check.metric().label(),
                Optional.of(check.dimension()),
                check.severity(),
                status,
                actual,
                threshold,
                rung,
                bytesRead,
                message);
    }

    /**
     * With too little history nothing is known of what is usual, which is no pass.
     */
    static CheckResult anomaly(CheckSpec check, UsualBand band, long rows, List<BigDecimal> former, EvidenceRung rung, OptionalLong bytesRead)
    {
        BigDecimal actual = BigDecimal.valueOf(rows);
        Optional<UsualBand.Limits> limits = band.limits(former);
        if (limits.isEmpty()) {
            String message = "%s former snapshots were counted, %s are needed to tell what is usual".formatted(former.size(), band.history());
            return of(check, CheckStatus.SKIPPED, Optional.of(actual), Optional.empty(), Optional.of(rung), bytesRead, Optional.of(message));
        }
        UsualBand.Limits usual = limits.orElseThrow();
        String bounds = "%s to %s".formatted(plain(usual.lower()), plain(usual.upper()));
        boolean inside = usual.contains(actual);
        String message = "ANOMALY: %s rows, usual are %s by %s former snapshots (median %s)".formatted(rows, bounds, former.size(), plain(usual.median()));
        return of(
                check,
                inside ? CheckStatus.PASSED : check.violationStatus(),
                Optional.of(actual),
                Optional.of("usually " + bounds),
                Optional.of(rung),
                bytesRead,
                inside ? Optional.empty() : Optional.of(message));
    }

    static CheckResult notOfSlice(CheckSpec check)
    {
        return of(check, CheckStatus.SKIPPED, Optional.empty(), check.thresholdText(), Optional.empty(), OptionalLong.of(0), Optional.of("only the whole table can be held against it"));
    }

    /**
     * What was never reconciled is in error: nobody knows how much has arrived.
     */
    static CheckResult sourceRows(CheckSpec check, SlaMeasurement completeness)
    {
        if (completeness.figure().isEmpty()) {
            return error(check, completeness.reason().orElse("no measurement"));
        }
        return of(check, completeness.figure().orElseThrow(), Optional.empty(), OptionalLong.of(0), completeness.source().map(source -> "%s at %s".formatted(source, completeness.measuredAt().orElseThrow())));
    }

    private static String plain(BigDecimal number)
    {
        return number.setScale(0, RoundingMode.HALF_UP).toPlainString();
    }

    static CheckResult of(CheckSpec check, BigDecimal actual, Optional<EvidenceRung> rung, OptionalLong bytesRead, Optional<String> message)
    {
        return of(check, check.verdict(actual), Optional.of(actual), check.thresholdText(), rung, bytesRead, message);
    }

    static CheckResult violations(CheckSpec check, long violations, long rows, EvidenceRung rung, OptionalLong bytesRead)
    {
        BigDecimal actual = switch (check.unit()) {
            case PERCENT -> percent(violations, rows);
            case SHARE_KEPT -> rows == 0 ? BigDecimal.ONE : completeness("", rows, rows - violations).completeness().orElseThrow();
            case ROWS -> BigDecimal.valueOf(violations);
        };
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
        return of(check, status, slo.actual(), Optional.of(bound), Optional.of(rung), bytesRead, Optional.of(message));
    }

    static CheckResult error(CheckSpec check, String message)
    {
        return of(check, CheckStatus.ERROR, Optional.empty(), check.thresholdText(), Optional.empty(), OptionalLong.empty(), Optional.of(message));
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
