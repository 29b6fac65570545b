package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.model.fingerprint.LegacyDialect;
import io.meshwright.model.fingerprint.MySqlDialect;
import io.meshwright.model.fingerprint.PostgreSqlDialect;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The databases that a legacy table can be in, as far as their drivers differ.
 */
enum LegacyDatabase
{
    POSTGRESQL("PostgreSQL", "jdbc:postgresql:") {
        @Override
        LegacyDialect dialect(String product)
        {
            return new PostgreSqlDialect();
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
    },
    /**
     * Both by MariaDB's driver, which tells which of the two answers.
     */
    MARIADB("MariaDB or MySQL", "jdbc:mariadb:", "jdbc:mysql:") {
        @Override
        LegacyDialect dialect(String product)
        {
            return new MySqlDialect(product.equalsIgnoreCase("mariadb") ? MySqlDialect.Product.MARIADB : MySqlDialect.Product.MYSQL);
        }

        @Override
        Map<String, String> properties(Duration statementTimeout, int connectSeconds)
        {
            return ImmutableMap.<String, String>builder()
                    .put("connectTimeout", String.valueOf(Duration.ofSeconds(connectSeconds).toMillis()))
                    .put("socketTimeout", String.valueOf(statementTimeout.plusSeconds(connectSeconds).toMillis()))
                    .put("tcpKeepAlive", "true")
                    // a server may ask the driver for any file that the process can read
                    .put("allowLocalInfile", "false")
                    .put("connectionAttributes", "program_name:" + APPLICATION)
                    .buildOrThrow();
        }

        @Override
        String driverUrl(String url)
        {
            // the driver takes the other scheme for MySQL's own driver's
            return url.replaceFirst("^jdbc:mysql:", "jdbc:mariadb:");
        }
    };

    /**
     * The name that the administrators of the database see.
     */
    static final String APPLICATION = "meshwright reconcile";

    /**
     * Databases whose SQL is written, but which no test can run.
     */
    private static final Map<String, String> NOT_EXECUTED = ImmutableMap.of(
            "jdbc:redshift:", "Redshift",
            "jdbc:snowflake:", "Snowflake",
            "jdbc:oracle:", "Oracle",
            "jdbc:sqlserver:", "SQL Server");

    private final String label;
    private final List<String> prefixes;

    LegacyDatabase(String label, String... prefixes)
    {
        this.label = requireNonNull(label, "label is null");
        this.prefixes = ImmutableList.copyOf(prefixes);
    }

    static Optional<LegacyDatabase> ofUrl(String url)
    {
        return Arrays.stream(values()).filter(database -> database.prefixes.stream().anyMatch(url::startsWith)).findFirst();
    }

    /**
     * The name of a database whose SQL has never been sent to a server, and so is sent to none.
     */
    static Optional<String> notExecuted(String url)
    {
        return NOT_EXECUTED.entrySet().stream().filter(entry -> url.startsWith(entry.getKey())).map(Map.Entry::getValue).findFirst();
    }

    String label()
    {
        return label;
    }

    /**
     * @param product as the server tells it to JDBC
     */
    abstract LegacyDialect dialect(String product);

    /**
     * Of the driver.
     */
    abstract Map<String, String> properties(Duration statementTimeout, int connectSeconds);

    /**
     * The URL as the driver takes it.
     */
    String driverUrl(String url)
    {
        return url;
    }
}
