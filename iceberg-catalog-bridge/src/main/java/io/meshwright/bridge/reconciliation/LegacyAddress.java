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
        LegacyDatabase.notExecuted(url).ifPresent(database -> {
            throw new MeshException(
                    ReconciliationRule.UNKNOWN_LEGACY,
                    USER,
                    "The legacy warehouse %s is of %s, which is not read: its SQL is written, and no server has proven it yet".formatted(label, database),
                    "copy the table into PostgreSQL, MariaDB or MySQL, and compare it there");
        });
        if (LegacyDatabase.ofUrl(url).isEmpty()) {
            throw new MeshException(
                    ReconciliationRule.UNKNOWN_LEGACY,
                    USER,
                    "The legacy warehouse " + label + " is no database that is read",
                    "use a URL like jdbc:postgresql://host:5432/database, jdbc:mariadb://host:3306/database or jdbc:mysql://host:3306/database");
        }
    }

    /**
     * Whether its statistics can tell who reads a table.
     */
    public boolean isPostgreSql()
    {
        return database() == LegacyDatabase.POSTGRESQL;
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
        // also as SQL Server and Oracle write them: they are refused, and with them the message must tell none
        return url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//").replaceFirst(":[^:/@]*/[^@]*@", ":@");
    }

    @Override
    public String toString()
    {
        return label;
    }
}
