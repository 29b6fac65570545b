package io.meshwright.trino.usage;

import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import io.airlift.units.Duration;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;

import static io.airlift.configuration.testing.ConfigAssertions.assertFullMapping;
import static io.airlift.configuration.testing.ConfigAssertions.assertRecordedDefaults;
import static io.airlift.configuration.testing.ConfigAssertions.recordDefaults;
import static io.airlift.units.DataSize.Unit.GIGABYTE;
import static io.airlift.units.DataSize.Unit.MEGABYTE;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

class TestUsageConfig
{
    @Test
    void testDefaults()
    {
        assertRecordedDefaults(recordDefaults(UsageConfig.class)
                .setCatalogFile(null)
                .setSpoolDirectory(null)
                .setNode(null)
                .setProducerCatalogs(List.of())
                .setRegion(null)
                .setBatchInterval(new Duration(60, SECONDS))
                .setHeartbeatInterval(new Duration(5, MINUTES))
                .setShutdownTimeout(new Duration(10, SECONDS))
                .setMaxSpoolSize(DataSize.of(1, GIGABYTE))
                .setMaxQueueSize(DataSize.of(32, MEGABYTE))
                .setQueryTextRecorded(false)
                .setOpenLineageFile(null)
                .setOpenLineageUrl(null)
                .setOpenLineageApiKey(null)
                .setOpenLineageNamespace("mesh"));
    }

    @Test
    void testExplicitPropertyMappings()
    {
        Map<String, String> properties = ImmutableMap.<String, String>builder()
                .put("mesh.catalog-file", "etc/catalog/mesh.properties")
                .put("mesh.usage.spool-directory", "/var/mesh")
                .put("mesh.usage.node", "coordinator-2")
                .put("mesh.usage.producer-catalogs", "lake,raw")
                .put("mesh.usage.region", "eu-central-1")
                .put("mesh.usage.batch-interval", "10s")
                .put("mesh.usage.heartbeat-interval", "1h")
                .put("mesh.usage.shutdown-timeout", "1m")
                .put("mesh.usage.max-spool-size", "5GB")
                .put("mesh.usage.max-queue-size", "64MB")
                .put("mesh.usage.query-text-recorded", "true")
                .put("mesh.openlineage.file", "/var/log/lineage.jsonl")
                .put("mesh.openlineage.url", "http://marquez:5000/api/v1/lineage")
                .put("mesh.openlineage.api-key", "key")
                .put("mesh.openlineage.namespace", "shop")
                .buildOrThrow();
        assertFullMapping(properties, new UsageConfig()
                .setCatalogFile("etc/catalog/mesh.properties")
                .setSpoolDirectory("/var/mesh")
                .setNode("coordinator-2")
                .setProducerCatalogs(List.of("lake", "raw"))
                .setRegion("eu-central-1")
                .setBatchInterval(new Duration(10, SECONDS))
                .setHeartbeatInterval(new Duration(1, HOURS))
                .setShutdownTimeout(new Duration(1, MINUTES))
                .setMaxSpoolSize(DataSize.of(5, GIGABYTE))
                .setMaxQueueSize(DataSize.of(64, MEGABYTE))
                .setQueryTextRecorded(true)
                .setOpenLineageFile("/var/log/lineage.jsonl")
                .setOpenLineageUrl(URI.create("http://marquez:5000/api/v1/lineage"))
                .setOpenLineageApiKey("key")
                .setOpenLineageNamespace("shop"));
    }
}
