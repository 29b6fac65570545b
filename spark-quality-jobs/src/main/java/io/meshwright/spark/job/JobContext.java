package io.meshwright.spark.job;

import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.check.ProductUnderTest;
import io.meshwright.bridge.config.ConfigurationSources;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a job works on, opened before Spark is started, so that a wrong argument is told at once.
 */
final class JobContext
        implements AutoCloseable
{
    private final JobArguments arguments;
    private final JobConsole console;
    private final Clock clock;
    private final MeshConfiguration configuration;
    private final MeshCatalog catalog;
    private final ProductUnderTest product;

    private JobContext(JobArguments arguments, JobConsole console, Clock clock, MeshConfiguration configuration, MeshCatalog catalog, ProductUnderTest product)
    {
        this.arguments = requireNonNull(arguments, "arguments is null");
        this.console = requireNonNull(console, "console is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.configuration = requireNonNull(configuration, "configuration is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.product = requireNonNull(product, "product is null");
    }

    static JobContext open(JobArguments arguments, JobConsole console, Clock clock)
    {
        String reference = arguments.product();
        MeshConfiguration configuration = configuration(arguments, console);
        MeshCatalog catalog = IcebergCatalogs.open(configuration.catalog());
        try {
            return new JobContext(arguments, console, clock, configuration, catalog, ProductUnderTest.resolve(catalog, reference, arguments.text("server")));
        }
        catch (RuntimeException e) {
            catalog.close();
            throw e;
        }
    }

    private static MeshConfiguration configuration(JobArguments arguments, JobConsole console)
    {
        ConfigurationSources process = ConfigurationSources.ofProcess(Map.of());
        Optional<Path> file = arguments.path("config");
        Map<String, String> environment = new HashMap<>(process.environment());
        file.ifPresent(path -> environment.put("MESH_CONFIG", path.toAbsolutePath().toString()));
        Parsed<MeshConfiguration> parsed = MeshConfiguration.load(new ConfigurationSources(process.workingDirectory(), process.home(), environment, Map.of()));
        parsed.findings().forEach(console::finding);
        return parsed.value().orElseThrow(() -> JobArguments.wrong(
                "The configuration cannot be used: %s errors".formatted(parsed.findings().stream().filter(Finding::isError).count()), "correct what is listed above"));
    }

    JobArguments arguments()
    {
        return arguments;
    }

    JobConsole console()
    {
        return console;
    }

    Clock clock()
    {
        return clock;
    }

    MeshConfiguration configuration()
    {
        return configuration;
    }

    ProductUnderTest product()
    {
        return product;
    }

    MeshCatalog catalog()
    {
        return catalog;
    }

    ResultTables results()
    {
        return new ResultTables(catalog);
    }

    @Override
    public void close()
    {
        catalog.close();
    }
}
