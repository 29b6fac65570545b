package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.fingerprint.LegacyDialect;
import io.meshwright.model.fingerprint.PostgreSqlDialect;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The databases that a legacy table can be in, as far as their drivers differ.
 */
enum LegacyDatabase
{
    POSTGRESQL("PostgreSQL", "jdbc:postgresql:", new PostgreSqlDialect()) {
        @Override
        Map<String, String> properties(Duration statementTimeout, int connectSeconds)
        {
            return ImmutableMap.<String, String>builder()
                    .put("connectTimeout", String.valueOf(connectSeconds))
                    .put("loginTimeout", String.valueOf(connectSeconds))
                    .put("socketTimeout", String.valueOf(statementTimeout.toSeconds() + connectSeconds))
                    .put("tcpKeepAlive", "true")
                    .put("readOnly", "true")
                    .put("ApplicationName", APPLICATION)
                    .buildOrThrow();
        }
    };

    /**
     * The name that the administrators of the database see.
     */
    static final String APPLICATION = "meshwright reconcile";

    private final String label;
    private final String prefix;
    private final LegacyDialect dialect;

    LegacyDatabase(String label, String prefix, LegacyDialect dialect)
    {
        this.label = requireNonNull(label, "label is null");
        this.prefix = requireNonNull(prefix, "prefix is null");
        this.dialect = requireNonNull(dialect, "dialect is null");
    }

    static Optional<LegacyDatabase> ofUrl(String url)
    {
        return Arrays.stream(values()).filter(database -> url.startsWith(database.prefix)).findFirst();
    }

    String label()
    {
        return label;
    }

    LegacyDialect dialect()
    {
        return dialect;
    }

    /**
     * Of the driver.
     */
    abstract Map<String, String> properties(Duration statementTimeout, int connectSeconds);
}
