package io.meshwright.bridge.result;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.result.PortQuality.CheckPoint;
import io.meshwright.bridge.result.PortQuality.CheckQuality;
import io.meshwright.bridge.result.PortQuality.DimensionScore;
import io.meshwright.bridge.result.PortQuality.ScorePoint;
import io.meshwright.model.check.CheckStatus;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;

/**
 * The tests of one port.
 */
final class PortHistory
{
    private static final int TREND_POINTS = 60;
    private static final Comparator<Test> BY_TIME = comparing(Test::finishedAt).thenComparing(test -> test.first.runId());

    private final Instant from;
    private final int points;
    private final Map<String, Test> tests = new HashMap<>();
    private final Map<String, Check> checks = new TreeMap<>();
    private Optional<Test> lastBefore = Optional.empty();

    PortHistory(Instant from, int points)
    {
        this.from = from;
        this.points = points;
    }

    void add(CheckRow row)
    {
        checks.computeIfAbsent(row.checkName(), unused -> new Check()).add(row);
        if (!row.finishedAt().isBefore(from)) {
            tests.computeIfAbsent(row.runId(), unused -> new Test(row)).add(row);
        }
        else if (lastBefore.isPresent() && lastBefore.orElseThrow().first.runId().equals(row.runId())) {
            lastBefore.orElseThrow().add(row);
        }
        else if (lastBefore.isEmpty() || row.finishedAt().isAfter(lastBefore.orElseThrow().finishedAt())) {
            lastBefore = Optional.of(new Test(row));
            lastBefore.orElseThrow().add(row);
        }
    }

    PortQuality quality()
    {
        List<Test> ordered = tests.values().stream().sorted(BY_TIME).collect(toImmutableList());
        Test last = ordered.isEmpty() ? lastBefore.orElseThrow() : ordered.get(ordered.size() - 1);
        CheckRow row = last.first;
        return new PortQuality(
                row.product(),
                row.port(),
                ContractVerdicts.statusOf(last.worst, last.rows, row.plannedChecks()).label(),
                row.contract(),
                row.contractVersion(),
                row.contractHash(),
                row.snapshotId(),
                row.runId(),
                row.jobId(),
                row.finishedAt(),
                BigDecimal.valueOf(Duration.between(row.startedAt(), row.finishedAt()).toMillis(), 3),
                last.bytesRead,
                ordered.size(),
                scores(last, ordered),
                checks.values().stream()
                        .filter(check -> check.newest.runId().equals(row.runId()))
                        .sorted(comparing((Check check) -> CheckStatus.ofLabel(check.newest.status())).reversed().thenComparing(check -> check.newest.checkName()))
                        .map(Check::quality)
                        .collect(toImmutableList()));
    }

    private List<DimensionScore> scores(Test last, List<Test> ordered)
    {
        ImmutableList.Builder<DimensionScore> scores = ImmutableList.builder();
        last.scores.forEach((dimension, mean) -> {
            List<ScorePoint> all = ordered.stream()
                    .filter(test -> test.scores.containsKey(dimension))
                    .map(test -> new ScorePoint(test.finishedAt(), test.scores.get(dimension).value()))
                    .collect(toImmutableList());
            MeanScore average = new MeanScore();
            all.forEach(point -> average.add(point.score()));
            scores.add(new DimensionScore(dimension, mean.value(), mean.count(), all.isEmpty() ? Optional.empty() : Optional.of(average.value()), lowest(all)));
        });
        return scores.build();
    }

    /**
     * So few that they can be drawn, and no dip is lost.
     */
    private static List<ScorePoint> lowest(List<ScorePoint> all)
    {
        if (all.size() <= TREND_POINTS) {
            return all;
        }
        ImmutableList.Builder<ScorePoint> lowest = ImmutableList.builder();
        for (int point = 0; point < TREND_POINTS; point++) {
            all.subList(point * all.size() / TREND_POINTS, (point + 1) * all.size() / TREND_POINTS).stream().min(comparing(ScorePoint::score)).ifPresent(lowest::add);
        }
        return lowest.build();
    }

    /**
     * The rows of one run.
     */
    private static final class Test
    {
        private final CheckRow first;
        private final Map<String, MeanScore> scores = new TreeMap<>();
        private CheckStatus worst = CheckStatus.SKIPPED;
        private int rows;
        private OptionalLong bytesRead = OptionalLong.empty();

        private Test(CheckRow first)
        {
            this.first = first;
        }

        private Instant finishedAt()
        {
            return first.finishedAt();
        }

        private void add(CheckRow row)
        {
            rows++;
            CheckStatus status = CheckStatus.ofLabel(row.status());
            worst = worst.compareTo(status) >= 0 ? worst : status;
            // checks that share a scan share its figure
            row.bytesRead().ifPresent(bytes -> bytesRead = OptionalLong.of(Math.max(bytes, bytesRead.orElse(0))));
            MeanScore.of(row).ifPresent(score -> scores.computeIfAbsent(dimension(row), unused -> new MeanScore()).add(score));
        }
    }

    /**
     * The results of one check.
     */
    private final class Check
    {
        private final TreeSet<CheckRow> last = new TreeSet<>(comparing(CheckRow::finishedAt).thenComparing(CheckRow::runId));
        private final List<Instant> findings = new ArrayList<>();
        private Instant lastGood = Instant.MIN;
        private CheckRow newest;
        private int results;

        private void add(CheckRow row)
        {
            if (newest == null || row.finishedAt().isAfter(newest.finishedAt())) {
                newest = row;
            }
            results += row.finishedAt().isBefore(from) ? 0 : 1;
            CheckStatus status = CheckStatus.ofLabel(row.status());
            if (status == CheckStatus.FAILED || status == CheckStatus.ERROR) {
                findings.add(row.finishedAt());
            }
            else if (status != CheckStatus.SKIPPED && row.finishedAt().isAfter(lastGood)) {
                lastGood = row.finishedAt();
            }
            if (points > 0 && !row.finishedAt().isBefore(from)) {
                last.add(row);
                if (last.size() > points) {
                    last.pollFirst();
                }
            }
        }

        private CheckQuality quality()
        {
            return new CheckQuality(
                    newest.checkName(),
                    newest.field(),
                    newest.metric(),
                    dimension(newest),
                    newest.severity(),
                    newest.status(),
                    newest.actual().map(BigDecimal::stripTrailingZeros),
                    newest.threshold(),
                    newest.validRatio().map(BigDecimal::stripTrailingZeros),
                    newest.message(),
                    newest.rung(),
                    newest.bytesRead(),
                    newest.durationSeconds(),
                    findings.stream().filter(time -> time.isAfter(lastGood)).min(Comparator.naturalOrder()),
                    results,
                    (int) findings.stream().filter(time -> !time.isBefore(from)).count(),
                    last.stream().map(row -> new CheckPoint(row.finishedAt(), row.status(), row.actual().map(BigDecimal::stripTrailingZeros))).collect(toImmutableList()));
        }
    }

    private static String dimension(CheckRow row)
    {
        return row.dimension().orElse("other");
    }
}
