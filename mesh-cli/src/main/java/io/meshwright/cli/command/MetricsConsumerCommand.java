package io.meshwright.cli.command;

import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.usage.ConsumerMetrics;
import io.meshwright.bridge.usage.LineageEdge;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Map;

@Command(
        name = "consumer",
        description = {
                "Show how a product is used: users, queries, columns, programs, and what is made of it.",
                "Exit code 3 when reads may be missing, because nobody watched for a while: the figures are then lower bounds.",
                "Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh metrics consumer orders.order-events --since 30d"})
public final class MetricsConsumerCommand
        extends UsageCommand
{
    @Option(names = "--since", paramLabel = "DURATION", defaultValue = "30d", description = "How far to look back (default: ${DEFAULT-VALUE}).")
    private String since;

    public MetricsConsumerCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        return tell("ConsumerMetrics", since);
    }

    @Override
    void report(UsageOfProduct usage, ProductRow product, Map<String, Object> document)
    {
        ConsumerMetrics metrics = ConsumerMetrics.of(usage.reads());
        List<LineageEdge> downstream = LineageEdge.downstream(product.address(), usage.lineage());
        document.put("queries", metrics.queries());
        document.put("outcomes", metrics.outcomes());
        document.put("users", metrics.users().stream()
                .map(user -> Json.object("name", user.name(), "groups", user.groups().stream().sorted().toList(), "queries", user.queries(), "finished", user.finished(), "clear", user.clear(), "lastRead", user.lastRead()))
                .toList());
        document.put("columns", metrics.columns().stream()
                .map(column -> Json.object("name", column.name(), "queries", column.queries(), "users", column.users(), "lastRead", column.lastRead()))
                .toList());
        document.put("sources", metrics.sources().stream()
                .map(source -> Json.object("name", source.name(), "queries", source.queries()))
                .toList());
        document.put("downstream", downstream.stream()
                .map(edge -> Json.object("target", edge.other(), "kind", edge.kind(), "queries", edge.queries(), "lastAt", edge.lastAt()))
                .toList());
        print(document, DocumentText.lines(document));
    }
}
