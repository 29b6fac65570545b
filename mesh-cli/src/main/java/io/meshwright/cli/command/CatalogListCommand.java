package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.bridge.registry.UnreadableProduct;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.cli.output.TextTable;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

@Command(
        name = "list",
        description = "List the registered products. Output formats: table, json, yaml, name.",
        footer = {"", "Example: mesh catalog list --domain orders"})
public final class CatalogListCommand
        extends BaseCommand
{
    @Option(names = {"-d", "--domain"}, paramLabel = "DOMAIN", description = "Only this domain.")
    private String domain;

    public CatalogListCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected Set<OutputFormat> formats()
    {
        return OutputFormat.LISTS;
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        Caller caller = Caller.of(context(), configuration);
        RegistryView view = MeshRegistry.look(configuration);
        List<RegisteredProduct> products = view.readable().stream()
                .filter(caller::mayFind)
                .filter(product -> domain == null || product.address().domain().equals(domain))
                .toList();
        TextTable table = TextTable.list("product", "owner", "revision", "registered", "description").alignRight(2);
        List<Map<String, Object>> items = new ArrayList<>();
        for (RegisteredProduct product : products) {
            table.row(
                    product.address(),
                    product.spec().owner(),
                    product.row().revision(),
                    product.row().registeredAt(),
                    Texts.shorten(product.spec().description().orElse(""), 60));
            items.add(item(product));
        }
        for (UnreadableProduct broken : view.unreadable()) {
            console().error("warning: " + broken.row().address() + " is registered, but cannot be read: " + broken.findings().getFirst().message());
        }
        Map<String, Object> document = Json.document("ProductList");
        document.put("items", items);
        document.put("unreadable", view.unreadable().stream().map(broken -> broken.row().address()).toList());
        if (format() == OutputFormat.NAME) {
            products.forEach(product -> console().data(product.address().toString()));
            return ExitCode.OK;
        }
        print(document, table.lines());
        if (products.isEmpty()) {
            console().info("No product is registered" + (domain == null ? "" : " in domain " + domain) + ".");
            console().next("mesh product apply FILE");
        }
        else {
            console().next("mesh catalog get " + products.getFirst().address());
        }
        return ExitCode.OK;
    }

    static Map<String, Object> item(RegisteredProduct product)
    {
        return Json.object(
                "product",
                product.address(),
                "sqlName",
                product.row().sqlName(),
                "owner",
                product.spec().owner(),
                "tags",
                product.spec().tags(),
                "description",
                product.spec().description(),
                "revision",
                product.row().revision(),
                "registeredAt",
                product.row().registeredAt());
    }
}
