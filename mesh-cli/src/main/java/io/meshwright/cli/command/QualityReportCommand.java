package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.cli.output.Yaml;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.cli.registry.QualityReports;
import io.meshwright.cli.report.QualityHtml;
import io.meshwright.cli.report.QualityMetrics;
import io.meshwright.cli.report.QualityReport;
import io.meshwright.model.finding.MeshException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "report",
        description = {
                "Show what the last contract tests found, and how it was before: scores for each quality dimension, open failures, cost.",
                "Exits with 1 when a last test failed, 3 when a product was not tested with its present contract, or a check is in error.",
                "Output formats: table, json, yaml, html, openmetrics.",
        },
        footer = {"", "Example: mesh quality report --all -o html --file quality.html"})
public final class QualityReportCommand
        extends BaseCommand
{
    @Parameters(paramLabel = "PRODUCT", arity = "0..1", description = "Its address, SQL name, alias or mesh:// URL.")
    private String reference;

    @Option(names = "--all", description = "All products that you may find. Figures that may be personal values are left out, since such a report is passed on.")
    private boolean all;

    @Option(names = "--since", paramLabel = "DURATION", defaultValue = "30d", description = "How far figures over time look back (default: ${DEFAULT-VALUE}).")
    private String since;

    @Option(names = "--file", paramLabel = "FILE", description = "Write the report there, whole or not at all, instead of printing it.")
    private String file;

    public QualityReportCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected Set<OutputFormat> formats()
    {
        return OutputFormat.REPORTS;
    }

    @Override
    protected ExitCode run()
    {
        if (all == (reference != null)) {
            throw new MeshException(CliRule.USAGE, USER, all ? "A product goes not with --all" : "Neither a product nor --all is given", "name one product, or give --all");
        }
        Instant now = Instant.now();
        Instant from = now.minus(Since.duration(since));
        MeshConfiguration configuration = Configurations.load(context());
        QualityReport report = report(configuration, Caller.of(context(), configuration), from, now);
        if (file == null) {
            console().raw(text(report, console().isColor()));
        }
        else {
            write(text(report, false));
        }
        if (report.tested().isEmpty() && isTable()) {
            console().info("Nothing was tested yet.");
            console().next("mesh contract test " + (all ? "PRODUCT" : report.untested().getFirst().product()));
        }
        return report.exitCode();
    }

    private QualityReport report(MeshConfiguration configuration, Caller caller, Instant from, Instant to)
    {
        if (MeshRegistry.isAbsent(configuration)) {
            if (!all) {
                MeshRegistry.find(MeshRegistry.look(configuration), reference, caller);
            }
            return new QualityReport(from, to, List.of(), List.of(), 0);
        }
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            QualityReports reports = new QualityReports(registry, from, to);
            return all ? reports.ofAll(caller) : reports.of(MeshRegistry.read(MeshRegistry.find(registry.view(), reference, caller)), caller);
        }
    }

    private String text(QualityReport report, boolean color)
    {
        return switch (format()) {
            case JSON -> Json.write(QualityReportText.document(report)) + "\n";
            case YAML -> Yaml.write(QualityReportText.document(report));
            case HTML -> QualityHtml.render(report);
            case OPENMETRICS -> QualityMetrics.write(report);
            default -> String.join("\n", all ? QualityReportText.overview(report, color) : QualityReportText.lines(report, color)) + "\n";
        };
    }

    private void write(String text)
    {
        Path target = context().resolve(file);
        Path draft = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.writeString(draft, text);
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            console().info("report written to " + file);
        }
        catch (IOException e) {
            throw new MeshException(CliRule.FILE_UNREADABLE, USER, "The report cannot be written to " + file + ": " + e.getMessage(), "name a file in a folder that exists and is writable", e);
        }
    }
}
