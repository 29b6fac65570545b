package io.meshwright.model.check;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.check.CheckPlan.Unchecked;
import io.meshwright.model.json.RecordJson;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The result of {@code mesh contract test}. The component names are the keys of the JSON form.
 *
 * @param productVersion as the product declares it
 * @param productRevision of its registration
 * @param port the output port whose table was read
 * @param contractHash SHA-256 of the contract's text, in lower-case hexadecimal digits
 * @param branch of the table that was tested; empty for the one that is served, whose verdict alone speaks for the product
 * @param snapshotId the Iceberg snapshot that every figure is of; empty for a table without any
 * @param partition the only partition that was looked at; empty for the whole table
 * @param plannedChecks how many checks the contract asks for; with fewer results the run is not complete
 * @param completeness the share of rows with a value, for each column of the contract that the table has
 * @param publication what became of the branch, where it was to be published
 * @param failingRows only where they were asked for; masked, and never recorded
 * @param jobId Spark's id of the application; empty where no row had to be read
 */
public record ContractTestReport(
        String apiVersion,
        String kind,
        String product,
        Optional<String> productVersion,
        OptionalInt productRevision,
        String port,
        String contract,
        String contractVersion,
        String contractHash,
        Optional<String> branch,
        Optional<String> snapshotId,
        Optional<String> partition,
        CheckStatus status,
        int plannedChecks,
        List<CheckResult> checks,
        List<Unchecked> notChecked,
        List<ColumnCompleteness> completeness,
        Optional<Publication> publication,
        List<FailingRows> failingRows,
        String runId,
        Optional<String> jobId,
        Instant startedAt,
        Instant finishedAt)
{
    public static final String KIND = "ContractTestResult";

    /**
     * @param completeness 0..1; empty for an empty table, where there is nothing to be complete
     */
    public record ColumnCompleteness(String field, long rows, long nullValues, Optional<BigDecimal> completeness)
    {
        public ColumnCompleteness
        {
            requireNonNull(field, "field is null");
            requireNonNull(completeness, "completeness is null");
        }
    }

    public ContractTestReport
    {
        requireNonNull(apiVersion, "apiVersion is null");
        checkArgument(kind.equals(KIND), "kind is not %s: %s", KIND, kind);
        requireNonNull(product, "product is null");
        requireNonNull(productVersion, "productVersion is null");
        requireNonNull(productRevision, "productRevision is null");
        requireNonNull(port, "port is null");
        requireNonNull(contract, "contract is null");
        requireNonNull(contractVersion, "contractVersion is null");
        requireNonNull(contractHash, "contractHash is null");
        requireNonNull(branch, "branch is null");
        requireNonNull(snapshotId, "snapshotId is null");
        requireNonNull(partition, "partition is null");
        requireNonNull(status, "status is null");
        checks = ImmutableList.copyOf(checks);
        notChecked = ImmutableList.copyOf(notChecked);
        completeness = ImmutableList.copyOf(completeness);
        requireNonNull(publication, "publication is null");
        checkArgument(publication.isEmpty() || branch.isPresent(), "publication without branch");
        failingRows = ImmutableList.copyOf(failingRows);
        requireNonNull(runId, "runId is null");
        requireNonNull(jobId, "jobId is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(finishedAt, "finishedAt is null");
    }

    public ContractTestReport(
            String product,
            String port,
            String contract,
            String contractVersion,
            String contractHash,
            Optional<String> snapshotId,
            int plannedChecks,
            List<CheckResult> checks,
            List<Unchecked> notChecked,
            List<ColumnCompleteness> completeness,
            String runId,
            Instant startedAt,
            Instant finishedAt)
    {
        this(RecordJson.API_VERSION,
                KIND,
                product,
                Optional.empty(),
                OptionalInt.empty(),
                port,
                contract,
                contractVersion,
                contractHash,
                Optional.empty(),
                snapshotId,
                Optional.empty(),
                overallStatus(checks),
                plannedChecks,
                checks,
                notChecked,
                completeness,
                Optional.empty(),
                ImmutableList.of(),
                runId,
                Optional.empty(),
                startedAt,
                finishedAt);
    }

    /**
     * The same with where it comes from.
     */
    public ContractTestReport from(Optional<String> version, int revision, Optional<String> job)
    {
        Copy copy = new Copy(this);
        copy.productVersion = version;
        copy.productRevision = OptionalInt.of(revision);
        copy.jobId = job;
        return copy.report();
    }

    /**
     * The same of one partition.
     */
    public ContractTestReport ofPartition(Optional<String> slice)
    {
        Copy copy = new Copy(this);
        copy.partition = slice;
        return copy.report();
    }

    /**
     * The same test, of a branch.
     */
    public ContractTestReport ofBranch(String name)
    {
        Copy copy = new Copy(this);
        copy.branch = Optional.of(name);
        return copy.report();
    }

    public ContractTestReport withPublication(Publication outcome)
    {
        Copy copy = new Copy(this);
        copy.publication = Optional.of(outcome);
        return copy.report();
    }

    public ContractTestReport withFailingRows(List<FailingRows> rows)
    {
        Copy copy = new Copy(this);
        copy.failingRows = rows;
        return copy.report();
    }

    /**
     * The same figures of the same snapshot, once it is the one that is served: a run of its own, since the branch's verdict is none of the product.
     */
    public ContractTestReport published()
    {
        Copy copy = new Copy(this);
        copy.branch = Optional.empty();
        copy.publication = Optional.empty();
        copy.runId = runId + "-published";
        return copy.report();
    }

    /**
     * Failed wins over error, error over warning, warning over passed; without any check it is skipped.
     */
    public static CheckStatus overallStatus(List<CheckResult> checks)
    {
        return checks.stream().map(CheckResult::status).max(Comparator.naturalOrder()).orElse(CheckStatus.SKIPPED);
    }

    /**
     * A warning alone is no finding. What was to be published and was not is one.
     */
    public ExitStatus exitStatus()
    {
        return exitStatus(FailOn.ERROR);
    }

    /**
     * A finding wins over a check in error; that is never turned into success, and neither is a test that checked nothing.
     */
    public ExitStatus exitStatus(FailOn failOn)
    {
        if (status == CheckStatus.SKIPPED) {
            return ExitStatus.USAGE;
        }
        if (checks.stream().anyMatch(check -> failOn.isFinding(check.status()))) {
            return ExitStatus.FINDING;
        }
        if (checks.stream().anyMatch(check -> check.status() == CheckStatus.ERROR)) {
            return ExitStatus.UNKNOWN;
        }
        return publication.map(Publication::exitStatus).orElse(ExitStatus.OK);
    }

    /**
     * Bytes of data files read for the run; empty where no check tells.
     */
    public OptionalLong bytesRead()
    {
        return checks.stream().map(CheckResult::bytesRead).filter(OptionalLong::isPresent).mapToLong(OptionalLong::orElseThrow).max();
    }

    /**
     * What may be told of a report later on.
     */
    private static final class Copy
    {
        private final ContractTestReport original;
        private Optional<String> productVersion;
        private OptionalInt productRevision;
        private Optional<String> branch;
        private Optional<String> partition;
        private Optional<Publication> publication;
        private List<FailingRows> failingRows;
        private String runId;
        private Optional<String> jobId;

        private Copy(ContractTestReport original)
        {
            this.original = original;
            productVersion = original.productVersion;
            productRevision = original.productRevision;
            branch = original.branch;
            partition = original.partition;
            publication = original.publication;
            failingRows = original.failingRows;
            runId = original.runId;
            jobId = original.jobId;
        }

        private ContractTestReport report()
        {
            return new ContractTestReport(
                    original.apiVersion,
                    original.kind,
                    original.product,
                    productVersion,
                    productRevision,
                    original.port,
                    original.contract,
                    original.contractVersion,
                    original.contractHash,
                    branch,
                    original.snapshotId,
                    partition,
                    original.status,
                    original.plannedChecks,
                    original.checks,
                    original.notChecked,
                    original.completeness,
                    publication,
                    failingRows,
                    runId,
                    jobId,
                    original.startedAt,
                    original.finishedAt);
        }
    }
}
