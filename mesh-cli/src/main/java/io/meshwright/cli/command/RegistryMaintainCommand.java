package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.table.MaintenanceReport;
import io.meshwright.bridge.table.RegistryMaintenance;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.TextTable;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.model.finding.MeshException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "maintain",
        description = {
                "Compact the registry's and the result tables and expire old snapshots; no row is lost.",
                "Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh registry maintain"})
public final class RegistryMaintainCommand
        extends BaseCommand
{
    @Option(names = "--keep-days", paramLabel = "N", defaultValue = "7", description = "Keep the snapshots of so many days (default: ${DEFAULT-VALUE}).")
    private int keepDays;

    public RegistryMaintainCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        if (keepDays < 0) {
            throw new MeshException(CliRule.USAGE, USER, "--keep-days is negative: " + keepDays, "use 0 or more days");
        }
        MeshConfiguration configuration = Configurations.load(context());
        List<MaintenanceReport> reports = List.of();
        if (!MeshRegistry.isAbsent(configuration)) {
            try (MeshRegistry registry = MeshRegistry.open(configuration)) {
                reports = new RegistryMaintenance(registry.catalog()).run(Duration.ofDays(keepDays));
            }
        }
        TextTable table = TextTable.list("table", "files", "manifests", "snapshots", "orphans removed").alignRight(4);
        reports.forEach(report -> table.row(
                report.table(),
                report.before().dataFiles() + " -> " + report.after().dataFiles(),
                report.before().manifests() + " -> " + report.after().manifests(),
                report.before().snapshots() + " -> " + report.after().snapshots(),
                report.orphansRemoved()));
        Map<String, Object> document = Json.document("RegistryMaintenance");
        document.put("tables", reports);
        print(document, table);
        if (reports.isEmpty()) {
            console().info("There is no registry yet.");
        }
        return ExitCode.OK;
    }
}
