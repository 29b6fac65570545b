package io.meshwright.bridge.config;

import java.net.URI;

import static java.util.Objects.requireNonNull;

/**
 * @param catalog the name of the mesh catalog there
 */
public record TrinoSettings(URI uri, String catalog)
{
    public TrinoSettings
    {
        requireNonNull(uri, "uri is null");
        requireNonNull(catalog, "catalog is null");
    }
}
