package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.migration.CutoverGates;
import io.meshwright.bridge.migration.Gate;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.result.AcceptedWindowRow;
import io.meshwright.bridge.result.Reconciliations;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.bridge.result.WindowHistory;
import io.meshwright.bridge.result.WindowRow;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.cli.report.ReconciliationHtml;
import io.meshwright.cli.spark.SparkJob;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.reconciliation.Acceptance;
import io.meshwright.model.reconciliation.ReconciliationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "reconcile",
        description = {
                "Compare a product with the legacy table that it replaces, day by day. The result is recorded in the registry's tables.",
                "Exits with 1 when the completeness objective is breached, 3 when that cannot be told.",
                "Output formats: table, json, yaml, junit, sarif, github.",
        },
        footer = {
                "",
                "Example: mesh reconcile orders.order-events --from 2026-11-01 --to 2026-11-20 --html report.html",
                "Example: mesh reconcile orders.order-events --accept 2026-11-18 --until 2026-12-31 --by ana@retailer.example --reason \"test orders\"",
        })
public final class ReconcileCommand
        extends BaseCommand
{
    private static final String JOB = "io.meshwright.spark.job.ReconciliationJob";

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

    @Option(names = "--level", paramLabel = "LEVEL", description = "counts, aggregates or rows; by default what the specification says.")
    private String level;

    @Option(names = "--profile", paramLabel = "PROFILE", description = "auto, native, md5 or sha256: the hash of rows; by default what the specification says.")
    private String profile;

    @Option(names = "--zone", paramLabel = "ZONE", description = "The time zone whose days are meant, for example UTC.")
    private String zone;

    @Option(names = "--full", description = "Compare windows again that have not changed since they were found equal.")
    private boolean full;

    @Option(names = "--resume", paramLabel = "RUN", description = "Do not compare again what this run, which did not come to its end, found equal.")
    private String resume;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the report as a self-contained HTML page, too.")
    private String html;

    @Option(names = "--accept", paramLabel = "WINDOW", description = {
            "Compare nothing, but accept the difference that the last run found in this window, for example 2026-11-18.",
            "It stays visible, and a larger one is a breach again. Goes with --until, --by and --reason.",
    })
    private String accept;

    @Option(names = "--until", paramLabel = "DATE", description = "The last day on which the difference is accepted, in UTC.")
    private String until;

    @Option(names = "--by", paramLabel = "WHO", description = "Who answers for it.")
    private String by;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private String reason;

    public ReconcileCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected Set<OutputFormat> formats()
    {
        return OutputFormat.GATES;
    }

    @Override
    protected ExitCode run()
    {
        ReconcileArguments.checkDays(day, from, to);
        ReconcileArguments.checkLevel(level);
        ReconcileArguments.checkProfile(profile);
        ReconcileArguments.checkZone(zone);
        checkAcceptance();
        MeshConfiguration configuration = Configurations.load(context());
        ProductRow product = MeshRegistry.find(MeshRegistry.look(configuration), reference, Caller.of(context(), configuration));
        if (accept != null) {
            return accept(configuration, product);
        }
        SparkJob.Result result = new SparkJob(context(), JOB, arguments(product)).run();
        ReconciliationReport measured = Reports.read(result.report(), ReconciliationReport.class);
        ReconciliationReport report;
        List<Gate> gates;
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            List<WindowRow> recorded = new ResultTables(registry.catalog()).windows(product.address()).stream()
                    .filter(row -> row.legacy().equals(measured.legacy()) && row.zone().equals(measured.zone()))
                    .toList();
            report = measured.withHistory(WindowHistory.of(recorded, measured.finishedAt()));
            gates = new CutoverGates(registry.catalog(), Clock.systemUTC()).of(MeshRegistry.read(product));
        }
        if (html != null) {
            writeHtml(report, gates);
        }
        new ReconciliationOutput(console(), report, gates, product.specPath()).print(format());
        return new AlertRun(console(), configuration).tell(product, Reports.exitCode(report.exitStatus()));
    }

    private void checkAcceptance()
    {
        boolean complete = Stream.of(until, by, reason).noneMatch(text -> text == null || text.isBlank());
        if (accept == null && Stream.of(until, by, reason).anyMatch(Objects::nonNull)) {
            throw ReconcileArguments.usage("--until, --by and --reason go with --accept only", "name the window with --accept, for example --accept 2026-11-18");
        }
        if (accept != null && !complete) {
            throw ReconcileArguments.usage("--accept needs --until, --by and --reason", "say until which day, who answers for it, and why");
        }
        if (accept != null && Stream.of(legacy, day, from, to, level, profile, zone, html).anyMatch(Objects::nonNull)) {
            throw ReconcileArguments.usage("--accept compares nothing, so it goes with --until, --by and --reason only", "reconcile first, then accept");
        }
        if (accept != null && format() != OutputFormat.TABLE && format() != OutputFormat.JSON && format() != OutputFormat.YAML) {
            throw ReconcileArguments.usage("--accept prints no " + format().label(), "use one of: table, json, yaml");
        }
    }

    private ExitCode accept(MeshConfiguration configuration, ProductRow product)
    {
        Acceptance acceptance = new Acceptance(ReconcileArguments.date("--until", until), by.strip(), reason.strip());
        AcceptedWindowRow row;
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            row = new Reconciliations(registry.catalog()).accept(product.address(), accept, acceptance, Clock.systemUTC());
        }
        print(row, List.of("accepted: %s of %s, net %s, until %s by %s: %s".formatted(
                row.window(), row.product(), row.difference().net(), acceptance.until(), acceptance.by(), acceptance.reason())));
        console().next("mesh reconcile " + product.address());
        return ExitCode.OK;
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
        options.put("profile", profile);
        options.put("zone", zone);
        options.put("resume", resume);
        List<String> arguments = new ArrayList<>();
        options.forEach((name, value) -> {
            if (value != null) {
                arguments.addAll(List.of("--" + name, value));
            }
        });
        if (full) {
            arguments.add("--full");
        }
        return arguments;
    }

    private void writeHtml(ReconciliationReport report, List<Gate> gates)
    {
        try {
            Files.writeString(context().resolve(html), ReconciliationHtml.render(report, gates));
            console().info("report written to " + html);
        }
        catch (IOException e) {
            throw new MeshException(CliRule.FILE_UNREADABLE, USER, "The report cannot be written to " + html + ": " + e.getMessage(), "name a file in a folder that exists and is writable", e);
        }
    }
}
