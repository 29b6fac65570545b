package io.meshwright.legacy.postgresql;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import io.opentelemetry.api.OpenTelemetry;
import io.trino.plugin.base.security.ReadOnlyAccessControl;
import io.trino.plugin.jdbc.BaseJdbcConfig;
import io.trino.plugin.jdbc.ConnectionFactory;
import io.trino.plugin.jdbc.DriverConnectionFactory;
import io.trino.plugin.jdbc.ForBaseJdbc;
import io.trino.plugin.jdbc.JdbcClient;
import io.trino.plugin.jdbc.credential.CredentialProvider;
import io.trino.spi.connector.ConnectorAccessControl;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

import java.util.Properties;

import static com.google.inject.multibindings.OptionalBinder.newOptionalBinder;

class LegacyPostgreSqlModule
        implements Module
{
    @Override
    public void configure(Binder binder)
    {
        binder.bind(JdbcClient.class).annotatedWith(ForBaseJdbc.class).to(LegacyPostgreSqlClient.class).in(Scopes.SINGLETON);
        // also refuses the procedure by which statements of any kind could be handed to the database
        newOptionalBinder(binder, ConnectorAccessControl.class).setBinding().to(ReadOnlyAccessControl.class).in(Scopes.SINGLETON);
    }

    @Provides
    @Singleton
    @ForBaseJdbc
    static ConnectionFactory connectionFactory(BaseJdbcConfig config, CredentialProvider credentials, OpenTelemetry openTelemetry)
    {
        Properties properties = new Properties();
        properties.setProperty(PGProperty.READ_ONLY.getName(), "true");
        // the database itself refuses a write, in a transaction or not
        properties.setProperty(PGProperty.READ_ONLY_MODE.getName(), "always");
        properties.setProperty(PGProperty.APPLICATION_NAME.getName(), "Meshwright legacy catalog");
        return DriverConnectionFactory.builder(new Driver(), config.getConnectionUrl(), credentials)
                .setConnectionProperties(properties)
                .setOpenTelemetry(openTelemetry)
                .build();
    }
}
