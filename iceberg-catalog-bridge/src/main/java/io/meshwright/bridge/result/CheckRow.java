package io.meshwright.bridge.result;

import io.meshwright.bridge.table.RowSchema;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.ContractTestReport;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * One check of one run, as a row of {@code mesh.check_results}.
 */
public record CheckRow(
        String runId,
        String product,
        String port,
        String contract,
        String contractVersion,
        Optional<String> contractHash,
        Optional<String> branch,
        Optional<String> snapshotId,
        String checkName,
        Optional<String> field,
        String metric,
        Optional<String> dimension,
        String severity,
        String status,
        Optional<BigDecimal> actual,
        Optional<String> threshold,
        Optional<String> rung,
        OptionalLong bytesRead,
        Optional<String> message,
        OptionalInt plannedChecks,
        OptionalInt evaluation,
        Optional<BigDecimal> durationSeconds,
        Optional<BigDecimal> validRatio,
        Optional<String> jobId,
        Optional<String> productVersion,
        OptionalInt productRevision,
        Instant startedAt,
        Instant finishedAt)
{
    /**
     * The table's name in the registry's namespace.
     */
    public static final String TABLE = "check_results";

    /**
     * Raised whenever the same check of the same snapshot gets another answer, so that former figures are not reused.
     */
    public static final int EVALUATION = 2;

    public static final RowSchema<CheckRow> SCHEMA = RowSchema.<CheckRow>builder()
            .bounds("product")
            .string("run_id", "The run that this check belongs to; a run is written once", CheckRow::runId)
            .string("product", "Address of the product", CheckRow::product)
            .string("port", "Output port whose table was read", CheckRow::port)
            .string("contract", "Id of the contract", CheckRow::contract)
            .string("contract_version", "Version of the contract", CheckRow::contractVersion)
            .optionalString("contract_hash", "SHA-256 of the contract; null in rows of earlier versions", CheckRow::contractHash)
            .optionalString("branch", "Branch of the table that was tested; null for the one that is served", CheckRow::branch)
            .optionalString("snapshot_id", "Iceberg snapshot that the figure is of", CheckRow::snapshotId)
            .string("check_name", "Name of the check, stable over runs", CheckRow::checkName)
            .optionalString("field", "Column, for a check of one", CheckRow::field)
            .string("metric", "What was measured", CheckRow::metric)
            .optionalString("dimension", "Quality dimension", CheckRow::dimension)
            .string("severity", "As the contract says", CheckRow::severity)
            .string("status", "passed, warning, failed, error or skipped", CheckRow::status)
            .optionalDecimal("actual", 38, 6, "The figure; null when it was not measured", CheckRow::actual)
            .optionalString("threshold", "What the figure is held against", CheckRow::threshold)
            .optionalString("rung", "Evidence, R0 to R6", CheckRow::rung)
            .optionalBigint("bytes_read", "Bytes of data files read by the query that gave the figure", CheckRow::bytesRead)
            .optionalString("message", "What was found, without personal values", CheckRow::message)
            .optionalInteger("planned_checks", "Checks that the contract asks for: a run with fewer rows is not complete", CheckRow::plannedChecks)
            .optionalInteger("evaluation", "Version of the evaluation: another one may find another figure; null in rows of earlier versions", CheckRow::evaluation)
            .optionalDecimal("duration_seconds", 18, 3, "Seconds of the query that gave the figure, which other checks may share; null where none was needed", CheckRow::durationSeconds)
            .optionalDecimal("valid_ratio", 10, 9, "Share of rows that keep the rule, 0..1; null where the rule is not about rows", CheckRow::validRatio)
            .optionalString("job_id", "Id of the Spark application; null where no row had to be read", CheckRow::jobId)
            .optionalString("product_version", "Version that the product declares", CheckRow::productVersion)
            .optionalInteger("product_revision", "Revision of the product's registration; null in rows of earlier versions", CheckRow::productRevision)
            .timestamp("started_at", "Begin of the run", CheckRow::startedAt)
            .timestamp("finished_at", "End of the run", CheckRow::finishedAt)
            .build(row -> new CheckRow(
                    row.string("run_id"),
                    row.string("product"),
                    row.string("port"),
                    row.string("contract"),
                    row.string("contract_version"),
                    row.optionalString("contract_hash"),
                    row.optionalString("branch"),
                    row.optionalString("snapshot_id"),
                    row.string("check_name"),
                    row.optionalString("field"),
                    row.string("metric"),
                    row.optionalString("dimension"),
                    row.string("severity"),
                    row.string("status"),
                    row.optionalDecimal("actual"),
                    row.optionalString("threshold"),
                    row.optionalString("rung"),
                    row.optionalBigint("bytes_read"),
                    row.optionalString("message"),
                    row.optionalInteger("planned_checks"),
                    row.optionalInteger("evaluation"),
                    row.optionalDecimal("duration_seconds"),
                    row.optionalDecimal("valid_ratio"),
                    row.optionalString("job_id"),
                    row.optionalString("product_version"),
                    row.optionalInteger("product_revision"),
                    row.timestamp("started_at"),
                    row.timestamp("finished_at")));

    public CheckRow
    {
        requireNonNull(runId, "runId is null");
        requireNonNull(product, "product is null");
        requireNonNull(checkName, "checkName is null");
    }

    static List<CheckRow> of(ContractTestReport report)
    {
        return report.checks().stream().map(check -> of(report, check)).collect(toImmutableList());
    }

    private static CheckRow of(ContractTestReport report, CheckResult check)
    {
        return new CheckRow(
                report.runId(),
                report.product(),
                report.port(),
                report.contract(),
                report.contractVersion(),
                Optional.of(report.contractHash()),
                report.branch(),
                report.snapshotId(),
                check.name(),
                check.field(),
                check.metric(),
                check.dimension(),
                check.severity(),
                check.status().label(),
                check.actual(),
                check.threshold(),
                check.rung().map(Enum::name),
                check.bytesRead(),
                check.message(),
                OptionalInt.of(report.plannedChecks()),
                OptionalInt.of(EVALUATION),
                check.durationSeconds(),
                check.validRatio(),
                report.jobId(),
                report.productVersion(),
                report.productRevision(),
                report.startedAt(),
                report.finishedAt());
    }
}
