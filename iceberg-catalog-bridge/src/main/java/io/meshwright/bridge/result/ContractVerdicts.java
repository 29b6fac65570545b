package io.meshwright.bridge.result;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.check.CheckMetric;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * Which snapshots passed which contract, told from the rows of {@code mesh.check_results}. A snapshot passed when its last
 * complete run against exactly this contract has no check that failed, could not run or was skipped; warnings are no failure.
 * The age of the data is left out: it is no property of a snapshot, and a late load must not give way to an even older one.
 * Rows without a contract's hash, which earlier versions wrote, prove nothing. Immutable.
 */
public final class ContractVerdicts
{
    public static final ContractVerdicts NONE = new ContractVerdicts(ImmutableMap.of());

    private static final Set<String> GOOD = Set.of("passed", "warning");

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

    private final Map<Subject, Map<Long, Verdict>> verdicts;

    private ContractVerdicts(Map<Subject, Map<Long, Verdict>> verdicts)
    {
        this.verdicts = ImmutableMap.copyOf(verdicts);
    }

    /**
     * Empty where the snapshot was never tested against the contract.
     */
    public Optional<Verdict> find(Subject subject, long snapshotId)
    {
        return Optional.ofNullable(verdicts.getOrDefault(subject, ImmutableMap.of()).get(snapshotId));
    }

    public boolean hasPassed(Subject subject, long snapshotId)
    {
        return find(subject, snapshotId).filter(Verdict::passed).isPresent();
    }

    /**
     * Whether any snapshot of the subject ever passed, kept or not.
     */
    public boolean hasPassedEver(Subject subject)
    {
        return verdicts.getOrDefault(subject, ImmutableMap.of()).values().stream().anyMatch(Verdict::passed);
    }

    /**
     * Begins with what is known, so that only new rows have to be read.
     */
    public Collector collect()
    {
        return new Collector(this);
    }

    /**
     * Takes the rows of whole runs, in any order.
     */
    public static final class Collector
    {
        private final ContractVerdicts known;
        private final Map<String, Run> runs = new HashMap<>();

        private Collector(ContractVerdicts known)
        {
            this.known = requireNonNull(known, "known is null");
        }

        public void add(CheckRow row)
        {
            if (row.contractHash().isEmpty() || row.plannedChecks().isEmpty() || row.snapshotId().isEmpty()) {
                return;
            }
            runs.computeIfAbsent(row.runId(), unused -> new Run(row)).add(row);
        }

        public ContractVerdicts verdicts()
        {
            Map<Subject, Map<Long, Verdict>> all = new HashMap<>();
            known.verdicts.forEach((subject, bySnapshot) -> all.put(subject, new HashMap<>(bySnapshot)));
            runs.forEach((runId, run) -> {
                OptionalLong snapshotId = run.snapshotId();
                if (!run.decides() || snapshotId.isEmpty()) {
                    return;
                }
                all.computeIfAbsent(run.subject, unused -> new HashMap<>())
                        .merge(snapshotId.getAsLong(), new Verdict(runId, run.finishedAt, run.good), (left, right) -> right.isAfter(left) ? right : left);
            });
            return new ContractVerdicts(all);
        }
    }

    private static final class Run
    {
        private final Subject subject;
        private final String snapshot;
        private final Instant finishedAt;
        private final int planned;
        private int rows;
        private boolean good = true;
        private boolean oneRun = true;

        private Run(CheckRow first)
        {
            checkArgument(first.contractHash().isPresent(), "The row has no hash");
            subject = subject(first);
            snapshot = first.snapshotId().orElseThrow();
            finishedAt = first.finishedAt();
            planned = first.plannedChecks().orElseThrow();
        }

        private void add(CheckRow row)
        {
            rows++;
            good &= row.metric().equals(CheckMetric.FRESHNESS.label()) || GOOD.contains(row.status());
            oneRun &= subject(row).equals(subject) && row.snapshotId().equals(Optional.of(snapshot)) && row.plannedChecks().orElse(-1) == planned;
        }

        /**
         * A run that lost rows can tell that something is wrong, but not that all is well.
         */
        private boolean decides()
        {
            return oneRun && (!good || (planned > 0 && rows == planned));
        }

        private OptionalLong snapshotId()
        {
            try {
                return OptionalLong.of(Long.parseLong(snapshot));
            }
            catch (NumberFormatException e) {
                return OptionalLong.empty();
            }
        }

        private static Subject subject(CheckRow row)
        {
            return new Subject(row.product(), row.port(), row.contractHash().orElseThrow());
        }
    }
}
