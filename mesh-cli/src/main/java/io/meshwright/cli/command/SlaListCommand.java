package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.TextTable;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.model.sla.ServiceLevels;
import picocli.CommandLine.Command;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@Command(
        name = "list",
        description = "List the declared objectives of all products with what was measured last. Output formats: table, json, yaml.",
        footer = {"", "Example: mesh sla list"})
public final class SlaListCommand
        extends BaseCommand
{
    public SlaListCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        Caller caller = Caller.of(context(), configuration);
        TextTable table = TextTable.list("product", "slo", "threshold", "status", "actual", "checked");
        List<Map<String, Object>> items = new ArrayList<>();
        if (!MeshRegistry.isAbsent(configuration)) {
            try (MeshRegistry registry = MeshRegistry.open(configuration)) {
                RegistryView view = registry.view();
                ResultTables results = new ResultTables(registry.catalog());
                view.readable().stream().filter(caller::mayFind).forEach(product -> add(product, results, table, items));
            }
        }
        Map<String, Object> document = Json.document("SlaList");
        document.put("items", items);
        print(document, table);
        if (!items.isEmpty()) {
            console().next("mesh sla check " + items.getFirst().get("product"));
        }
        return ExitCode.OK;
    }

    private static void add(RegisteredProduct product, ResultTables results, TextTable table, List<Map<String, Object>> items)
    {
        Map<String, SlaRow> last = new LinkedHashMap<>();
        results.slaHistory(product.address().toString()).forEach(row -> last.put(row.slo(), row));
        declared(product.serviceLevels()).forEach((slo, threshold) -> {
            Optional<SlaRow> row = Optional.ofNullable(last.get(slo));
            String status = row.map(SlaRow::status).orElse("unknown");
            table.row(
                    product.address(),
                    slo,
                    threshold,
                    status,
                    row.flatMap(SlaRow::actual).map(actual -> Texts.figure(slo, actual)).orElse("-"),
                    row.map(measured -> measured.checkedAt().toString()).orElse("never"));
            items.add(Json.object(
                    "product",
                    product.address(),
                    "slo",
                    slo,
                    "threshold",
                    row.flatMap(SlaRow::threshold),
                    "declared",
                    threshold,
                    "status",
                    status,
                    "actual",
                    row.flatMap(SlaRow::actual),
                    "checkedAt",
                    row.map(SlaRow::checkedAt)));
        });
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
