package io.meshwright.trino.usage;

import com.google.common.collect.ImmutableSet;
import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.configuration.ConfigSecuritySensitive;
import io.airlift.units.DataSize;
import io.airlift.units.Duration;
import io.airlift.units.MinDataSize;
import io.airlift.units.MinDuration;
import jakarta.validation.constraints.NotNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static io.airlift.units.DataSize.Unit.GIGABYTE;
import static io.airlift.units.DataSize.Unit.MEGABYTE;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

public class UsageConfig
{
    private String catalogFile;
    private String spoolDirectory;
    private Optional<String> node = Optional.empty();
    private Set<String> producerCatalogs = ImmutableSet.of();
    private Optional<String> region = Optional.empty();
    private Duration batchInterval = new Duration(60, SECONDS);
    private Duration heartbeatInterval = new Duration(5, MINUTES);
    private Duration shutdownTimeout = new Duration(10, SECONDS);
    private DataSize maxSpoolSize = DataSize.of(1, GIGABYTE);
    private DataSize maxQueueSize = DataSize.of(32, MEGABYTE);
    private boolean queryTextRecorded;
    private Optional<String> openLineageFile = Optional.empty();
    private Optional<URI> openLineageUrl = Optional.empty();
    private Optional<String> openLineageApiKey = Optional.empty();
    private String openLineageNamespace = "mesh";

    @NotNull
    public String getCatalogFile()
    {
        return catalogFile;
    }

    @Config("mesh.catalog-file")
    @ConfigDescription("Path of the catalog file of the connector mesh, for example etc/catalog/mesh.properties")
    public UsageConfig setCatalogFile(String catalogFile)
    {
        this.catalogFile = catalogFile;
        return this;
    }

    @NotNull
    public String getSpoolDirectory()
    {
        return spoolDirectory;
    }

    @Config("mesh.usage.spool-directory")
    @ConfigDescription("Folder on a local disk that outlives the process, of this server alone, where usage waits until it is in the registry")
    public UsageConfig setSpoolDirectory(String spoolDirectory)
    {
        this.spoolDirectory = spoolDirectory;
        return this;
    }

    @NotNull
    public Optional<String> getNode()
    {
        return node;
    }

    @Config("mesh.usage.node")
    @ConfigDescription("Name of this coordinator in the tables of usage, the same after a restart; if not set, the name of the host")
    public UsageConfig setNode(String node)
    {
        this.node = Optional.ofNullable(node);
        return this;
    }

    @NotNull
    public Set<String> getProducerCatalogs()
    {
        return producerCatalogs;
    }

    @Config("mesh.usage.producer-catalogs")
    @ConfigDescription("Trino catalogs on the same Iceberg catalog in which the tables behind products are read and written by their own names")
    public UsageConfig setProducerCatalogs(List<String> producerCatalogs)
    {
        this.producerCatalogs = ImmutableSet.copyOf(producerCatalogs);
        return this;
    }

    @NotNull
    public Optional<String> getRegion()
    {
        return region;
    }

    @Config("mesh.usage.region")
    @ConfigDescription("Region where this cluster stores what queries write, if it is one; if not set, only products with a region have one")
    public UsageConfig setRegion(String region)
    {
        this.region = Optional.ofNullable(region);
        return this;
    }

    @NotNull
    @MinDuration("100ms")
    public Duration getBatchInterval()
    {
        return batchInterval;
    }

    @Config("mesh.usage.batch-interval")
    @ConfigDescription("How long usage is collected before it is committed to the registry")
    public UsageConfig setBatchInterval(Duration batchInterval)
    {
        this.batchInterval = batchInterval;
        return this;
    }

    @NotNull
    @MinDuration("100ms")
    public Duration getHeartbeatInterval()
    {
        return heartbeatInterval;
    }

    @Config("mesh.usage.heartbeat-interval")
    @ConfigDescription("How often a server without usage says that it watches")
    public UsageConfig setHeartbeatInterval(Duration heartbeatInterval)
    {
        this.heartbeatInterval = heartbeatInterval;
        return this;
    }

    @NotNull
    public Duration getShutdownTimeout()
    {
        return shutdownTimeout;
    }

    @Config("mesh.usage.shutdown-timeout")
    @ConfigDescription("How long a server that is shut down waits for its last commit; what is left stays on the disk")
    public UsageConfig setShutdownTimeout(Duration shutdownTimeout)
    {
        this.shutdownTimeout = shutdownTimeout;
        return this;
    }

    @NotNull
    @MinDataSize("1kB")
    public DataSize getMaxSpoolSize()
    {
        return maxSpoolSize;
    }

    @Config("mesh.usage.max-spool-size")
    @ConfigDescription("What the spool may take on the disk while the registry does not answer; then usage is lost, and counted")
    public UsageConfig setMaxSpoolSize(DataSize maxSpoolSize)
    {
        this.maxSpoolSize = maxSpoolSize;
        return this;
    }

    @NotNull
    @MinDataSize("1kB")
    public DataSize getMaxQueueSize()
    {
        return maxQueueSize;
    }

    @Config("mesh.usage.max-queue-size")
    @ConfigDescription("What usage may take in memory before it is on the disk; then it is lost, and counted")
    public UsageConfig setMaxQueueSize(DataSize maxQueueSize)
    {
        this.maxQueueSize = maxQueueSize;
        return this;
    }

    public boolean isQueryTextRecorded()
    {
        return queryTextRecorded;
    }

    @Config("mesh.usage.query-text-recorded")
    @ConfigDescription("Whether the text of queries is recorded, which can hold personal values")
    public UsageConfig setQueryTextRecorded(boolean queryTextRecorded)
    {
        this.queryTextRecorded = queryTextRecorded;
        return this;
    }

    @NotNull
    public Optional<String> getOpenLineageFile()
    {
        return openLineageFile;
    }

    @Config("mesh.openlineage.file")
    @ConfigDescription("File to which OpenLineage events are appended, one on each line")
    public UsageConfig setOpenLineageFile(String openLineageFile)
    {
        this.openLineageFile = Optional.ofNullable(openLineageFile);
        return this;
    }

    @NotNull
    public Optional<URI> getOpenLineageUrl()
    {
        return openLineageUrl;
    }

    @Config("mesh.openlineage.url")
    @ConfigDescription("Address to which OpenLineage events are posted, for example http://marquez:5000/api/v1/lineage")
    public UsageConfig setOpenLineageUrl(URI openLineageUrl)
    {
        this.openLineageUrl = Optional.ofNullable(openLineageUrl);
        return this;
    }

    @NotNull
    public Optional<String> getOpenLineageApiKey()
    {
        return openLineageApiKey;
    }

    @ConfigSecuritySensitive
    @Config("mesh.openlineage.api-key")
    @ConfigDescription("Sent as a bearer token with each event")
    public UsageConfig setOpenLineageApiKey(String openLineageApiKey)
    {
        this.openLineageApiKey = Optional.ofNullable(openLineageApiKey);
        return this;
    }

    @NotNull
    public String getOpenLineageNamespace()
    {
        return openLineageNamespace;
    }

    @Config("mesh.openlineage.namespace")
    @ConfigDescription("Namespace of datasets and jobs in OpenLineage events")
    public UsageConfig setOpenLineageNamespace(String openLineageNamespace)
    {
        this.openLineageNamespace = openLineageNamespace;
        return this;
    }
}
