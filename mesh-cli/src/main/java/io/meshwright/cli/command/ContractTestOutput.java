package io.meshwright.cli.command;

import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.finding.FileFindings;
import io.meshwright.cli.finding.FindingFormats;
import io.meshwright.cli.finding.JUnitReport;
import io.meshwright.cli.output.Console;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.cli.output.Style;
import io.meshwright.cli.output.TextTable;
import io.meshwright.cli.output.Yaml;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.FailOn;
import io.meshwright.model.check.FailingRows;
import io.meshwright.model.check.Publication.Outcome;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Severity;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.json.RecordJson;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Prints the report of a contract test.
 */
final class ContractTestOutput
{
    private final CommandContext context;
    private final ContractTestReport report;
    private final FailOn failOn;
    private final String contract;

    /**
     * @param contract the file that findings are attached to
     */
    ContractTestOutput(CommandContext context, ContractTestReport report, FailOn failOn, String contract)
    {
        this.context = requireNonNull(context, "context is null");
        this.report = requireNonNull(report, "report is null");
        this.failOn = requireNonNull(failOn, "failOn is null");
        this.contract = requireNonNull(contract, "contract is null");
    }

    void print(OutputFormat format)
    {
        Console console = context.console();
        switch (format) {
            case JSON -> console.data(RecordJson.write(report).strip());
            case YAML -> console.raw(Yaml.write(report));
            case JUNIT -> console.raw(junit());
            case SARIF -> console.data(FindingFormats.sarif(findings(), VersionCommand.version()));
            case GITHUB -> FindingFormats.github(findings()).forEach(console::data);
            default -> table(console);
        }
        if (failOn == FailOn.NEVER && report.status() == CheckStatus.FAILED) {
            console.info(count(CheckStatus.FAILED) + " failed; no finding, since --fail-on is never");
        }
    }

    private void table(Console console)
    {
        console.data(report.product() + " (port " + report.port() + report.branch().map(branch -> ", branch " + branch).orElse("") + ") against " + report.contract() + " " + report.contractVersion() +
                report.snapshotId().map(snapshot -> ", snapshot " + snapshot).orElse(", table without a snapshot") +
                report.partition().map(partition -> ", only the partition " + partition).orElse(""));
        TextTable table = TextTable.list("status", "check", "actual", "threshold", "message").alignRight(2);
        report.checks().stream()
                .sorted(Comparator.comparing(CheckResult::status).reversed())
                .forEach(check -> table.row(
                        check.status().label().toUpperCase(Locale.ROOT),
                        check.name(),
                        check.actual().map(BigDecimal::toPlainString).orElse("-"),
                        check.threshold().orElse("-"),
                        check.message().orElse("")));
        table.lines().forEach(console::data);
        report.failingRows().forEach(rows -> failingRows(console, rows));
        report.notChecked().forEach(unchecked -> console.data("not checked: " + unchecked.path() + ": " + unchecked.reason()));
        Style style = report.status() == CheckStatus.PASSED ? Style.GREEN : report.status() == CheckStatus.WARNING ? Style.YELLOW : Style.RED;
        console.data(style.paint(report.status().label().toUpperCase(Locale.ROOT), console.isColor()) + ": " + summary());
        report.publication().ifPresent(publication -> console.data(publication.message()));
        console.next(next());
    }

    private String next()
    {
        String again = "mesh contract test " + report.product() + report.branch().map(branch -> " --branch " + branch + " --publish").orElse("");
        if (report.status() == CheckStatus.FAILED) {
            return "repair the data, then: " + again;
        }
        boolean isPublished = report.publication().map(publication -> publication.outcome() == Outcome.PUBLISHED).orElse(false);
        return report.branch().isEmpty() || isPublished ? "mesh sla check " + report.product() : again;
    }

    private static void failingRows(Console console, FailingRows failing)
    {
        console.data("rows that break " + failing.check() + failing.withheld().map(reason -> ": withheld, since " + reason).orElse(", personal columns masked:"));
        if (failing.withheld().isEmpty()) {
            TextTable table = TextTable.list(failing.columns().toArray(String[]::new));
            failing.rows().forEach(row -> table.row(row.stream().map(value -> value.orElse("NULL")).toList()));
            table.lines().forEach(line -> console.data("  " + line));
        }
    }

    private String summary()
    {
        StringBuilder text = new StringBuilder(count(CheckStatus.PASSED) + " of " + report.checks().size() + " checks passed");
        for (CheckStatus status : List.of(CheckStatus.FAILED, CheckStatus.ERROR, CheckStatus.WARNING, CheckStatus.SKIPPED)) {
            long count = count(status);
            text.append(count == 0 ? "" : ", " + count + " " + (status == CheckStatus.ERROR ? "in error" : status.label()));
        }
        return text.append(report.notChecked().isEmpty() ? "" : ", " + report.notChecked().size() + " not checked").toString();
    }

    private long count(CheckStatus status)
    {
        return report.checks().stream().filter(check -> check.status() == status).count();
    }

    private String junit()
    {
        Stream<JUnitReport.Case> checked = report.checks().stream().map(check -> new JUnitReport.Case(report.product(), check.name(), outcome(check.status()), text(check), check.durationSeconds()));
        Stream<JUnitReport.Case> notChecked = report.notChecked().stream().map(unchecked -> new JUnitReport.Case(report.product(), unchecked.path(), JUnitReport.Outcome.SKIPPED, unchecked.reason()));
        return JUnitReport.write("mesh contract test " + report.product(), Stream.concat(checked, notChecked).toList());
    }

    /**
     * A build server shows what the exit code says, but a failed check is never shown as passed.
     */
    private JUnitReport.Outcome outcome(CheckStatus status)
    {
        return switch (status) {
            case PASSED -> JUnitReport.Outcome.PASSED;
            case WARNING -> failOn.isFinding(status) ? JUnitReport.Outcome.FAILED : JUnitReport.Outcome.PASSED;
            case FAILED -> JUnitReport.Outcome.FAILED;
            case ERROR -> JUnitReport.Outcome.ERROR;
            case SKIPPED -> JUnitReport.Outcome.SKIPPED;
        };
    }

    private FileFindings findings()
    {
        return new FileFindings(
                report.checks().stream()
                        .filter(check -> check.status() != CheckStatus.PASSED && check.status() != CheckStatus.SKIPPED)
                        .map(this::finding)
                        .toList(),
                1);
    }

    private Finding finding(CheckResult check)
    {
        boolean isError = check.status() != CheckStatus.WARNING || failOn.isFinding(check.status());
        return new Finding(
                rule(check.status()),
                isError ? Severity.ERROR : Severity.WARNING,
                SourceLocation.startOf(contract),
                check.name(),
                text(check),
                check.status() == CheckStatus.ERROR
                        ? "see why it could not be run, then: mesh contract test " + report.product()
                        : "repair the data of " + report.product() + ", or agree on another contract");
    }

    private static CliRule rule(CheckStatus status)
    {
        return switch (status) {
            case FAILED -> CliRule.CHECK_FAILED;
            case WARNING -> CliRule.CHECK_WARNED;
            case PASSED, ERROR, SKIPPED -> CliRule.CHECK_UNTOLD;
        };
    }

    private static String text(CheckResult check)
    {
        return check.name() + ": " + check.actual().map(actual -> "found " + actual.toPlainString()).orElse("not measured") +
                check.threshold().map(threshold -> ", " + threshold).orElse("") +
                check.message().map(message -> "; " + message).orElse("");
    }
}
