package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.units.Duration;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static io.airlift.configuration.testing.ConfigAssertions.assertFullMapping;
import static io.airlift.configuration.testing.ConfigAssertions.assertRecordedDefaults;
import static io.airlift.configuration.testing.ConfigAssertions.recordDefaults;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

class TestMeshConfig
{
    @Test
    void testDefaults()
    {
        assertRecordedDefaults(recordDefaults(MeshConfig.class)
                .setRegistryNamespace("mesh")
                .setRegistryRefreshInterval(new Duration(1, SECONDS))
                .setRegistryMaxAge(new Duration(15, MINUTES))
                .setTokenKeyFile(null)
                .setEnvironment(null)
                .setAuditGroups(ImmutableList.of())
                .setLegacyCatalogs(ImmutableList.of())
                .setLegacyReaderGroups(ImmutableList.of()));
    }

    @Test
    void testExplicitPropertyMappings()
    {
        Map<String, String> properties = ImmutableMap.<String, String>builder()
                .put("mesh.registry-namespace", "registry")
                .put("mesh.registry.refresh-interval", "7s")
                .put("mesh.registry.max-age", "3m")
                .put("mesh.token.key-file", "/etc/mesh/keys")
                .put("mesh.environment", "dev")
                .put("mesh.audit-groups", "audit,privacy")
                .put("mesh.legacy-catalogs", "legacy_warehouse:old,dwh:dwh_pg.sales")
                .put("mesh.legacy-reader-groups", "producers,finance")
                .buildOrThrow();
        MeshConfig expected = new MeshConfig()
                .setRegistryNamespace("registry")
                .setRegistryRefreshInterval(new Duration(7, SECONDS))
                .setRegistryMaxAge(new Duration(3, MINUTES))
                .setTokenKeyFile("/etc/mesh/keys")
                .setEnvironment("dev")
                .setAuditGroups(ImmutableList.of("audit", "privacy"))
                .setLegacyCatalogs(ImmutableList.of("legacy_warehouse:old", "dwh:dwh_pg.sales"))
                .setLegacyReaderGroups(ImmutableList.of("producers", "finance"));
        assertFullMapping(properties, expected);
    }
}
