package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.spi.Plugin;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorFactory;
import org.intellij.lang.annotations.Language;

import java.util.Map;

/**
 * The connector as it is shipped, except for the values of its masks.
 */
class TestMeshConnectorTest
        extends BaseMeshConnectorTest
{
    private static final Map<String, String> DENIALS = ImmutableMap.<String, String>builder()
            .put("This connector does not support adding columns", changeDenied("alter"))
            .put("This connector does not support dropping columns", changeDenied("alter"))
            .put("This connector does not support renaming columns", changeDenied("alter"))
            .put("This connector does not support setting column types", changeDenied("alter"))
            .put("This connector does not support setting column comments", changeDenied("comment on"))
            .put("This connector does not support setting table comments", changeDenied("comment on"))
            .put("This connector does not support inserts", changeDenied("insert into"))
            .put("This connector does not support truncating tables", changeDenied("truncate"))
            .put("This connector does not support creating tables", creationDenied("table"))
            .put("This connector does not support creating tables with data", creationDenied("table"))
            .put("This connector does not support creating views", creationDenied("view"))
            .put("This connector does not support creating materialized views", creationDenied("materialized view"))
            .put("This connector does not support creating schemas", "Access Denied: \\[MESH-TRINO-008] Cannot create schema .* run: mesh product apply")
            .put("This connector does not support creating functions", "Access Denied: Cannot create function tpch\\..*")
            .put("This connector does not support renaming schemas", "Access Denied: \\[MESH-TRINO-008] Cannot rename schema tpch: it is a domain of registered data products")
            .buildOrThrow();

    TestMeshConnectorTest()
    {
        super("identity_mesh", IdentityMeshPlugin::new);
    }

    /**
     * The access control speaks before the metadata, and says what to do instead.
     */
    @Override
    protected void assertQueryFails(@Language("SQL") String sql, @Language("RegExp") String expectedMessageRegExp)
    {
        super.assertQueryFails(sql, DENIALS.getOrDefault(expectedMessageRegExp, expectedMessageRegExp));
    }

    private record IdentityMeshPlugin(MeshConnectorFactory delegate)
            implements Plugin, ConnectorFactory
    {
        @Override
        public Iterable<ConnectorFactory> getConnectorFactories()
        {
            return ImmutableList.of(this);
        }

        @Override
        public String getName()
        {
            return "identity_mesh";
        }

        @Override
        public Connector create(String catalogName, Map<String, String> config, ConnectorContext context)
        {
            return delegate.create(catalogName, config, context);
        }
    }

    private static String changeDenied(String action)
    {
        return "Access Denied: \\[MESH-TRINO-008] Cannot %s tpch\\.(nation|orders): an address is for reading\\. .* ask tpch@shop.example\\.".formatted(action);
    }

    private static String creationDenied(String kind)
    {
        return "Access Denied: \\[MESH-TRINO-008] Cannot create %s tpch\\..* run: mesh product apply".formatted(kind);
    }
}
