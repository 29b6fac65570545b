package io.meshwright.bridge.result;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.meshwright.model.check.CheckMetric;
import io.meshwright.model.check.CheckStatus;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Which snapshots passed which contract, told from the rows of {@code mesh.check_results}. A snapshot passed when its last
 * complete run against exactly this contract has no check that failed, could not run or was skipped; warnings are no failure.
 * The age of the data is left out: it is no property of a snapshot, and a late load must not give way to an even older one.
 * Rows without a contract's hash, which earlier versions wrote, prove nothing, rows about a branch prove nothing about what is served, and of each subject the last runs count only. Immutable.
 */
public final class ContractVerdicts
{
    private static final Set<String> GOOD = Set.of("passed", "warning");
    /**
     * What was young enough when it was tested gets old without any change.
     */
    private static final Set<String> BY_CLOCK = Set.of(CheckMetric.FRESHNESS.label(), CheckMetric.FREQUENCY.label());
    private static final int KEPT_RUNS = 100;

    /**
     * What is judged.
     *
     * @param contractHash SHA-256 of the contract, so that another text of the same version is another contract
     */
    public record Subject(String product, String port, String contractHash)
    {
        public Subject
        {
            requireNonNull(product, "product is null");
            requireNonNull(port, "port is null");
            requireNonNull(contractHash, "contractHash is null");
        }
    }

    /**
     * @param finishedAt when the run that decided was over
     */
    public record Verdict(String runId, Instant finishedAt, boolean passed)
    {
        public Verdict
        {
            requireNonNull(runId, "runId is null");
            requireNonNull(finishedAt, "finishedAt is null");
        }

        private boolean isAfter(Verdict other)
        {
            int order = finishedAt.compareTo(other.finishedAt);
            // of two runs at the same instant the one that found something counts
            return order > 0 || (order == 0 && !passed);
        }
    }

    private final Map<Subject, RecentRuns> runs;

    private ContractVerdicts(Map<Subject, RecentRuns> runs)
    {
        this.runs = ImmutableMap.copyOf(runs);
    }

    /**
     * @param runs from {@link #fold}
     */
    public static ContractVerdicts of(Map<Subject, RecentRuns> runs)
    {
        return new ContractVerdicts(runs);
    }

    /**
     * The verdict of a run: one that did not come to its end is in error, unless what it came to has failed.
     *
     * @param worst of its results
     * @param planned how many results there should be; empty in results of earlier versions
     */
    public static CheckStatus statusOf(CheckStatus worst, int results, OptionalInt planned)
    {
        boolean complete = planned.isEmpty() || results >= planned.orElseThrow();
        return complete || worst == CheckStatus.FAILED ? worst : CheckStatus.ERROR;
    }

    /**
     * Adds a row to what is known of the runs. Rows come in any order, each once.
     */
    public static void fold(Map<Subject, RecentRuns> runs, CheckRow row)
    {
        if (row.branch().isEmpty() && row.contractHash().isPresent() && row.plannedChecks().isPresent() && row.snapshotId().isPresent()) {
            runs.merge(Run.subject(row), new RecentRuns(ImmutableMap.of(row.runId(), Run.of(row))), (before, unused) -> before.plus(row));
        }
    }

    /**
     * Empty where the snapshot was never tested against the contract.
     */
    public Optional<Verdict> find(Subject subject, long snapshotId)
    {
        return Optional.ofNullable(runs.get(subject)).flatMap(recent -> recent.verdict(snapshotId));
    }

    /**
     * The verdict of the newest run against the contract, whatever snapshot it was of: what a gate asks before it lets a product pass. Empty where there is none,
     * and where the newest one did not come to its end; then nothing is known, which is never good. An older verdict is not asked: it is about other data.
     */
    public Optional<Verdict> newest(Subject subject)
    {
        return Optional.ofNullable(runs.get(subject)).flatMap(RecentRuns::newest);
    }

    public boolean hasPassed(Subject subject, long snapshotId)
    {
        return find(subject, snapshotId).filter(Verdict::passed).isPresent();
    }

    /**
     * Whether any snapshot of the subject passed, kept or not.
     */
    public boolean hasPassedEver(Subject subject)
    {
        return Optional.ofNullable(runs.get(subject)).filter(RecentRuns::hasPassed).isPresent();
    }

    /**
     * The last runs of one subject. Immutable.
     */
    public static final class RecentRuns
    {
        private final Map<String, Run> byId;

        private RecentRuns(Map<String, Run> byId)
        {
            this.byId = ImmutableMap.copyOf(byId);
        }

        private RecentRuns plus(CheckRow row)
        {
            Map<String, Run> runs = new HashMap<>(byId);
            runs.merge(row.runId(), Run.of(row), (before, unused) -> before.plus(row));
            if (runs.size() > KEPT_RUNS) {
                runs.entrySet().stream()
                        .min(Comparator.comparing(entry -> entry.getValue().finishedAt()))
                        .map(Map.Entry::getKey)
                        .ifPresent(runs::remove);
            }
            return new RecentRuns(runs);
        }

        private Optional<Verdict> verdict(long snapshotId)
        {
            return byId.entrySet().stream()
                    .filter(entry -> entry.getValue().snapshotId().equals(String.valueOf(snapshotId)))
                    .filter(entry -> entry.getValue().decides())
                    .map(entry -> new Verdict(entry.getKey(), entry.getValue().finishedAt(), entry.getValue().good()))
                    .reduce((left, right) -> right.isAfter(left) ? right : left);
        }

        private Optional<Verdict> newest()
        {
            Instant last = byId.values().stream().map(Run::finishedAt).max(Comparator.naturalOrder()).orElseThrow();
            Map<String, Run> newest = Maps.filterValues(byId, run -> run.finishedAt().equals(last));
            if (!newest.values().stream().allMatch(Run::decides)) {
                return Optional.empty();
            }
            return newest.entrySet().stream()
                    .map(entry -> new Verdict(entry.getKey(), last, entry.getValue().good()))
                    .reduce((left, right) -> right.isAfter(left) ? right : left);
        }

        private boolean hasPassed()
        {
            return byId.values().stream().anyMatch(run -> run.decides() && run.good());
        }
    }

    /**
     * @param good whether no row tells of anything wrong
     * @param uniform whether all rows agree about what was tested
     */
    private record Run(Subject subject, String snapshotId, Instant finishedAt, int planned, int rows, boolean good, boolean uniform)
    {
        private static Run of(CheckRow row)
        {
            return new Run(subject(row), row.snapshotId().orElseThrow(), row.finishedAt(), row.plannedChecks().orElseThrow(), 1, isGood(row), true);
        }

        private Run plus(CheckRow row)
        {
            Run other = of(row);
            boolean same = uniform && other.subject.equals(subject) && other.snapshotId.equals(snapshotId) && other.planned == planned;
            return new Run(subject, snapshotId, finishedAt, planned, rows + 1, good && other.good, same);
        }

        /**
         * A run that lost rows can tell that something is wrong, but not that all is well.
         */
        private boolean decides()
        {
            return uniform && (!good || (planned > 0 && rows == planned));
        }

        private static boolean isGood(CheckRow row)
        {
            return BY_CLOCK.contains(row.metric()) || GOOD.contains(row.status()) || (row.metric().equals(CheckMetric.ANOMALY.label()) && row.status().equals("skipped"));
        }

        private static Subject subject(CheckRow row)
        {
            return new Subject(row.product(), row.port(), row.contractHash().orElseThrow());
        }
    }
}
