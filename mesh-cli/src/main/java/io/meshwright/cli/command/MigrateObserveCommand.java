package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.migration.LegacySampleRow;
import io.meshwright.bridge.migration.Migration;
import io.meshwright.bridge.migration.ReaderEvidence;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.registry.MeshRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

@Command(
        name = "observe",
        description = {
                "Keep what the statistics of the legacy database say of the table, as evidence of who reads it. Run it every day: two samples more than 36 hours apart are a gap.",
                "Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh migrate observe orders.order-events"})
public final class MigrateObserveCommand
        extends BaseCommand
{
    @Parameters(paramLabel = "PRODUCT", description = "Its address, SQL name, alias or mesh:// URL.")
    private String reference;

    public MigrateObserveCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        try (MeshRegistry registry = MeshRegistry.openUnchanged(configuration)) {
            Migration migration = MigrationText.find(registry, context(), configuration, reference);
            LegacySampleRow sample = LegacyObservation.record(configuration, migration);
            ReaderEvidence evidence = migration.evidence();
            List<String> faults = Stream.concat(sample.counterFaults().stream(), sample.statementFaults().stream()).toList();

            Map<String, Object> document = Json.document("LegacyObservation");
            document.put("product", migration.product().address());
            document.put("legacy", migration.legacy().toString());
            document.put("observedAt", sample.observedAt());
            document.put("scans", sample.scans());
            document.put("lastScan", sample.lastScan());
            document.put("limits", faults);
            document.put("dependents", sample.dependents());
            document.put("readers", MigrationText.readers(evidence.readers()));
            document.put("unbroken", evidence.isUnbroken());
            document.put("faults", evidence.faults());

            List<String> lines = new ArrayList<>();
            lines.add("observed %s at %s: %s scans so far%s".formatted(
                    migration.legacy(),
                    sample.observedAt(),
                    sample.scans().isPresent() ? sample.scans().orElseThrow() : "unknown",
                    sample.lastScan().map(last -> ", the last at " + last).orElse("")));
            faults.forEach(fault -> lines.add("  limit: " + fault));
            lines.addAll(MigrationText.lines("reads it:", evidence.readers()));
            sample.dependents().forEach(dependent -> lines.add("  depends on it: " + dependent));
            print(document, lines);
            return ExitCode.OK;
        }
    }
}
