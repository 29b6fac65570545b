package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.migration.Gate;
import io.meshwright.bridge.migration.Migration;
import io.meshwright.bridge.migration.MigrationRow;
import io.meshwright.bridge.migration.Reader;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.Style;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.reconciliation.ReconciliationRule;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * What the commands about migrations share.
 */
final class MigrationText
{
    private MigrationText() {}

    /**
     * The migration of one product.
     *
     * @throws MeshException where there is no such product, or it replaces nothing
     */
    static Migration find(MeshRegistry registry, CommandContext context, MeshConfiguration configuration, String reference)
    {
        ProductRow row = MeshRegistry.find(registry.view(), reference, Caller.of(context, configuration));
        RegisteredProduct product = MeshRegistry.read(row);
        if (product.spec().migration().isEmpty()) {
            throw new MeshException(
                    ReconciliationRule.NO_MIGRATION,
                    USER,
                    "Product " + row.address() + " does not say which legacy table it replaces",
                    "add to its specification:  migration: {replaces: legacy_warehouse.fct_orders, ...}");
        }
        return new Migration(registry.catalog(), product, Clock.systemUTC());
    }

    static ExitCode exitCode(List<Gate> gates)
    {
        return switch (Gate.worst(gates)) {
            case PASSED -> ExitCode.OK;
            case FAILED -> ExitCode.FINDING;
            case UNKNOWN -> ExitCode.UNKNOWN;
        };
    }

    static List<String> lines(List<Gate> gates, boolean color)
    {
        List<String> lines = new ArrayList<>();
        for (Gate gate : gates) {
            Style style = switch (gate.status()) {
                case PASSED -> Style.GREEN;
                case FAILED -> Style.RED;
                case UNKNOWN -> Style.YELLOW;
            };
            String status = "%-8s".formatted(gate.status().label().toUpperCase(Locale.ROOT));
            lines.add("  " + style.paint(status, color) + " " + gate.name() + ": " + gate.words());
        }
        return lines;
    }

    static List<Map<String, Object>> items(List<Gate> gates)
    {
        return gates.stream().map(gate -> Json.object("name", gate.name(), "status", gate.status().label(), "words", gate.words())).toList();
    }

    static List<Map<String, Object>> readers(List<Reader> readers)
    {
        return readers.stream().map(reader -> Json.object("reader", reader.name(), "source", reader.source(), "lastRead", reader.lastRead(), "reads", reader.reads())).toList();
    }

    static List<String> lines(String what, List<Reader> readers)
    {
        return readers.stream()
                .map(reader -> "  %s %s (%s): last read %s, %s reads".formatted(what, reader.name(), reader.source(), reader.lastRead(), reader.reads()))
                .toList();
    }

    static Map<String, Object> turned(Migration migration, MigrationRow row, boolean changed)
    {
        Map<String, Object> document = Json.document("MigrationTurn");
        document.put("product", migration.product().address());
        document.put("legacy", migration.legacy().toString());
        document.put("state", row.state().label());
        document.put("changed", changed);
        document.put("changedBy", row.changedBy());
        document.put("changedAt", row.changedAt());
        document.put("reason", row.reason());
        document.put("forced", row.forced());
        document.put("gates", items(row.gates()));
        document.put("snapshotId", row.snapshotId());
        return document;
    }
}
