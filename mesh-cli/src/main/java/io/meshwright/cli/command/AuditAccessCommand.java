package io.meshwright.cli.command;

import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;

@Command(
        name = "access",
        description = {
                "Show who read a product or tried to: when, which columns, masked or clear, with what outcome.",
                "Exit code 3 when reads may be missing, because nobody watched for a while.",
                "Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh audit access orders.order-events --since 7d"})
public final class AuditAccessCommand
        extends UsageCommand
{
    @Option(names = "--since", paramLabel = "DURATION", defaultValue = "7d", description = "How far to look back (default: ${DEFAULT-VALUE}).")
    private String since;

    @Option(names = "--user", paramLabel = "NAME", description = "Only what this user read.")
    private String user;

    @Option(names = "--clear", description = "Only reads that showed personal columns in clear.")
    private boolean clear;

    public AuditAccessCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        return tell("AccessAudit", since);
    }

    @Override
    void report(UsageOfProduct usage, ProductRow product, Map<String, Object> document)
    {
        List<ReadRow> reads = usage.reads().stream()
                .filter(row -> Optional.ofNullable(user).map(row.userName()::equals).orElse(true))
                .filter(row -> !clear || !row.clearPersonalColumns().isEmpty())
                .sorted(comparing(ReadRow::endedAt))
                .collect(toImmutableList());

        TextTable table = TextTable.list("when", "user", "outcome", "columns", "personal, in clear", "rows", "source", "query");
        reads.forEach(row -> table.row(
                row.endedAt(),
                row.userName(),
                row.rule().map(rule -> row.outcome() + " " + rule).orElse(row.outcome()),
                columns(row),
                row.clearPersonalColumns().isEmpty() ? "-" : String.join(", ", row.clearPersonalColumns()),
                row.rowsRead().isPresent() ? row.rowsRead().orElseThrow() : "-",
                row.source().orElse("-"),
                row.queryId()));
        document.put("items", reads.stream().map(AuditAccessCommand::item).toList());
        print(document, table);
        if (reads.isEmpty()) {
            console().info("No read is recorded.");
        }
    }

    private static String columns(ReadRow row)
    {
        return row.columns().isEmpty() ? "-" : String.join(", ", row.columns().stream()
                                                                 .map(column -> row.maskedColumns().contains(column) ? column + " (masked)" : column)
                                                                 .toList());
    }

    private static Map<String, Object> item(ReadRow row)
    {
        return Json.object(
                "endedAt",
                row.endedAt(),
                "startedAt",
                row.startedAt(),
                "user",
                row.userName(),
                "principal",
                row.principal(),
                "groups",
                row.groups(),
                "source",
                row.source(),
                "clientTags",
                row.clientTags(),
                "statement",
                row.statement(),
                "outcome",
                row.outcome(),
                "errorCode",
                row.errorCode(),
                "rule",
                row.rule(),
                "columns",
                row.columns(),
                "maskedColumns",
                row.maskedColumns(),
                "clearPersonalColumns",
                row.clearPersonalColumns(),
                "port",
                row.port(),
                "revision",
                row.revision(),
                "contractVersion",
                row.contractVersion(),
                "snapshotId",
                row.snapshotId(),
                "rightsOf",
                row.rightsOf(),
                "through",
                row.through(),
                "rowsRead",
                row.rowsRead(),
                "bytesRead",
                row.bytesRead(),
                "resultRows",
                row.resultRows(),
                "durationSeconds",
                row.durationSeconds(),
                "writtenTo",
                row.writtenTo(),
                "residency",
                row.residency(),
                "outputRegion",
                row.outputRegion(),
                "leftResidency",
                row.leftResidency(),
                "queryId",
                row.queryId(),
                "node",
                row.node());
    }
}
