package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.evidence.EvidenceRetention;
import io.meshwright.bridge.table.MaintenanceReport;
import io.meshwright.bridge.table.RegistryMaintenance;
import io.meshwright.bridge.usage.UsageRetention;
import io.meshwright.bridge.usage.UsageRetention.Removed;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "maintain",
        description = {
                "Compact the registry's and the result tables and expire old snapshots. No row is lost, but for those of usage that are to be forgotten.",
                "Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh registry maintain"})
public final class RegistryMaintainCommand
        extends BaseCommand
{
    @Option(names = "--keep-days", paramLabel = "N", defaultValue = "7", description = "Keep the snapshots of so many days (default: ${DEFAULT-VALUE}).")
    private int keepDays;

    @Option(names = "--keep-usage-days", paramLabel = "N", description = "Forget who read what before so many days (default: keep it for ever).")
    private Optional<Integer> keepUsageDays = Optional.empty();

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
        keepUsageDays.filter(days -> days < 0).ifPresent(days -> {
            throw new MeshException(CliRule.USAGE, USER, "--keep-usage-days is negative: " + days, "use 0 or more days");
        });
        MeshConfiguration configuration = Configurations.load(context());
        List<MaintenanceReport> reports = List.of();
        Optional<Removed> removed = Optional.empty();
        Optional<EvidenceRetention.Removed> evidence = Optional.empty();
        if (!MeshRegistry.isAbsent(configuration)) {
            try (MeshRegistry registry = MeshRegistry.open(configuration)) {
                // first, so that their files go with the snapshots that expire
                removed = keepUsageDays.map(days -> new UsageRetention(registry.catalog()).removeBefore(Instant.now().minus(Duration.ofDays(days))));
                evidence = Optional.of(new EvidenceRetention(registry.catalog()).run(Instant.now()));
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
        removed.ifPresent(rows -> document.put("removedUsage", rows));
        evidence.ifPresent(rows -> document.put("removedEvidence", rows));
        print(document, table);
        evidence.filter(rows -> rows.figures() + rows.uniqueFiles() + rows.keySets() > 0)
                .ifPresent(rows -> console().info("Removed %s rows about data files that are gone.".formatted(rows.figures() + rows.uniqueFiles() + rows.keySets())));
        removed.ifPresent(rows -> console().info("Removed %s reads, %s rows of lineage and %s heartbeats.".formatted(rows.reads(), rows.lineage(), rows.heartbeats())));
        if (reports.isEmpty()) {
            console().info("There is no registry yet.");
        }
        return ExitCode.OK;
    }
}
