package io.meshwright.cli.command;

import io.meshwright.bridge.alert.ObjectiveState;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.cli.output.TextTable;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.cli.report.SlaMetrics;
import io.meshwright.model.sla.ServiceLevels;
import picocli.CommandLine.Command;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

@Command(
        name = "list",
        description = "List the declared objectives of all products with what was measured last. Output formats: table, json, yaml, openmetrics.",
        footer = {"", "Example: mesh sla list"})
public final class SlaListCommand
        extends BaseCommand
{
    public SlaListCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected Set<OutputFormat> formats()
    {
        return Set.of(OutputFormat.TABLE, OutputFormat.JSON, OutputFormat.YAML, OutputFormat.OPENMETRICS);
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        Caller caller = Caller.of(context(), configuration);
        TextTable table = TextTable.list("product", "slo", "threshold", "status", "actual", "checked", "missed since");
        List<Map<String, Object>> items = new ArrayList<>();
        SlaMetrics metrics = new SlaMetrics();
        if (!MeshRegistry.isAbsent(configuration)) {
            try (MeshRegistry registry = MeshRegistry.open(configuration)) {
                Map<String, List<SlaRow>> measurements = new ResultTables(registry.catalog()).slaHistories();
                for (RegisteredProduct product : registry.view().readable().stream().filter(caller::mayFind).toList()) {
                    Map<String, String> declared = declared(product.serviceLevels());
                    for (ObjectiveState state : ObjectiveState.of(product, measurements.getOrDefault(product.address().toString(), List.of()))) {
                        table.row(cells(product, state, declared.get(state.slo())).toArray());
                        items.add(item(product, state, declared.get(state.slo())));
                        metrics.add(product, state);
                    }
                }
            }
        }
        if (format() == OutputFormat.OPENMETRICS) {
            console().raw(metrics.write());
            return ExitCode.OK;
        }
        Map<String, Object> document = Json.document("SlaList");
        document.put("items", items);
        print(document, table);
        if (!items.isEmpty()) {
            console().next("mesh sla check " + items.getFirst().get("product"));
        }
        return ExitCode.OK;
    }

    private static List<Object> cells(RegisteredProduct product, ObjectiveState state, String declared)
    {
        return List.of(
                product.address(),
                state.slo(),
                declared,
                state.status(),
                state.last().flatMap(SlaRow::actual).map(actual -> Texts.figure(state.slo(), actual)).orElse("-"),
                state.last().map(measured -> measured.checkedAt().toString()).orElse("never"),
                state.miss().map(miss -> miss.since().toString()).orElse("-"));
    }

    private static Map<String, Object> item(RegisteredProduct product, ObjectiveState state, String declared)
    {
        Map<String, Object> item = Json.object("product", product.address());
        item.putAll(SlaStateText.item(state));
        item.put("declared", declared);
        return item;
    }

    private static Map<String, String> declared(ServiceLevels levels)
    {
        Map<String, String> declared = new LinkedHashMap<>();
        levels.freshness().ifPresent(freshness -> declared.put("freshness", freshness.maxAge()
                .map(age -> (freshness.strict() ? "< " : "<= ") + Texts.duration(age))
                .orElseGet(() -> "by " + freshness.availableBy().orElseThrow() + freshness.zone().map(zone -> " " + zone).orElse(""))));
        putRatio(declared, "availability", levels.availability());
        putRatio(declared, "completeness", levels.completeness());
        putRatio(declared, "accuracy", levels.accuracy());
        levels.latency().ifPresent(latency -> declared.put("latency", "<= " + Texts.duration(latency)));
        return declared;
    }

    private static void putRatio(Map<String, String> declared, String slo, Optional<BigDecimal> ratio)
    {
        ratio.ifPresent(value -> declared.put(slo, ">= " + Texts.percent(value)));
    }
}
