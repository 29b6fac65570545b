package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.ContractVersion;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.ProductAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.stream.Collectors.joining;

@Command(
        name = "get",
        description = {
                "Print the registered contract, byte for byte as it was registered.",
                "Without --port, the contract of the port behind the SQL address. Output formats: table (the file itself), json, yaml.",
        },
        footer = {"", "Example: mesh contract get orders.order-events > contract.yaml"})
public final class ContractGetCommand
        extends BaseCommand
{
    @Parameters(paramLabel = "PRODUCT", description = "Its address, SQL name, alias or mesh:// URL.")
    private String reference;

    @Option(names = "--port", paramLabel = "PORT", description = "The contract of this port.")
    private String port;

    @Option(names = "--version", paramLabel = "VERSION", description = "A version that was in force earlier.")
    private String version;

    public ContractGetCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        RegistryView view = MeshRegistry.look(configuration);
        ProductRow row = MeshRegistry.find(view, reference, Caller.of(context(), configuration));
        List<ContractVersion> versions = view.contractVersions(ProductAddress.parse(row.address()).orElseThrow());
        String wantedPort = port == null ? defaultPort(row) : port;
        ContractVersion contract = versions.stream()
                .filter(candidate -> candidate.port().equals(wantedPort))
                .filter(candidate -> version == null ? candidate.current() : candidate.version().equals(version))
                .findFirst()
                .orElseThrow(() -> new MeshException(
                        CliRule.SERVER_UNKNOWN,
                        USER,
                        row.address() + " has no contract " + (version == null ? "" : "of version " + version + " ") + "for port " + wantedPort,
                        versions.isEmpty() ? "the product has no contract" : "it has: " + versions.stream()
                                                                                          .map(candidate -> candidate.port() + " " + candidate.version())
                                                                                          .distinct()
                                                                                          .collect(joining(", "))));
        if (format() == OutputFormat.TABLE) {
            console().raw(contract.body());
            return ExitCode.OK;
        }
        Map<String, Object> document = Json.document("Contract");
        document.put("product", row.address());
        document.put("port", contract.port());
        document.put("id", contract.contractId());
        document.put("version", contract.version());
        document.put("hash", contract.hash());
        document.put("body", contract.body());
        print(document, List.of());
        return ExitCode.OK;
    }

    private static String defaultPort(ProductRow row)
    {
        Set<String> withContract = row.contracts().stream().map(contract -> contract.port()).collect(java.util.stream.Collectors.toSet());
        return MeshRegistry.read(row).spec().queryablePort()
                .map(queryable -> queryable.name())
                .filter(withContract::contains)
                .orElseGet(() -> row.contracts().isEmpty() ? "" : row.contracts().getFirst().port());
    }
}
