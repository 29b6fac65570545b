package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How a session with a legacy database is opened, so that it changes nothing, holds nobody up and sees one state of all rows.
 */
enum LegacyDatabase
{
    POSTGRESQL("PostgreSQL", ImmutableList.of("jdbc:postgresql:")) {
        @Override
        List<String> begin(long timeoutMillis)
        {
            return ImmutableList.of("SET LOCAL statement_timeout = " + timeoutMillis, "SET LOCAL TIME ZONE 'UTC'", "SET LOCAL extra_float_digits = 3");
        }

        @Override
        String timestamp()
        {
            return "SELECT CAST(extract(epoch FROM transaction_timestamp()) * 1000 AS bigint)";
        }

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
    private final List<String> prefixes;

    LegacyDatabase(String label, List<String> prefixes)
    {
        this.label = requireNonNull(label, "label is null");
        this.prefixes = ImmutableList.copyOf(prefixes);
    }

    static Optional<LegacyDatabase> ofUrl(String url)
    {
        for (LegacyDatabase database : values()) {
            if (database.prefixes.stream().anyMatch(url::startsWith)) {
                return Optional.of(database);
            }
        }
        return Optional.empty();
    }

    String label()
    {
        return label;
    }

    /**
     * What is sent first, in the transaction.
     */
    abstract List<String> begin(long timeoutMillis);

    /**
     * When the transaction began, in milliseconds since 1970.
     */
    abstract String timestamp();

    /**
     * Of the driver.
     */
    abstract Map<String, String> properties(Duration statementTimeout, int connectSeconds);
}
