package io.meshwright.trino.control;

import com.google.common.collect.ImmutableSet;
import io.meshwright.model.mask.ShownFigures;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.Team;
import io.meshwright.model.sla.SlaEvaluator;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.ReaderAccess;
import io.trino.spi.security.ConnectorIdentity;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.Sets.intersection;
import static java.util.Objects.requireNonNull;

/**
 * Who is shown what a product tells about itself. Nobody is shown values of the data by it: an owner and an auditor see who
 * reads and who may, not what.
 */
final class ControlAccess
{
    // the other contacts are places and rotations
    private static final Set<String> PEOPLE = ImmutableSet.of("technical_owner", "developer", "business_owner", "steward");

    private final ReaderAccess access;
    private final Set<String> auditGroups;

    ControlAccess(ReaderAccess access, Collection<String> auditGroups)
    {
        this.access = requireNonNull(access, "access is null");
        this.auditGroups = ImmutableSet.copyOf(auditGroups);
    }

    ReaderAccess readers()
    {
        return access;
    }

    /**
     * Whether the caller may know that the product exists and what its declaration says.
     */
    boolean finds(Product product, ConnectorIdentity identity)
    {
        return access.mayFind(product, identity) || governs(product, identity);
    }

    /**
     * Whether figures of the data may be shown, for example how many rows there are.
     */
    boolean reads(Product product, ConnectorIdentity identity)
    {
        return access.mayRead(product, identity);
    }

    /**
     * Whether a figure of a service level may be shown.
     *
     * @param source that it was taken from
     */
    boolean seesFigure(Product product, String slo, Optional<String> source, ConnectorIdentity identity)
    {
        if (!reads(product, identity) || !SlaEvaluator.isSeconds(slo)) {
            return reads(product, identity);
        }
        if (access.seesClearValues(product, identity)) {
            return true;
        }
        boolean age = slo.equals(SlaEvaluator.FRESHNESS);
        if (age && source.isEmpty()) {
            // nothing was measured
            return access.seesAge(product, identity);
        }
        return (!age || access.seesAge(product, identity)) && product.port() instanceof Product.Table table && ShownFigures.of(table.model(), table.masks()).ofObjective(slo, source);
    }

    /**
     * Whether the caller answers for the product or for the whole mesh, and so sees people, grants and places.
     */
    boolean governs(Product product, ConnectorIdentity identity)
    {
        return audits(identity) || owns(product, identity);
    }

    boolean audits(ConnectorIdentity identity)
    {
        return !intersection(auditGroups, identity.getGroups()).isEmpty();
    }

    /**
     * The owner, whether that names the user or a group, and the people of the team by their names.
     */
    private static boolean owns(Product product, ConnectorIdentity identity)
    {
        if (product.spec().isEmpty()) {
            return false;
        }
        DataProductSpec spec = product.spec().orElseThrow();
        boolean byGroup = Stream.concat(Stream.of(spec.owner()), spec.ownerTeam().stream()).anyMatch(identity.getGroups()::contains);
        boolean byName = Stream.of(
                        Stream.of(spec.owner()),
                        spec.team().contacts().entrySet().stream().filter(contact -> PEOPLE.contains(contact.getKey())).map(Map.Entry::getValue),
                        spec.team().members().stream().map(Team.Member::name))
                .flatMap(names -> names)
                .anyMatch(identity.getUser()::equals);
        return byGroup || byName;
    }
}
