package io.meshwright.bridge.result;

import com.google.common.collect.ImmutableList;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What contract tests found about the table of one output port: the last test, and how it was before. The component names are keys of the JSON form.
 *
 * @param status the worst of the last test's checks; error for a test that did not come to its end
 * @param contractHash SHA-256 of the contract that the last test was against; empty in results of earlier versions
 * @param seconds from begin to end of the last test
 * @param bytesRead of data files by the last test; empty where nobody counted
 * @param tests how many there were in the time that was asked for
 * @param checks of the last test, the worst first
 */
public record PortQuality(
        String product,
        String port,
        String status,
        String contract,
        String contractVersion,
        Optional<String> contractHash,
        Optional<String> snapshotId,
        String runId,
        Optional<String> jobId,
        Instant testedAt,
        BigDecimal seconds,
        OptionalLong bytesRead,
        int tests,
        List<DimensionScore> scores,
        List<CheckQuality> checks)
{
    /**
     * How much of a quality dimension holds, by the checks that belong to it.
     *
     * @param score of the last test, 0..1
     * @param average over the tests in the time that was asked for; empty where there was none
     * @param trend the oldest first; of many tests each point is the lowest of its stretch of time
     */
    public record DimensionScore(String dimension, BigDecimal score, int checks, Optional<BigDecimal> average, List<ScorePoint> trend)
    {
        public DimensionScore
        {
            requireNonNull(dimension, "dimension is null");
            requireNonNull(score, "score is null");
            requireNonNull(average, "average is null");
            trend = ImmutableList.copyOf(trend);
        }
    }

    public record ScorePoint(Instant at, BigDecimal score)
    {
        public ScorePoint
        {
            requireNonNull(at, "at is null");
            requireNonNull(score, "score is null");
        }
    }

    /**
     * One check in the last test, and before.
     *
     * @param openSince since when it has not been passed, nor a warning; empty where it is not open
     * @param results how many there were in the time that was asked for
     * @param findings how many of these were failures or errors
     * @param trend the last results, the oldest first
     */
    public record CheckQuality(
            String name,
            Optional<String> field,
            String metric,
            String dimension,
            String severity,
            String status,
            Optional<BigDecimal> actual,
            Optional<String> threshold,
            Optional<BigDecimal> validRatio,
            Optional<String> message,
            Optional<String> rung,
            OptionalLong bytesRead,
            Optional<BigDecimal> durationSeconds,
            Optional<Instant> openSince,
            int results,
            int findings,
            List<CheckPoint> trend)
    {
        public CheckQuality
        {
            requireNonNull(name, "name is null");
            requireNonNull(status, "status is null");
            trend = ImmutableList.copyOf(trend);
        }

        /**
         * The same for somebody who may see the verdict, and neither figures nor words.
         */
        public CheckQuality withoutFigures()
        {
            List<CheckPoint> verdicts = trend.stream().map(point -> new CheckPoint(point.at(), point.status(), Optional.empty())).collect(toImmutableList());
            return new CheckQuality(name, field, metric, dimension, severity, status, Optional.empty(), threshold, Optional.empty(), Optional.empty(), rung, bytesRead, durationSeconds, openSince, results, findings, verdicts);
        }
    }

    public record CheckPoint(Instant at, String status, Optional<BigDecimal> actual)
    {
        public CheckPoint
        {
            requireNonNull(at, "at is null");
            requireNonNull(status, "status is null");
            requireNonNull(actual, "actual is null");
        }
    }

    public PortQuality
    {
        requireNonNull(product, "product is null");
        requireNonNull(port, "port is null");
        requireNonNull(status, "status is null");
        scores = ImmutableList.copyOf(scores);
        checks = ImmutableList.copyOf(checks);
    }

    public PortQuality withChecks(List<CheckQuality> shown)
    {
        return new PortQuality(product, port, status, contract, contractVersion, contractHash, snapshotId, runId, jobId, testedAt, seconds, bytesRead, tests, scores, shown);
    }
}
