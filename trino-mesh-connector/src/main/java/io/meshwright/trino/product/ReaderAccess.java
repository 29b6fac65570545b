package io.meshwright.trino.product;

import io.meshwright.model.product.AccessPolicy;
import io.meshwright.model.product.AccessPolicy.Clearance;
import io.meshwright.model.product.AccessPolicy.Discovery;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.sla.FreshnessSource;
import io.meshwright.model.sla.FreshnessSources;
import io.meshwright.model.sla.ServiceLevels;
import io.trino.spi.security.ConnectorIdentity;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

import static io.meshwright.trino.MeshConfig.PRODUCTION;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * Who may find, read and see a product in clear, as its specification says. What cannot be read is nobody's.
 */
public final class ReaderAccess
{
    private final String environment;
    private final Clock clock;

    public ReaderAccess(String environment, Clock clock)
    {
        this.environment = requireNonNull(environment, "environment is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    public String environment()
    {
        return environment;
    }

    public boolean isProduction()
    {
        return environment.equals(PRODUCTION);
    }

    public boolean mayFind(Product product, ConnectorIdentity identity)
    {
        return product.spec()
                .filter(spec -> mayFind(spec.access(), identity))
                .isPresent();
    }

    public boolean isFoundByEverybody(Product product)
    {
        return product.spec()
                .filter(spec -> spec.access().discovery() == Discovery.PUBLIC)
                .isPresent();
    }

    /**
     * Whether nobody needs a group or a clearance to read.
     */
    public boolean isForEverybody(Product product)
    {
        return product.spec()
                .filter(spec -> spec.access().discovery() == Discovery.PUBLIC && spec.access().readGroups().isEmpty())
                .isPresent();
    }

    /**
     * Whether somebody is told of a product at all: whoever finds it, and of one whose registration is damaged, whoever found it
     * before. For everybody else a damaged registration would be a way to guess the names of private products.
     */
    public boolean mayKnow(Product product, ConnectorIdentity identity)
    {
        if (product.spec().isPresent()) {
            return mayFind(product, identity);
        }
        return product.port() instanceof Product.Unservable unservable && unservable.former()
                .map(DataProductSpec::access)
                .filter(access -> mayFind(access, identity))
                .isPresent();
    }

    /**
     * A clearance includes reading. A private product without read groups is for those with a clearance only.
     */
    public boolean mayRead(Product product, ConnectorIdentity identity)
    {
        return product.spec()
                .filter(spec -> mayRead(spec.access(), identity))
                .isPresent();
    }

    public boolean seesClearValues(Product product, ConnectorIdentity identity)
    {
        return isProduction() && product.spec()
                .filter(spec -> hasClearance(spec.access(), identity))
                .isPresent();
    }

    /**
     * Whether somebody may be told how old the data is, in figures. Where the age comes from a column that is masked for him, a
     * figure is the column's greatest value.
     */
    public boolean seesAge(Product product, ConnectorIdentity identity)
    {
        return switch (product.port()) {
            case Product.Table table -> mayRead(product, identity) && (!agedByPersonalColumn(product, table) || seesClearValues(product, identity));
            // the masks of a view are those of its inputs
            case Product.View _, Product.Unservable _ -> seesClearValues(product, identity);
        };
    }

    private static boolean agedByPersonalColumn(Product product, Product.Table table)
    {
        Stream<ServiceLevels> levels = Stream.concat(product.version().map(ProductVersion::serviceLevels).stream(), product.spec().map(DataProductSpec::serviceLevels).stream());
        return levels.flatMap(level -> level.freshness().stream())
                .flatMap(objective -> FreshnessSources.choose(objective, table.model()).flatMap(FreshnessSource::field).stream())
                .anyMatch(field -> table.masks().mask(field).isPresent());
    }

    /**
     * The grant by which somebody sees a product in clear: of several, the one that ends last.
     */
    public Optional<Clearance> clearance(Product product, ConnectorIdentity identity)
    {
        if (!seesClearValues(product, identity)) {
            return Optional.empty();
        }
        return product.spec().orElseThrow().access().clear().stream()
                .filter(clearance -> clearance.isInForce(today()) && matches(clearance, identity))
                .max(comparing(clearance -> clearance.until().orElse(LocalDate.MAX)));
    }

    private boolean mayFind(AccessPolicy access, ConnectorIdentity identity)
    {
        return access.discovery() == Discovery.PUBLIC || mayRead(access, identity);
    }

    private boolean mayRead(AccessPolicy access, ConnectorIdentity identity)
    {
        if (hasClearance(access, identity)) {
            return true;
        }
        return access.readGroups()
                .map(groups -> groups.stream().anyMatch(identity.getGroups()::contains))
                .orElse(access.discovery() == Discovery.PUBLIC);
    }

    private boolean hasClearance(AccessPolicy access, ConnectorIdentity identity)
    {
        LocalDate today = today();
        return access.clear().stream()
                .filter(clearance -> clearance.isInForce(today))
                .anyMatch(clearance -> matches(clearance, identity));
    }

    private LocalDate today()
    {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static boolean matches(Clearance clearance, ConnectorIdentity identity)
    {
        return clearance.group().map(identity.getGroups()::contains)
                .or(() -> clearance.user().map(identity.getUser()::equals))
                .orElse(false);
    }
}
