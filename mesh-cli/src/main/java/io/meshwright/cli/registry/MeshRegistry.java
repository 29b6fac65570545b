package io.meshwright.cli.registry;

import io.meshwright.bridge.admission.Admission;
import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.ProductRegistry;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.registry.RegistryRule;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.yaml.DidYouMean;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * The registry of the configured catalog, open for one command.
 */
public final class MeshRegistry
        implements AutoCloseable
{
    private static final String SQLITE = "jdbc:sqlite:";

    private final MeshCatalog catalog;
    private final ProductRegistry registry;
    private final Optional<Path> temporary;

    private MeshRegistry(MeshCatalog catalog, Optional<Path> temporary)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.temporary = requireNonNull(temporary, "temporary is null");
        this.registry = new IcebergProductRegistry(catalog);
    }

    public static MeshRegistry open(MeshConfiguration configuration)
    {
        return new MeshRegistry(IcebergCatalogs.open(configuration.catalog()), Optional.empty());
    }

    /**
     * The registry for a command that changes nothing. An embedded catalog that does not exist yet stays so: an empty one in a
     * temporary folder answers for it, which {@link #close} removes.
     */
    public static MeshRegistry openUnchanged(MeshConfiguration configuration)
    {
        if (!isAbsent(configuration)) {
            return open(configuration);
        }
        try {
            Path folder = Files.createTempDirectory("mesh-dry-run");
            CatalogSettings settings = configuration.catalog();
            CatalogSettings scratch = new CatalogSettings(
                    settings.name(),
                    settings.type(),
                    Optional.of(SQLITE + folder.resolve("catalog.db")),
                    settings.warehouse(),
                    settings.properties(),
                    true);
            return new MeshRegistry(IcebergCatalogs.open(scratch), Optional.of(folder));
        }
        catch (IOException e) {
            throw new UncheckedIOException("Cannot create a temporary folder", e);
        }
    }

    /**
     * All products now. Looking at an embedded catalog that does not exist yet finds none, and does not create it.
     */
    public static RegistryView look(MeshConfiguration configuration)
    {
        if (isAbsent(configuration)) {
            return RegistryView.of(OptionalLong.empty(), List.of());
        }
        try (MeshRegistry registry = open(configuration)) {
            return registry.view();
        }
    }

    /**
     * Whether the configuration names no catalog and there is no embedded one yet.
     */
    public static boolean isAbsent(MeshConfiguration configuration)
    {
        Optional<String> file = configuration.catalog().uri().filter(uri -> uri.startsWith(SQLITE)).map(uri -> uri.substring(SQLITE.length()));
        return configuration.catalog().createIfAbsent() && file.isPresent() && !Files.exists(Path.of(file.orElseThrow()));
    }

    public RegistryView view()
    {
        return registry.current();
    }

    public MeshCatalog catalog()
    {
        return catalog;
    }

    public Admission admission()
    {
        return new Admission(catalog, registry);
    }

    /**
     * A product that the caller may know of; one that is private to others is treated as if it did not exist.
     *
     * @throws MeshException when there is no such product; it names the nearest one
     */
    public static ProductRow find(RegistryView view, String reference, Caller caller)
    {
        return view.find(reference).filter(row -> mayFind(row, caller)).orElseThrow(() -> {
            List<String> addresses = view.products().stream().filter(row -> mayFind(row, caller)).map(ProductRow::address).toList();
            String fix = DidYouMean.suggest(reference, addresses)
                    .map(address -> "did you mean " + address + "? ")
                    .orElse("");
            return new MeshException(
                    RegistryRule.UNKNOWN_PRODUCT,
                    USER,
                    "No product \"" + reference + "\" is registered",
                    fix + (addresses.isEmpty() ? "none is registered yet: mesh product apply FILE" : "all products: mesh catalog list"));
        });
    }

    private static boolean mayFind(ProductRow row, Caller caller)
    {
        // an unreadable declaration says nothing about who may find it, and its content is not shown
        return RegisteredProduct.parse(row).value().map(caller::mayFind).orElse(true);
    }

    /**
     * The declaration behind a row.
     */
    public static RegisteredProduct read(ProductRow row)
    {
        Parsed<RegisteredProduct> product = RegisteredProduct.parse(row);
        return product.value().orElseThrow(() -> new MeshException(
                RegistryRule.UNREADABLE_ROW,
                EXTERNAL,
                row.address() + " is registered, but this version cannot read its declaration: " + product.findings().getFirst().message(),
                "register it again with a declaration that passes: mesh product validate FILE"));
    }

    @Override
    public void close()
    {
        catalog.close();
        temporary.ifPresent(MeshRegistry::delete);
    }

    private static void delete(Path folder)
    {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
        catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + folder, e);
        }
    }
}
