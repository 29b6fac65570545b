package io.meshwright.bridge.reconciliation;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.reconciliation.ReconciliationRule;

import java.util.Optional;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * Where the legacy warehouse is.
 *
 * @param label its name in reports, without credentials
 */
public record LegacyAddress(String label, String url, Optional<String> user, Optional<String> password)
{
    public LegacyAddress
    {
        requireNonNull(label, "label is null");
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
        if (url.matches("[^?]*//[^/?]*@.*")) {
            throw new MeshException(ReconciliationRule.UNKNOWN_LEGACY, USER, "The URL of the legacy warehouse " + label + " has a user in it, which the driver does not read", "write jdbc:postgresql://host/database?user=NAME, and the password in a file below legacy: in mesh.yaml");
        }
        if (LegacyDatabase.ofUrl(url).isEmpty()) {
            throw new MeshException(ReconciliationRule.UNKNOWN_LEGACY, USER, "The legacy warehouse " + label + " is not a PostgreSQL database", "use a URL like jdbc:postgresql://host:5432/database; others are not supported yet");
        }
    }

    LegacyDatabase database()
    {
        return LegacyDatabase.ofUrl(url).orElseThrow();
    }

    public static LegacyAddress ofUrl(String url)
    {
        return new LegacyAddress(withoutCredentials(url), url, Optional.empty(), Optional.empty());
    }

    /**
     * Host, port and database, for messages.
     */
    public String place()
    {
        return withoutCredentials(url).replaceFirst("^jdbc:[a-z]+:(//)?", "");
    }

    private static String withoutCredentials(String url)
    {
        return url.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
    }

    @Override
    public String toString()
    {
        return label;
    }
}
