package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.TextTable;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Instant;
import java.util.List;
import java.util.Map;

@Command(
        name = "history",
        description = "Show the measurements of a product's objectives, one row for each evaluation, the oldest first. Output formats: table, json, yaml.",
        footer = {"", "Example: mesh sla history orders.order-events --since 30d -o json"})
public final class SlaHistoryCommand
        extends BaseCommand
{
    @Parameters(paramLabel = "PRODUCT", description = "Its address, SQL name, alias or mesh:// URL.")
    private String reference;

    @Option(names = "--since", paramLabel = "TIME", description = "Only what was checked within this time, for example 30d or 12h; by default all.")
    private String since;

    @Option(names = "--slo", paramLabel = "SLO", description = "Only this objective.")
    private String slo;

    public SlaHistoryCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        ProductRow row = MeshRegistry.find(MeshRegistry.look(configuration), reference, Caller.of(context(), configuration));
        Instant from = since == null ? Instant.MIN : Instant.now().minus(Since.duration(since));
        List<SlaRow> measurements;
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            measurements = new ResultTables(registry.catalog()).slaHistory(row.address()).stream()
                    .filter(measured -> !measured.checkedAt().isBefore(from) && (slo == null || measured.slo().equals(slo)))
                    .toList();
        }
        TextTable table = TextTable.list("checked", "slo", "status", "actual", "threshold", "source");
        measurements.forEach(measured -> table.row(
                measured.checkedAt(),
                measured.slo(),
                measured.status(),
                measured.actual().map(actual -> Texts.figure(measured.slo(), actual)).orElse("-"),
                measured.threshold().map(threshold -> Texts.figure(measured.slo(), threshold)).orElse("-"),
                measured.source().or(measured::message).orElse("")));
        Map<String, Object> document = Json.document("SlaHistory");
        document.put("product", row.address());
        document.put("items", measurements.stream().map(measured -> Json.object(
                "runId",
                measured.runId(),
                "slo",
                measured.slo(),
                "status",
                measured.status(),
                "actual",
                measured.actual(),
                "threshold",
                measured.threshold(),
                "measuredAt",
                measured.measuredAt(),
                "checkedAt",
                measured.checkedAt(),
                "source",
                measured.source(),
                "message",
                measured.message(),
                "snapshotId",
                measured.snapshotId())).toList());
        print(document, table);
        if (measurements.isEmpty()) {
            console().info(since == null && slo == null ? "Nothing was measured yet." : "Nothing was measured in this time.");
            console().next("mesh sla check " + row.address());
        }
        return ExitCode.OK;
    }
}
