package io.meshwright.bridge.catalog;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Which Iceberg catalog holds the products and the registry.
 *
 * @param name the catalog's own name: a JDBC catalog keeps it in every row, so another name shows an empty catalog
 * @param type {@code jdbc}, {@code rest}, {@code glue}, {@code hive}, {@code nessie} or the class of an implementation
 * @param warehouse where tables without a location of their own go; some catalogs know it themselves
 * @param properties passed to Iceberg as they are, secrets resolved
 * @param createIfAbsent whether an SQLite file that does not exist yet may be created: only for the embedded catalog, because
 *         for a configured one it means a wrong path
 */
public record CatalogSettings(
        String name,
        String type,
        Optional<String> uri,
        Optional<String> warehouse,
        Map<String, String> properties,
        boolean createIfAbsent)
{
    private static final Set<String> STORAGE_ADDRESS = Set.of("client.region", "s3.endpoint", "s3.path-style-access");

    public CatalogSettings
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(uri, "uri is null");
        requireNonNull(warehouse, "warehouse is null");
        properties = ImmutableMap.copyOf(properties);
    }

    /**
     * These settings with the address of the storage as the catalog's server tells it. What was configured here stays.
     */
    CatalogSettings withStorageOf(Map<String, String> server)
    {
        Map<String, String> merged = new HashMap<>(Maps.filterKeys(server, STORAGE_ADDRESS::contains));
        merged.putAll(properties);
        return new CatalogSettings(name, type, uri, warehouse, merged, createIfAbsent);
    }

    /**
     * Names no secret.
     */
    @Override
    public String toString()
    {
        return "catalog %s (%s%s)".formatted(name, type, uri.map(value -> " at " + withoutSecrets(value)).orElse(""));
    }

    /**
     * Cuts user information and parameters out of a URL.
     */
    public static String withoutSecrets(String uri)
    {
        // user information and query parameters are where drivers and servers take passwords
        return uri.replaceAll("//[^/@]*@", "//***@").replaceAll("\\?.*", "?***");
    }

    /**
     * Cuts user information and parameters out of every URL in a message of someone else.
     */
    static String withoutSecretsInText(String text)
    {
        return text.replaceAll("//[^/@\\s]*@", "//***@").replaceAll("([a-z]://[^\\s?]*)\\?\\S*", "$1?***");
    }
}
