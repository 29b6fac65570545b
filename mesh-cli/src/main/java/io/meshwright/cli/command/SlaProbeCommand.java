package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.bridge.sla.ProbeRow;
import io.meshwright.bridge.sla.ProbeTable;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.TextTable;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.cli.sql.ProductProbe;
import io.meshwright.model.finding.MeshException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "probe",
        description = {
                "Read one row of a product through Trino, as a consumer would, and record whether that worked. Availability counts it.",
                "Exits with 1 when it failed, 3 when it says nothing, for example because the user may not read the product. Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh sla probe orders.order-events --user probe"})
public final class SlaProbeCommand
        extends BaseCommand
{
    @Parameters(arity = "0..1", paramLabel = "PRODUCT", description = "Its address, SQL name, alias or mesh:// URL.")
    private String reference;

    @Option(names = "--all", description = "Every product that promises an availability, instead of one.")
    private boolean all;

    @Option(names = "--user", paramLabel = "USER", description = "Who reads; by default MESH_USER, or the name of the account.")
    private String user;

    public SlaProbeCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        if (all == (reference != null)) {
            throw new MeshException(CliRule.USAGE, USER, all ? "--all and a product are both given" : "No product is given", "name one product, or give --all");
        }
        MeshConfiguration configuration = Configurations.load(context());
        Caller caller = Caller.of(context(), configuration);
        RegistryView view = MeshRegistry.look(configuration);
        List<ProductRow> products = all
                ? view.readable().stream().filter(caller::mayFind).filter(product -> product.serviceLevels().availability().isPresent()).map(RegisteredProduct::row).toList()
                : List.of(MeshRegistry.find(view, reference, caller));
        ProductProbe probe = new ProductProbe(TrinoAddress.find(context()), user != null && !user.isBlank() ? user : Caller.user(context()), Clock.systemUTC());
        List<ProbeRow> probes = products.stream().map(probe::probe).toList();
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            new ProbeTable(registry.catalog()).record(probes);
        }
        TextTable table = TextTable.list("product", "outcome", "seconds", "message");
        probes.forEach(row -> table.row(row.product(), row.outcome().toUpperCase(Locale.ROOT), row.durationSeconds(), row.message().orElse("")));
        Map<String, Object> document = Json.document("SlaProbes");
        document.put("items", probes.stream().map(SlaProbeCommand::item).toList());
        print(document, table);
        if (probes.isEmpty()) {
            console().error("no product promises an availability, so nothing was read");
        }
        return probes.stream().map(SlaProbeCommand::verdict).reduce(probes.isEmpty() ? ExitCode.USAGE : ExitCode.OK, ExitCode::and);
    }

    private static Map<String, Object> item(ProbeRow row)
    {
        return Json.object(
                "product",
                row.product(),
                "outcome",
                row.outcome(),
                "durationSeconds",
                row.durationSeconds(),
                "user",
                row.userName(),
                "startedAt",
                row.startedAt(),
                "message",
                row.message());
    }

    private static ExitCode verdict(ProbeRow row)
    {
        return switch (row.outcome()) {
            case ProbeRow.SUCCEEDED -> ExitCode.OK;
            case ProbeRow.FAILED -> ExitCode.FINDING;
            default -> ExitCode.UNKNOWN;
        };
    }
}
