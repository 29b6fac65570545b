package io.meshwright.model.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
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
 * @param bytesRead of data files by the query that gave the figure, which other checks may share; empty where nobody counted
 * @param durationSeconds of that query; empty where the figure needed none
 * @param validRatio the share of rows that keep the rule, 0..1, rounded down; empty where the rule is not about rows, or there are none
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
        Optional<BigDecimal> durationSeconds,
        Optional<BigDecimal> validRatio,
        Optional<String> message)
{
    /**
     * A result that needed no query, of a rule that is not about rows.
     */
    public CheckResult(
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
        this(name, field, metric, dimension, severity, status, actual, threshold, rung, bytesRead, Optional.empty(), Optional.empty(), message);
    }

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
        requireNonNull(durationSeconds, "durationSeconds is null");
        requireNonNull(validRatio, "validRatio is null");
        requireNonNull(message, "message is null");
        checkArgument(status != CheckStatus.ERROR || message.isPresent(), "A check in error says why");
    }

    /**
     * The same, from a query that took this long.
     */
    public CheckResult lasting(Duration duration)
    {
        Optional<BigDecimal> seconds = Optional.of(BigDecimal.valueOf(duration.toMillis(), 3));
        return new CheckResult(name, field, metric, dimension, severity, status, actual, threshold, rung, bytesRead, seconds, validRatio, message);
    }

    /**
     * The same, with more to say.
     */
    public CheckResult noting(String note)
    {
        String longer = message.map(text -> text + "; " + note).orElse(note);
        return new CheckResult(name, field, metric, dimension, severity, status, actual, threshold, rung, bytesRead, durationSeconds, validRatio, Optional.of(longer));
    }

    /**
     * The same, of a rule that some rows break.
     *
     * @param rows all rows that the rule is about
     */
    public CheckResult violatedBy(long violations, long rows)
    {
        Optional<BigDecimal> ratio = rows == 0 ? Optional.empty() : Optional.of(BigDecimal.valueOf(rows - violations).divide(BigDecimal.valueOf(rows), 9, RoundingMode.DOWN));
        return new CheckResult(name, field, metric, dimension, severity, status, actual, threshold, rung, bytesRead, durationSeconds, ratio, message);
    }
}
