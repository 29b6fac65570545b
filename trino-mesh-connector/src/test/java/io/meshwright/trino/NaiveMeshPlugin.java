package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.meshwright.trino.snapshot.ReaderChoices;
import io.trino.plugin.base.security.ReadOnlyAccessControl;
import io.trino.plugin.iceberg.IcebergConnectorFactory;
import io.trino.spi.Plugin;
import io.trino.spi.connector.ColumnSchema;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSecurityContext;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.ViewExpression;
import io.trino.spi.type.Type;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody would write in an afternoon, for the proof that the leak suite finds what is wrong with it: connector
 * {@code bare}, Iceberg for reading only, and connector {@code by_name}, the same with the engine's column masks by the
 * names of columns, and {@code told}, where products tell about themselves without any mask.
 */
final class NaiveMeshPlugin
        implements Plugin
{
    private static final String CLEARED = "carl";

    private static final Map<String, String> MASKS = ImmutableMap.<String, String>builder()
            .put("email", token("email"))
            .put("customer_id", token("customer_id"))
            .put("card_no", "from_big_endian_64(xxhash64(to_utf8(CAST(card_no AS varchar))))")
            .put("pin", "CAST(bitwise_and(from_big_endian_64(xxhash64(to_utf8(CAST(pin AS varchar)))), 2147483647) AS integer)")
            .put("born", "date_trunc('year', born)")
            .put("seen", "date_trunc('year', seen)")
            .put("note", "IF(note IS NOT NULL, '[redacted]')")
            .put("phone", "IF(phone IS NOT NULL, '****')")
            .buildOrThrow();

    private static String token(String column)
    {
        return "substr(lower(to_base32(sha256(to_utf8('mesh' || %1$s)))), 1, 26)".formatted(column);
    }

    @Override
    public Iterable<ConnectorFactory> getConnectorFactories()
    {
        return ImmutableList.of(
                new NaiveFactory("bare", new ReadOnlyAccessControl()),
                new NaiveFactory("by_name", new MasksByName()),
                new NaiveFactory("told", new ReadOnlyAccessControl()));
    }

    private record NaiveFactory(String name, ConnectorAccessControl accessControl)
            implements ConnectorFactory
    {
        @Override
        public String getName()
        {
            return name;
        }

        @Override
        public Connector create(String catalogName, Map<String, String> config, ConnectorContext context)
        {
            Connector iceberg = new IcebergConnectorFactory().create(catalogName, Maps.filterKeys(config, key -> !key.startsWith("mesh.")), context);
            return (Connector) Proxy.newProxyInstance(NaiveMeshPlugin.class.getClassLoader(), new Class<?>[] {Connector.class}, (_, method, arguments) -> {
                if (method.getName().equals("getAccessControl")) {
                    return accessControl;
                }
                try {
                    Object answer = method.invoke(iceberg, arguments);
                    if (!name.equals("told")) {
                        return answer;
                    }
                    return switch (method.getName()) {
                        case "getMetadata" -> NaiveControlPort.over((ConnectorMetadata) answer);
                        case "getSessionProperties" -> ImmutableList.builder().addAll((List<?>) answer).addAll(ReaderChoices.PROPERTIES).build();
                        default -> answer;
                    };
                }
                catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        }
    }

    private static final class MasksByName
            extends ReadOnlyAccessControl
    {
        @Override
        public Map<ColumnSchema, ViewExpression> getColumnMasks(ConnectorSecurityContext context, SchemaTableName tableName, List<ColumnSchema> columns)
        {
            if (context.getIdentity().getUser().equals(CLEARED)) {
                return ImmutableMap.of();
            }
            ImmutableMap.Builder<ColumnSchema, ViewExpression> masks = ImmutableMap.builder();
            for (ColumnSchema column : columns) {
                expression(column.getName(), column.getType())
                        .ifPresent(expression -> masks.put(column, ViewExpression.builder().identity("mask").expression(expression).build()));
            }
            return masks.buildOrThrow();
        }

        private static Optional<String> expression(String columnName, Type type)
        {
            if (MASKS.containsKey(columnName)) {
                return Optional.of(MASKS.get(columnName));
            }
            return switch (columnName) {
                case "died", "met", "salary", "score", "ratio", "vip", "photo", "nick", "secret", "contacts", "aliases", "items", "by_key", "by_value", "late", "internal_note" -> Optional.of("CAST(NULL AS %s)".formatted(type.getDisplayName()));
                case "address" -> Optional.of(type.getDisplayName().contains("geo")
                        ? "IF(address IS NOT NULL, CAST(ROW(address.city, %s, ROW(NULL, address.geo.area)) AS %s))".formatted(token("address.street"), type.getDisplayName())
                        : "IF(address IS NOT NULL, CAST(ROW(address.city, %s) AS %s))".formatted(token("address.street"), type.getDisplayName()));
                default -> Optional.empty();
            };
        }
    }
}
