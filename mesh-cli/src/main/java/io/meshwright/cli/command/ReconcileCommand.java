package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.cli.output.Style;
import io.meshwright.cli.output.TextTable;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.cli.report.ReconciliationHtml;
import io.meshwright.cli.spark.SparkJob;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.Verdict;
import io.meshwright.model.reconciliation.WindowResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "reconcile",
        description = {
                "Compare a product with the legacy table that it replaces, day by day. The result is recorded in the registry's tables.",
                "Exits with 1 when the completeness objective is breached, 3 when that cannot be told. Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh reconcile orders.order-events --from 2026-11-01 --to 2026-11-20"})
public final class ReconcileCommand
        extends BaseCommand
{
    private static final String JOB = "io.meshwright.spark.job.ReconciliationJob";
    private static final int WINDOWS_SHOWN = 40;

    @Parameters(paramLabel = "PRODUCT", description = "Its address, SQL name, alias or mesh:// URL.")
    private String reference;

    @Option(names = "--legacy", paramLabel = "REF|URL", description = "A name below legacy: in mesh.yaml, or a jdbc: URL.")
    private String legacy;

    @Option(names = "--day", paramLabel = "DAY", description = "One day, for example 2026-11-20.")
    private String day;

    @Option(names = "--from", paramLabel = "DAY", description = "The first day.")
    private String from;

    @Option(names = "--to", paramLabel = "DAY", description = "The last day, included.")
    private String to;

    @Option(names = "--level", paramLabel = "LEVEL", description = "counts; aggregates and rows are not built yet.")
    private String level;

    @Option(names = "--zone", paramLabel = "ZONE", description = "The time zone whose days are meant, for example UTC.")
    private String zone;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the report as a self-contained HTML page, too.")
    private String html;

    public ReconcileCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        if (day != null && (from != null || to != null)) {
            throw new MeshException(CliRule.USAGE, USER, "--day goes with neither --from nor --to", "give one day, or a range");
        }
        MeshConfiguration configuration = Configurations.load(context());
        ProductRow product = MeshRegistry.find(MeshRegistry.look(configuration), reference, Caller.of(context(), configuration));
        SparkJob.Result result = new SparkJob(context(), JOB, arguments(product)).run();
        ReconciliationReport report = Reports.read(result.report(), ReconciliationReport.class);
        if (html != null) {
            writeHtml(report);
        }
        if (format() == OutputFormat.JSON) {
            console().data(result.report().strip());
        }
        else {
            print(report, lines(report));
        }
        return switch (report.verdict()) {
            case OK -> ExitCode.OK;
            case BREACH -> ExitCode.FINDING;
            case UNKNOWN -> ExitCode.UNKNOWN;
        };
    }

    private List<String> arguments(ProductRow product)
    {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("product", product.address());
        options.put("legacy", legacy);
        options.put("day", day);
        options.put("from", from);
        options.put("to", to);
        options.put("level", level);
        options.put("zone", zone);
        List<String> arguments = new ArrayList<>();
        options.forEach((name, value) -> {
            if (value != null) {
                arguments.addAll(List.of("--" + name, value));
            }
        });
        return arguments;
    }

    private void writeHtml(ReconciliationReport report)
    {
        try {
            Files.writeString(context().resolve(html), ReconciliationHtml.render(report));
            console().info("report written to " + html);
        }
        catch (IOException e) {
            throw new MeshException(CliRule.FILE_UNREADABLE, USER, "The report cannot be written to " + html + ": " + e.getMessage(), "name a file in a folder that exists and is writable", e);
        }
    }

    private List<String> lines(ReconciliationReport report)
    {
        List<String> lines = new ArrayList<>();
        lines.add(report.product() + " against " + report.legacy() + ", by " + report.profile() + ", days in " + report.zone());
        TextTable table = TextTable.list("window", "legacy", "mesh", "net", "completeness", "state").alignRight(1).alignRight(2).alignRight(3).alignRight(4);
        List<WindowResult> windows = report.windows();
        List<WindowResult> shown = windows.size() <= WINDOWS_SHOWN ? windows : windows.stream().filter(window -> window.net() != 0).limit(WINDOWS_SHOWN).toList();
        shown.forEach(window -> table.row(
                window.window(),
                window.legacy(),
                window.mesh(),
                window.net(),
                Texts.percent(window.completeness()),
                window.state().label()));
        lines.addAll(table.lines());
        if (shown.size() < windows.size()) {
            lines.add((windows.size() - shown.size()) + " of " + windows.size() + " windows are not shown; -o json has all of them");
        }
        lines.add("total: legacy " + report.totals().legacy() + ", mesh " + report.totals().mesh() + ", net " + report.totals().net() + figure(", missing ", report.totals().missing()));
        report.notCompared().forEach(left -> lines.add("not compared: " + left.what() + ": " + left.reason()));
        report.reasons().forEach(reason -> lines.add("reason: " + reason));
        Style style = report.verdict() == Verdict.OK ? Style.GREEN : report.verdict() == Verdict.BREACH ? Style.RED : Style.YELLOW;
        lines.add(style.paint(report.verdict().label().toUpperCase(Locale.ROOT), console().isColor()) + ": " + worst(report) + "completeness over all windows " +
                report.completeness().map(ratio -> (report.completenessIsUpperBound() ? "at most " : "") + Texts.percent(ratio)).orElse("unknown") +
                ", required of each " + Texts.percent(report.threshold()));
        return lines;
    }

    /**
     * The window that decides a breach: the ratio over all windows may look fine beside it.
     */
    private static String worst(ReconciliationReport report)
    {
        return report.windows().stream()
                .filter(window -> window.state() == WindowResult.State.CONFIRMED && window.completeness().compareTo(report.threshold()) < 0)
                .min(Comparator.comparing(WindowResult::completeness))
                .map(window -> "worst window " + window.window() + " with " + Texts.percent(window.completeness()) + "; ")
                .orElse("");
    }

    private static String figure(String label, OptionalLong value)
    {
        return value.isPresent() ? label + value.orElseThrow() : "";
    }
}
