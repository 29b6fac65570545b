package io.meshwright.bridge.alert;

import io.meshwright.bridge.result.CheckRow;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.sla.SloStatus;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One recorded look at an objective or at a check of a contract.
 *
 * @param status the word of the row, for example {@code missed}
 * @param value in the unit of the objective or check; empty where it was not measured
 * @param metric of a check; empty for an objective
 */
record Evaluation(
        String runId,
        Instant at,
        Standing standing,
        String status,
        Optional<BigDecimal> value,
        Optional<String> threshold,
        Optional<String> source,
        Optional<String> message,
        Optional<String> metric)
{
    enum Standing
    {
        KEPT,
        BROKEN,
        UNKNOWN,
    }

    Evaluation
    {
        requireNonNull(runId, "runId is null");
        requireNonNull(at, "at is null");
        requireNonNull(standing, "standing is null");
        requireNonNull(status, "status is null");
        requireNonNull(value, "value is null");
        requireNonNull(threshold, "threshold is null");
        requireNonNull(source, "source is null");
        requireNonNull(message, "message is null");
        requireNonNull(metric, "metric is null");
    }

    static Evaluation of(SlaRow row)
    {
        Standing standing = row.status().equals(SloStatus.MISSED.label()) ? Standing.BROKEN : row.status().equals(SloStatus.MET.label()) ? Standing.KEPT : Standing.UNKNOWN;
        return new Evaluation(row.runId(), row.checkedAt(), standing, row.status(), row.actual(), row.threshold().map(threshold -> threshold.stripTrailingZeros().toPlainString()), row.source(), row.message(), Optional.empty());
    }

    /**
     * A warning is for those who look; it pages nobody.
     */
    static Evaluation of(CheckRow row)
    {
        Standing standing = switch (CheckStatus.valueOf(row.status().toUpperCase(Locale.ROOT))) {
            case FAILED -> Standing.BROKEN;
            case PASSED, WARNING -> Standing.KEPT;
            case ERROR, SKIPPED -> Standing.UNKNOWN;
        };
        return new Evaluation(row.runId(), row.finishedAt(), standing, row.status(), row.actual(), row.threshold(), Optional.empty(), row.message(), Optional.of(row.metric()));
    }
}
