package io.meshwright.bridge.check;

import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.Measure;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Results of service levels of time. Figures are seconds.
 */
final class TimeResults
{
    private TimeResults() {}

    /**
     * Where no row has a time nothing is kept too long.
     *
     * @param oldest in microseconds since 1970-01-01T00:00:00Z
     */
    static CheckResult retention(CheckSpec check, Measure.Retention retention, OptionalLong oldest, EvidenceRung rung, OptionalLong bytesRead, Instant now)
    {
        Instant earliest = now.atOffset(ZoneOffset.UTC).minus(retention.period()).toInstant();
        String bound = "at most %s s".formatted(Duration.between(earliest, now).toSeconds());
        if (oldest.isEmpty()) {
            return result(check, CheckStatus.PASSED, Optional.empty(), bound, rung, bytesRead, Optional.of("no row has a time"));
        }
        Instant time = SnapshotEvidence.ofMicros(oldest.orElseThrow());
        CheckStatus status = time.isBefore(earliest) ? check.violationStatus() : CheckStatus.PASSED;
        return result(check, status, Optional.of(seconds(Duration.between(time, now))), bound, rung, bytesRead, Optional.empty());
    }

    /**
     * @param micros the longest delay of a row, or the newest source time where it is held against the commit
     */
    static CheckResult latency(CheckSpec check, Measure.Latency latency, OptionalLong micros, Optional<Instant> lastDataCommit, EvidenceRung rung, OptionalLong bytesRead)
    {
        String bound = "at most %s s".formatted(latency.threshold().toSeconds());
        if (micros.isEmpty() || (latency.processed().isEmpty() && lastDataCommit.isEmpty())) {
            // how long it would have taken is not known
            return result(check, CheckStatus.SKIPPED, Optional.empty(), bound, rung, bytesRead, Optional.of(micros.isEmpty() ? "no row has the times" : "no commit of data is kept"));
        }
        Duration delay = latency.processed().isPresent()
                ? Duration.between(SnapshotEvidence.ofMicros(0), SnapshotEvidence.ofMicros(micros.orElseThrow()))
                : Duration.between(SnapshotEvidence.ofMicros(micros.orElseThrow()), lastDataCommit.orElseThrow());
        CheckStatus status = delay.compareTo(latency.threshold()) > 0 ? check.violationStatus() : CheckStatus.PASSED;
        String source = latency.processed().map(processed -> "from %s to %s, the slowest row".formatted(latency.source(), processed))
                .orElseGet(() -> "from the newest %s to the last data-changing commit".formatted(latency.source()));
        return result(check, status, Optional.of(seconds(delay)), bound, rung, bytesRead, Optional.of(source));
    }

    private static BigDecimal seconds(Duration duration)
    {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
    }

    private static CheckResult result(CheckSpec check, CheckStatus status, Optional<BigDecimal> actual, String bound, EvidenceRung rung, OptionalLong bytesRead, Optional<String> message)
    {
        return CheckResults.of(check, status, actual, Optional.of(bound), Optional.of(rung), bytesRead, message);
    }
}
