package io.meshwright.trino.registry;

import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.security.ConnectorIdentity;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.type.TimeZoneKey;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import static io.trino.spi.type.TimeZoneKey.UTC_KEY;

/**
 * The session in which the connector reads the registry for itself: nobody's identity, every property at its default.
 */
final class RegistrySession
        implements ConnectorSession
{
    private static final String USER = "meshwright-registry";
    private static final AtomicLong NEXT_READ = new AtomicLong();

    private final String queryId = "mesh_registry_" + NEXT_READ.incrementAndGet();
    private final Instant start = Instant.now();
    private final Map<String, Object> properties;

    RegistrySession(List<PropertyMetadata<?>> properties)
    {
        // not an immutable map: a default may be null
        this.properties = new HashMap<>();
        properties.forEach(property -> this.properties.put(property.getName(), property.getDefaultValue()));
    }

    @Override
    public String getQueryId()
    {
        return queryId;
    }

    @Override
    public Optional<String> getSource()
    {
        return Optional.of("meshwright");
    }

    @Override
    public ConnectorIdentity getIdentity()
    {
        return ConnectorIdentity.ofUser(USER);
    }

    @Override
    public TimeZoneKey getTimeZoneKey()
    {
        return UTC_KEY;
    }

    @Override
    public Locale getLocale()
    {
        return Locale.ENGLISH;
    }

    @Override
    public Optional<String> getTraceToken()
    {
        return Optional.empty();
    }

    @Override
    public Instant getStart()
    {
        return start;
    }

    @Override
    public <T> T getProperty(String name, Class<T> type)
    {
        if (!properties.containsKey(name)) {
            throw new IllegalArgumentException("Unknown session property: " + name);
        }
        return type.cast(properties.get(name));
    }
}
