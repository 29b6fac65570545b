package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.migration.Gate;
import io.meshwright.bridge.migration.LegacyColumns;
import io.meshwright.bridge.migration.Migration;
import io.meshwright.bridge.migration.MigrationRow.State;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.registry.MeshRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.util.stream.Collectors.joining;

@Command(
        name = "plan",
        description = {
                "Tell what is missing until the product can take over the legacy table, and what readers of that have to change.",
                "Exits with 1 when a gate has failed, 3 when one cannot be told. Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh migrate plan orders.order-events"})
public final class MigratePlanCommand
        extends BaseCommand
{
    @Parameters(paramLabel = "PRODUCT", description = "Its address, SQL name, alias or mesh:// URL.")
    private String reference;

    public MigratePlanCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        try (MeshRegistry registry = MeshRegistry.openUnchanged(configuration)) {
            Migration migration = MigrationText.find(registry, context(), configuration, reference);
            State state = migration.dial().state();
            List<Gate> gates = migration.gates();
            LegacyColumns columns = LegacyColumns.of(migration.product());
            List<String> next = next(migration, state, gates);

            Map<String, Object> document = Json.document("MigrationPlan");
            document.put("product", migration.product().address());
            document.put("legacy", migration.legacy().toString());
            document.put("state", state.label());
            document.put("ready", Gate.worst(gates) == Gate.Status.PASSED);
            document.put("gates", MigrationText.items(gates));
            document.put("columns", columns.byLegacyName());
            document.put("readersChange", columns.changes());
            document.put("next", next);

            List<String> lines = new ArrayList<>();
            lines.add("%s replaces %s: %s".formatted(migration.product().address(), migration.legacy(), state.label()));
            lines.addAll(MigrationText.lines(gates, console().isColor()));
            lines.add("columns of %s in the product: %s".formatted(
                    migration.legacy().sqlName(),
                    columns.byLegacyName().entrySet().stream().map(column -> column.getKey().equals(column.getValue()) ? column.getKey() : column.getKey() + " as " + column.getValue()).collect(joining(", "))));
            columns.changes().forEach(change -> lines.add("  readers change: " + change));
            print(document, lines);
            next.forEach(console()::next);
            return state.isProduct() ? ExitCode.OK : MigrationText.exitCode(gates);
        }
    }

    private static List<String> next(Migration migration, State state, List<Gate> gates)
    {
        String address = migration.product().address().toString();
        if (state.isProduct()) {
            return List.of("mesh migrate rollback " + address);
        }
        Set<String> next = new LinkedHashSet<>();
        for (Gate gate : gates) {
            if (!gate.isPassed()) {
                next.add(gate.name().equals("contract-test") ? "mesh contract test " + address : "mesh reconcile " + address);
            }
        }
        return next.isEmpty() ? List.of("mesh migrate cutover " + address) : List.copyOf(next);
    }
}
