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
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.json.RecordJson;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Prints the report of a contract test.
 */
final class ContractTestOutput
{
    private ContractTestOutput() {}

    /**
     * @param contract what findings are attached to
     */
    static void print(CommandContext context, ContractTestReport report, OutputFormat format, String contract)
    {
        Console console = context.console();
        switch (format) {
            case JSON -> console.data(RecordJson.write(report).strip());
            case YAML -> console.raw(Yaml.write(report));
            case JUNIT -> console.raw(junit(report));
            case SARIF -> console.data(FindingFormats.sarif(findings(report, contract), VersionCommand.version()));
            case GITHUB -> FindingFormats.github(findings(report, contract)).forEach(console::data);
            default -> table(console, report);
        }
    }

    private static void table(Console console, ContractTestReport report)
    {
        console.data(report.product() + " (port " + report.port() + ") against " + report.contract() + " " + report.contractVersion() +
                report.snapshotId().map(snapshot -> ", snapshot " + snapshot).orElse(", table without a snapshot"));
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
        report.notChecked().forEach(unchecked -> console.data("not checked: " + unchecked.path() + ": " + unchecked.reason()));
        Style style = report.status() == CheckStatus.PASSED ? Style.GREEN : report.status() == CheckStatus.WARNING ? Style.YELLOW : Style.RED;
        console.data(style.paint(report.status().label().toUpperCase(Locale.ROOT), console.isColor()) + ": " + summary(report));
        console.next(report.status() == CheckStatus.FAILED ? "repair the data, then: mesh contract test " + report.product() : "mesh sla check " + report.product());
    }

    private static String summary(ContractTestReport report)
    {
        long passed = count(report, CheckStatus.PASSED);
        StringBuilder text = new StringBuilder(passed + " of " + report.checks().size() + " checks passed");
        for (CheckStatus status : List.of(CheckStatus.FAILED, CheckStatus.ERROR, CheckStatus.WARNING, CheckStatus.SKIPPED)) {
            long count = count(report, status);
            text.append(count == 0 ? "" : ", " + count + " " + (status == CheckStatus.ERROR ? "in error" : status.label()));
        }
        return text.append(report.notChecked().isEmpty() ? "" : ", " + report.notChecked().size() + " not checked").toString();
    }

    private static long count(ContractTestReport report, CheckStatus status)
    {
        return report.checks().stream().filter(check -> check.status() == status).count();
    }

    private static String junit(ContractTestReport report)
    {
        return JUnitReport.write("mesh contract test " + report.product(), report.checks().stream()
                .map(check -> new JUnitReport.Case(report.product(), check.name(), outcome(check.status()), text(check)))
                .toList());
    }

    private static JUnitReport.Outcome outcome(CheckStatus status)
    {
        return switch (status) {
            case PASSED, WARNING -> JUnitReport.Outcome.PASSED;
            case FAILED -> JUnitReport.Outcome.FAILED;
            case ERROR -> JUnitReport.Outcome.ERROR;
            case SKIPPED -> JUnitReport.Outcome.SKIPPED;
        };
    }

    private static FileFindings findings(ContractTestReport report, String contract)
    {
        return new FileFindings(
                report.checks().stream()
                        .filter(check -> check.status() == CheckStatus.FAILED || check.status() == CheckStatus.ERROR)
                        .map(check -> new Finding(
                                check.status() == CheckStatus.FAILED ? CliRule.CHECK_FAILED : CliRule.CHECK_UNTOLD,
                                SourceLocation.startOf(contract),
                                check.name(),
                                text(check),
                                "repair the data of " + report.product() + ", or agree on another contract"))
                        .toList(),
                1);
    }

    private static String text(CheckResult check)
    {
        return check.name() + ": " + check.actual().map(actual -> "found " + actual.toPlainString()).orElse("not measured") +
                check.threshold().map(threshold -> ", " + threshold).orElse("") +
                check.message().map(message -> "; " + message).orElse("");
    }
}
