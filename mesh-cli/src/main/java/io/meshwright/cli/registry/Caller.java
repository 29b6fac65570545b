package io.meshwright.cli.registry;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.cli.CommandContext;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.Team;

import java.util.Set;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Who runs the command: the name in {@code MESH_USER} or of the account, with the groups that {@code mesh.yaml} gives it.
 * What follows from it keeps output tidy; who may open the catalog itself can read all of the registry.
 */
public record Caller(String user, Set<String> groups)
{
    private static final String PRODUCERS = "producers";

    public Caller
    {
        requireNonNull(user, "user is null");
        groups = Set.copyOf(groups);
    }

    public static Caller of(CommandContext context, MeshConfiguration configuration)
    {
        String user = user(context);
        return new Caller(user, configuration.userGroups().getOrDefault(user, Set.of()));
    }

    public static String user(CommandContext context)
    {
        String named = context.environment().getOrDefault("MESH_USER", "");
        return named.isBlank() ? context.environment().getOrDefault("USER", System.getProperty("user.name")) : named;
    }

    /**
     * Whether the product is this person's work: a producer, its owner, or somebody of its team.
     */
    public boolean owns(DataProductSpec product)
    {
        return groups.contains(PRODUCERS) || Stream.of(
                        Stream.of(product.owner()),
                        product.ownerTeam().stream(),
                        product.team().contacts().values().stream(),
                        product.team().members().stream().map(Team.Member::name))
                .flatMap(names -> names)
                .anyMatch(this::isMe);
    }

    public boolean mayFind(RegisteredProduct product)
    {
        return owns(product.spec()) || product.isDiscoverableBy(groups);
    }

    private boolean isMe(String name)
    {
        return name.equals(user) || name.startsWith(user + "@") || groups.contains(name);
    }
}
