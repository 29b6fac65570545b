package io.meshwright.model.check;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The verdict of one check, with its evidence.
 *
 * @param name unique within the contract and stable over runs, for example {@code order_id.unique}
 * @param metric for example {@code nullValues}
 * @param actual the figure that the threshold is held against (violating rows for a rule that counts violations);
 *         empty when it was not measured, never zero for that
 * @param threshold for example {@code mustBe 0}
 * @param message what was found, without any clear value of a masked column; empty when passed and nothing needs saying
 */
public record CheckResult(
        String name,
        Optional<String> field,
        String metric,
        Optional<String> dimension,
        String severity,
        CheckStatus status,
        Optional<BigDecimal> actual,
        Optional<String> threshold,
        Optional<EvidenceRung> rung,
        OptionalLong bytesRead,
        Optional<String> message)
{
    public CheckResult
    {
        requireNonNull(name, "name is null");
        requireNonNull(field, "field is null");
        requireNonNull(metric, "metric is null");
        requireNonNull(dimension, "dimension is null");
        requireNonNull(severity, "severity is null");
        requireNonNull(status, "status is null");
        requireNonNull(actual, "actual is null");
        requireNonNull(threshold, "threshold is null");
        requireNonNull(rung, "rung is null");
        requireNonNull(bytesRead, "bytesRead is null");
        requireNonNull(message, "message is null");
        checkArgument(status != CheckStatus.ERROR || message.isPresent(), "A check in error says why");
    }
}
