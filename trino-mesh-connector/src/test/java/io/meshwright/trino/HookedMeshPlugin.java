package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.spi.Node;
import io.trino.spi.Plugin;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorPageSourceProviderFactory;
import io.trino.spi.connector.ConnectorSession;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * The connector {@code hooked_mesh}: the real one with a key ring for each node, and a hook before each split is opened.
 */
final class HookedMeshPlugin
        implements Plugin
{
    private final Function<Node, Path> keyFile;
    private final Consumer<ConnectorSession> beforeSplit;

    HookedMeshPlugin(Function<Node, Path> keyFile, Consumer<ConnectorSession> beforeSplit)
    {
        this.keyFile = requireNonNull(keyFile, "keyFile is null");
        this.beforeSplit = requireNonNull(beforeSplit, "beforeSplit is null");
    }

    @Override
    public Iterable<ConnectorFactory> getConnectorFactories()
    {
        return ImmutableList.of(new ConnectorFactory()
        {
            @Override
            public String getName()
            {
                return "hooked_mesh";
            }

            @Override
            public Connector create(String catalogName, Map<String, String> config, ConnectorContext context)
            {
                Map<String, String> properties = ImmutableMap.<String, String>builder()
                        .putAll(config)
                        .put("mesh.token.key-file", keyFile.apply(context.getCurrentNode()).toString())
                        .buildKeepingLast();
                return hooked(new MeshConnectorFactory().create(catalogName, properties, context));
            }
        });
    }

    private Connector hooked(Connector connector)
    {
        return proxy(Connector.class, connector, "getPageSourceProviderFactory", _ -> {
            ConnectorPageSourceProviderFactory factory = connector.getPageSourceProviderFactory();
            return (ConnectorPageSourceProviderFactory) () -> {
                ConnectorPageSourceProvider provider = factory.createPageSourceProvider();
                return proxy(ConnectorPageSourceProvider.class, provider, "", _ -> null);
            };
        });
    }

    private <T> T proxy(Class<T> type, T delegate, String replaced, Function<Object[], Object> replacement)
    {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            if (method.getName().equals(replaced)) {
                return replacement.apply(arguments);
            }
            if (method.getName().equals("createPageSource")) {
                Arrays.stream(arguments)
                        .filter(ConnectorSession.class::isInstance)
                        .map(ConnectorSession.class::cast)
                        .forEach(beforeSplit);
            }
            try {
                return method.invoke(delegate, arguments);
            }
            catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
