package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.units.Duration;
import io.airlift.units.MinDuration;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import java.util.List;
import java.util.Optional;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

public class MeshConfig
{
    public static final String PRODUCTION = "production";

    private String registryNamespace = "mesh";
    private Duration registryRefreshInterval = new Duration(1, SECONDS);
    private Duration registryMaxAge = new Duration(15, MINUTES);
    private Optional<String> tokenKeyFile = Optional.empty();
    private Optional<String> environment = Optional.empty();
    private List<String> auditGroups = ImmutableList.of();
    private List<String> legacyCatalogs = ImmutableList.of();
    private List<String> legacyReaderGroups = ImmutableList.of();

    @NotNull
    @Pattern(regexp = "[a-z0-9_]+", message = "is not a namespace of lower-case letters, digits and underscores")
    public String getRegistryNamespace()
    {
        return registryNamespace;
    }

    @Config("mesh.registry-namespace")
    @ConfigDescription("Namespace of the registry's tables in the Iceberg catalog")
    public MeshConfig setRegistryNamespace(String registryNamespace)
    {
        this.registryNamespace = registryNamespace;
        return this;
    }

    @NotNull
    public Duration getRegistryRefreshInterval()
    {
        return registryRefreshInterval;
    }

    @Config("mesh.registry.refresh-interval")
    @ConfigDescription("How long a registry state is used before the registry is asked whether it changed; 0s asks for every transaction")
    public MeshConfig setRegistryRefreshInterval(Duration registryRefreshInterval)
    {
        this.registryRefreshInterval = registryRefreshInterval;
        return this;
    }

    @NotNull
    @MinDuration("0s")
    public Duration getRegistryMaxAge()
    {
        return registryMaxAge;
    }

    @Config("mesh.registry.max-age")
    @ConfigDescription("How long reads go on from the last known registry state while the registry does not answer")
    public MeshConfig setRegistryMaxAge(Duration registryMaxAge)
    {
        this.registryMaxAge = registryMaxAge;
        return this;
    }

    @NotNull
    public Optional<String> getTokenKeyFile()
    {
        return tokenKeyFile;
    }

    @Config("mesh.token.key-file")
    @ConfigDescription("Path of the key ring from which masked values are made; the same file on every node")
    public MeshConfig setTokenKeyFile(String tokenKeyFile)
    {
        this.tokenKeyFile = Optional.ofNullable(tokenKeyFile);
        return this;
    }

    @NotNull
    public Optional<String> getEnvironment()
    {
        return environment;
    }

    @Config("mesh.environment")
    @ConfigDescription("The name of this environment; in any but production everybody sees masked values")
    public MeshConfig setEnvironment(String environment)
    {
        this.environment = Optional.ofNullable(environment);
        return this;
    }

    @NotNull
    public List<String> getAuditGroups()
    {
        return auditGroups;
    }

    @Config("mesh.audit-groups")
    @ConfigDescription("Groups whose members see who reads, who may read, and where data is, of all products")
    public MeshConfig setAuditGroups(List<String> auditGroups)
    {
        this.auditGroups = ImmutableList.copyOf(auditGroups);
        return this;
    }

    @NotNull
    public List<@Pattern(regexp = "[A-Za-z_][A-Za-z0-9_-]*:[a-z_][a-z0-9_-]*(\\.[a-z_][a-z0-9_$]*)?", message = "is not the name of a legacy warehouse, a colon and a catalog") String> getLegacyCatalogs()
    {
        return legacyCatalogs;
    }

    @Config(LegacyCatalogs.PROPERTY)
    @ConfigDescription("Catalogs of this Trino that show legacy warehouses, each as warehouse:catalog or, where its tables do not lie in the schema public, warehouse:catalog.schema; without its catalog a legacy table is not shown before its product has taken it over")
    public MeshConfig setLegacyCatalogs(List<String> legacyCatalogs)
    {
        this.legacyCatalogs = ImmutableList.copyOf(legacyCatalogs);
        return this;
    }

    @NotNull
    public List<String> getLegacyReaderGroups()
    {
        return legacyReaderGroups;
    }

    @Config(LegacyCatalogs.READER_GROUPS_PROPERTY)
    @ConfigDescription("Groups whose members read legacy tables by their names in this catalog, where nothing of them is masked; without it nobody does before a product has taken them over")
    public MeshConfig setLegacyReaderGroups(List<String> legacyReaderGroups)
    {
        this.legacyReaderGroups = ImmutableList.copyOf(legacyReaderGroups);
        return this;
    }
}
