package io.meshwright.cli.command;

import com.google.common.base.Suppliers;
import io.meshwright.bridge.alert.ObjectiveState;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Style;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.cli.registry.QualityReports;
import io.meshwright.cli.report.QualityReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

@Command(
        name = "get",
        description = {
                "Show a registered product: spec, contract, ports, team, sla, history, versions, lineage, usage, quality; sample is not recorded yet.",
                "Storage locations are shown to the owner's team and the group producers only. Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh catalog get orders.order-events --show ports,sla"})
public final class CatalogGetCommand
        extends BaseCommand
{
    private static final String USAGE_OF = "365d";
    private static final String QUALITY_OF = "30d";

    @Parameters(paramLabel = "PRODUCT", description = "Its address, SQL name, alias or mesh:// URL.")
    private String reference;

    @Option(names = "--show", split = ",", paramLabel = "SECTIONS", description = "Sections, separated by commas.")
    private List<String> show = new ArrayList<>();

    public CatalogGetCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        Set<ProductSection> sections = ProductSection.parse(show);
        MeshConfiguration configuration = Configurations.load(context());
        Caller caller = Caller.of(context(), configuration);
        RegistryView view = MeshRegistry.look(configuration);
        RegisteredProduct product = MeshRegistry.read(MeshRegistry.find(view, reference, caller));
        Supplier<List<ObjectiveState>> states = Suppliers.memoize(() -> sections.contains(ProductSection.SLA) ? states(configuration, product) : List.of());
        Map<String, Object> document = new ProductDescription(
                product,
                view,
                caller,
                () -> UsageOfProduct.read(configuration, view, product.row(), USAGE_OF),
                () -> quality(configuration, product, caller),
                states).document(sections);
        print(document, DocumentText.lines(document));
        states.get().stream().flatMap(state -> state.miss().stream())
                .forEach(miss -> console().error(Style.RED.paint("MISSED", console().isColor()) + ": %s since %s, %s".formatted(miss.name(), miss.since(), miss.id())));
        console().next("mesh sql \"SELECT * FROM " + product.row().sqlName() + " LIMIT 10\"");
        return ExitCode.OK;
    }

    private static List<ObjectiveState> states(MeshConfiguration configuration, RegisteredProduct product)
    {
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            return ObjectiveState.of(product, new ResultTables(registry.catalog()).slaHistory(product.address().toString()));
        }
    }

    private static QualityReport quality(MeshConfiguration configuration, RegisteredProduct product, Caller caller)
    {
        Instant now = Instant.now();
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            return new QualityReports(registry, now.minus(Since.duration(QUALITY_OF)), now).of(product, caller);
        }
    }
}
