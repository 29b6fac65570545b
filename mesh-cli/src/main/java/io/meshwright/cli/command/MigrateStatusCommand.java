package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.migration.Gate;
import io.meshwright.bridge.migration.Migration;
import io.meshwright.bridge.migration.MigrationRow;
import io.meshwright.bridge.migration.Migrations.Dial;
import io.meshwright.bridge.migration.Reader;
import io.meshwright.bridge.migration.ReaderEvidence;
import io.meshwright.bridge.result.WindowRow;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@Command(
        name = "status",
        description = {
                "Show how far each product is that replaces a legacy table: the dial, the gates, the last reconciliation, and who reads both sides.",
                "Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh migrate status"})
public final class MigrateStatusCommand
        extends BaseCommand
{
    @Parameters(paramLabel = "PRODUCT", arity = "0..1", description = "One product only.")
    private Optional<String> reference = Optional.empty();

    public MigrateStatusCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        List<Map<String, Object>> items = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        try (MeshRegistry registry = MeshRegistry.openUnchanged(configuration)) {
            for (Migration migration : migrations(registry, configuration)) {
                describe(migration, items, lines);
            }
        }
        Map<String, Object> document = Json.document("MigrationStatus");
        document.put("items", items);
        if (items.isEmpty()) {
            console().info("No product says that it replaces a legacy table (migration.replaces).");
        }
        print(document, lines);
        if (items.size() == 1) {
            console().next("mesh migrate plan " + items.getFirst().get("product"));
        }
        return ExitCode.OK;
    }

    private List<Migration> migrations(MeshRegistry registry, MeshConfiguration configuration)
    {
        if (reference.isPresent()) {
            return List.of(MigrationText.find(registry, context(), configuration, reference.orElseThrow()));
        }
        Caller caller = Caller.of(context(), configuration);
        return registry.view().readable().stream()
                .filter(product -> product.spec().migration().isPresent() && caller.mayFind(product))
                .map(product -> new Migration(registry.catalog(), product, Clock.systemUTC()))
                .toList();
    }

    private void describe(Migration migration, List<Map<String, Object>> items, List<String> lines)
    {
        Dial dial = migration.dial();
        List<Gate> gates = migration.gates();
        List<Reader> meshReaders = migration.meshReaders();
        ReaderEvidence evidence = migration.evidence();
        Optional<WindowRow> last = migration.lastReconciliation();
        items.add(Json.object(
                "product",
                migration.product().address(),
                "legacy",
                migration.legacy().toString(),
                "state",
                dial.state().label(),
                "changedBy",
                dial.last().map(MigrationRow::changedBy),
                "changedAt",
                dial.last().map(MigrationRow::changedAt),
                "gates",
                MigrationText.items(gates),
                "lastReconciliation",
                last.map(row -> Json.object("runId", row.runId(), "finishedAt", row.finishedAt(), "profile", row.profile(), "verdict", row.verdict())),
                "legacyReaders",
                MigrationText.readers(evidence.readers()),
                "legacyReadersComplete",
                evidence.isUnbroken(),
                "dependents",
                evidence.dependents(),
                "meshReaders",
                MigrationText.readers(meshReaders)));
        lines.add("%s replaces %s: %s%s".formatted(
                migration.product().address(),
                migration.legacy(),
                dial.state().label(),
                dial.last().map(row -> " since %s by %s".formatted(row.changedAt(), row.changedBy())).orElse("")));
        lines.addAll(MigrationText.lines(gates, console().isColor()));
        lines.add("  last reconciliation: " + last.map(row -> "%s at %s, by %s".formatted(row.verdict(), row.finishedAt(), row.profile())).orElse("never"));
        lines.addAll(MigrationText.lines("reads the legacy table:", evidence.readers()));
        lines.addAll(MigrationText.lines("reads the product:", meshReaders));
        if (evidence.readers().isEmpty()) {
            lines.add("  reads the legacy table: " + (evidence.isUnbroken() ? "nobody since " + evidence.from() : "nobody was seen, which proves nothing: " + evidence.faults().getFirst()));
        }
        evidence.dependents().forEach(dependent -> lines.add("  depends on the legacy table: " + dependent));
    }
}
