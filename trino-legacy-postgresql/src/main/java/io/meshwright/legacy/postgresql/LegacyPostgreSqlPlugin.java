package io.meshwright.legacy.postgresql;

import io.trino.plugin.jdbc.JdbcPlugin;

/**
 * Shows a PostgreSQL database as a catalog that can only be read.
 */
public class LegacyPostgreSqlPlugin
        extends JdbcPlugin
{
    public static final String CONNECTOR_NAME = "legacy_postgresql";

    public LegacyPostgreSqlPlugin()
    {
        super(CONNECTOR_NAME, LegacyPostgreSqlModule::new);
    }
}
