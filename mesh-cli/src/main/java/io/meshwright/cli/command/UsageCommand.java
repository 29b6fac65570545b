package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import picocli.CommandLine.Parameters;

import java.util.Map;

/**
 * Tells of the use of one product, and by the exit code whether something may be missing.
 */
abstract class UsageCommand
        extends BaseCommand
{
    @Parameters(paramLabel = "PRODUCT", description = "Its address, SQL name, alias or mesh:// URL.")
    private String reference;

    UsageCommand(CommandContext context)
    {
        super(context);
    }

    /**
     * @param document with the product and what is covered, to be completed
     */
    abstract void report(UsageOfProduct usage, ProductRow product, Map<String, Object> document);

    final ExitCode tell(String kind, String since)
    {
        MeshConfiguration configuration = Configurations.load(context());
        RegistryView products = MeshRegistry.look(configuration);
        ProductRow product = MeshRegistry.find(products, reference, Caller.of(context(), configuration));
        UsageOfProduct usage = UsageOfProduct.read(configuration, products, product, since);
        Map<String, Object> document = Json.document(kind);
        document.put("product", product.address());
        usage.addCoverage(document);
        report(usage, product, document);
        return usage.tell(console());
    }
}
