package io.meshwright.it;

import io.meshwright.leak.Exhibit;
import io.meshwright.leak.LeakSuite;
import io.meshwright.leak.Outcome;
import io.meshwright.leak.Planting;
import io.meshwright.leak.Probe;
import io.meshwright.leak.Target;
import io.meshwright.leak.TrinoClient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import static io.meshwright.leak.Outcome.Verdict.HELD;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The smoke subset of the leak suite on whatever catalog and storage a local Trino runs. {@code mark} has to be in the group
 * marketing there, and {@code paula} in the group producers.
 */
final class LeakSmoke
{
    private LeakSmoke() {}

    /**
     * Makes the exhibits, then attacks them.
     */
    static void plantAndAttack(Mesh mesh, LocalTrino trino)
            throws Exception
    {
        try (TrinoClient client = new TrinoClient(trino.uri(), _ -> "")) {
            Planting.plantSmoke(target(client), exhibit -> register(mesh, exhibit));
            attack(client);
        }
    }

    /**
     * Attacks exhibits that are there already, by another way to the same catalog.
     */
    static void attack(LocalTrino trino)
    {
        try (TrinoClient client = new TrinoClient(trino.uri(), _ -> "")) {
            attack(client);
        }
    }

    private static void attack(TrinoClient client)
    {
        Map<String, String> failed = new LinkedHashMap<>();
        for (Probe probe : LeakSuite.smoke()) {
            Outcome outcome = probe.run(target(client));
            if (outcome.verdict() != HELD) {
                failed.put(probe.name(), outcome.what());
            }
        }
        assertThat(LeakSuite.smoke()).hasSizeGreaterThan(8);
        assertThat(failed).isEmpty();
    }

    /**
     * No probe of the subset needs another catalog.
     */
    private static Target target(TrinoClient client)
    {
        return new Target(client, "mesh", "lake", "nowhere.nothing", Target.USERS);
    }

    private static void register(Mesh mesh, Exhibit exhibit)
            throws IOException
    {
        Path folder = Files.createDirectories(mesh.directory().resolve("exhibits").resolve(exhibit.name()));
        Files.writeString(folder.resolve("contract.yaml"), exhibit.contract());
        Path specification = Files.writeString(folder.resolve("dataproduct.yaml"), exhibit.specification());
        mesh.run("product", "apply", specification.toString()).expectExit(0);
    }
}
