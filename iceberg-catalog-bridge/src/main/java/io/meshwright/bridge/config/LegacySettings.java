package io.meshwright.bridge.config;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.model.finding.MeshException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A legacy warehouse that is read by JDBC.
 *
 * @param name as below {@code legacy:}
 * @param password where it is; looked up only when a connection is made, since most commands make none
 * @param pauseFile while it exists, nothing is sent to the warehouse
 * @param decommissionUser who takes tables away; the other user only reads
 * @param decommissionPassword where it is; looked up only when a table is taken away
 * @param trinoGroups groups that may read the warehouse in a local Trino, where nothing of it is masked
 */
public record LegacySettings(
        String name,
        String url,
        Optional<String> user,
        Optional<SecretReference> password,
        Optional<Path> pauseFile,
        Optional<String> decommissionUser,
        Optional<SecretReference> decommissionPassword,
        List<String> trinoGroups)
{
    public LegacySettings
    {
        requireNonNull(name, "name is null");
        requireNonNull(url, "url is null");
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
        requireNonNull(pauseFile, "pauseFile is null");
        requireNonNull(decommissionUser, "decommissionUser is null");
        requireNonNull(decommissionPassword, "decommissionPassword is null");
        trinoGroups = ImmutableList.copyOf(trinoGroups);
    }

    /**
     * @throws MeshException when the variable or file does not exist
     */
    public Optional<String> resolvePassword()
    {
        return password.map(SecretReference::resolve);
    }

    /**
     * @throws MeshException when the file does not exist
     */
    public Optional<String> resolveDecommissionPassword()
    {
        return decommissionPassword.map(SecretReference::resolve);
    }

    /**
     * Names no secret.
     */
    @Override
    public String toString()
    {
        return "%s at %s".formatted(name, CatalogSettings.withoutSecrets(url));
    }
}
