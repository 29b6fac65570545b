package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.ContractVersion;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.TextTable;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.model.product.ProductAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@Command(
        name = "list",
        description = "List the contract versions of a product, the newest first. Output formats: table, json, yaml.",
        footer = {"", "Example: mesh contract list orders.order-events"})
public final class ContractListCommand
        extends BaseCommand
{
    @Parameters(paramLabel = "PRODUCT", description = "Its address, SQL name, alias or mesh:// URL.")
    private String reference;

    public ContractListCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        RegistryView view = MeshRegistry.look(configuration);
        ProductRow row = MeshRegistry.find(view, reference, Caller.of(context(), configuration));
        TextTable table = TextTable.list("port", "contract", "version", "current", "revision", "registered", "hash").alignRight(4);
        List<Map<String, Object>> items = new ArrayList<>();
        for (ContractVersion version : view.contractVersions(ProductAddress.parse(row.address()).orElseThrow())) {
            table.row(version.port(), version.contractId(), version.version(), version.current() ? "yes" : "no", version.revision(), version.registeredAt(), version.hash().substring(0, 12));
            items.add(ProductDescription.version(version));
        }
        Map<String, Object> document = Json.document("ContractList");
        document.put("product", row.address());
        document.put("items", items);
        print(document, table);
        console().next("mesh contract get " + row.address());
        return ExitCode.OK;
    }
}
