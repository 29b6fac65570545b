package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.config.TrinoSettings;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.bridge.result.CheckRow;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.cli.trino.LocalTrino;
import picocli.CommandLine.Command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@Command(
        name = "status",
        description = {
                "Show engine, registry, open findings and service levels on one screen.",
                "Exits with 1 when a last check failed or an objective is missed. Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh status"})
public final class StatusCommand
        extends BaseCommand
{
    public StatusCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        Map<String, Object> document = Json.document("Status");
        List<String> lines = new ArrayList<>();
        describeTrino(configuration, document, lines);
        lines.add("catalog   " + configuration.catalog());
        document.put("catalog", Json.object("name", configuration.catalog().name(), "type", configuration.catalog().type()));
        ExitCode exitCode = ExitCode.OK;
        if (MeshRegistry.isAbsent(configuration)) {
            lines.add("registry  empty: the embedded catalog is made by the first mesh product apply");
            document.put("registry", Json.object("products", 0, "unreadable", 0));
            document.put("products", List.of());
        }
        else {
            try (MeshRegistry registry = MeshRegistry.open(configuration)) {
                exitCode = describeProducts(registry, Caller.of(context(), configuration), document, lines);
            }
        }
        print(document, lines);
        return exitCode;
    }

    private void describeTrino(MeshConfiguration configuration, Map<String, Object> document, List<String> lines)
    {
        Optional<LocalTrino> local = LocalTrino.find(LocalTrinos.folder(context()));
        Optional<TrinoSettings> configured = LocalTrinos.configuredTrino(configuration);
        document.put("trino", Json.object(
                "local",
                local.map(LocalTrino::uri),
                "configured",
                configured.map(trino -> trino.uri().toString())));
        lines.add("trino     " + local.map(trino -> "local, running at " + trino.uri())
                .or(() -> configured.map(trino -> "configured: " + trino.uri()))
                .orElse("not running: mesh up"));
    }

    private static ExitCode describeProducts(MeshRegistry registry, Caller caller, Map<String, Object> document, List<String> lines)
    {
        RegistryView view = registry.view();
        ResultTables results = new ResultTables(registry.catalog());
        List<RegisteredProduct> products = view.readable().stream().filter(caller::mayFind).toList();
        document.put("registry", Json.object("products", products.size(), "unreadable", view.unreadable().size()));
        lines.add("registry  " + products.size() + " products" + (view.unreadable().isEmpty() ? "" : ", " + view.unreadable().size() + " unreadable"));
        ExitCode exitCode = view.unreadable().isEmpty() ? ExitCode.OK : ExitCode.UNKNOWN;
        List<Object> items = new ArrayList<>();
        for (RegisteredProduct product : products) {
            String address = product.address().toString();
            List<String> failed = results.lastChecks(address).stream().filter(check -> check.status().equals("failed")).map(CheckRow::checkName).toList();
            boolean tested = !results.lastChecks(address).isEmpty();
            Map<String, SlaRow> last = new LinkedHashMap<>();
            results.slaHistory(address).forEach(row -> last.put(row.slo(), row));
            List<String> missed = last.values().stream().filter(row -> row.status().equals("missed")).map(SlaRow::slo).toList();
            List<String> unknown = last.values().stream().filter(row -> row.status().equals("unknown")).map(SlaRow::slo).toList();
            items.add(Json.object("product", address, "tested", tested, "failedChecks", failed, "missedObjectives", missed, "unknownObjectives", unknown));
            String contract = !tested ? "contract not tested yet" : failed.isEmpty() ? "contract OK" : "contract FAILED: " + String.join(", ", failed);
            String sla = last.isEmpty() ? "SLA not measured yet" : missed.isEmpty() ? "no objective missed" : "MISSED: " + String.join(", ", missed);
            sla += unknown.isEmpty() ? "" : ", unknown: " + String.join(", ", unknown);
            lines.add("  %-32s %s; %s".formatted(address, contract, sla));
            if (!failed.isEmpty() || !missed.isEmpty()) {
                exitCode = exitCode.and(ExitCode.FINDING);
            }
        }
        document.put("products", items);
        return exitCode;
    }
}
