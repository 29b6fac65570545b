package io.meshwright.trino.snapshot;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.airlift.units.Duration;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.session.PropertyMetadata;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static io.trino.plugin.base.session.PropertyMetadataUtil.durationProperty;
import static io.trino.spi.session.PropertyMetadata.booleanProperty;
import static io.trino.spi.session.PropertyMetadata.enumProperty;

/**
 * The session properties by which a reader chooses the risk. Everybody may set them: they only ever refuse more, or give
 * data that was tested.
 */
public final class ReaderChoices
{
    private static final String ON_STALE = "on_stale";
    private static final String MAX_AGE = "max_age";
    private static final String ALLOW_DEPRECATED = "allow_deprecated";

    /**
     * What to do with a product whose data is older than it promises.
     */
    public enum OnStale
    {
        IGNORE,
        FAIL,
        LAST_VERIFIED,
    }

    public static final Set<String> NAMES = ImmutableSet.of(ON_STALE, MAX_AGE, ALLOW_DEPRECATED);

    public static final List<PropertyMetadata<?>> PROPERTIES = ImmutableList.of(
            enumProperty(
                    ON_STALE,
                    "What a product does whose data is older than it promises, or of unknown age: IGNORE, FAIL, or LAST_VERIFIED for the last snapshot that passed its contract",
                    OnStale.class,
                    OnStale.IGNORE,
                    false),
            durationProperty(MAX_AGE, "The greatest age of data that is read, whatever products promise; data of unknown age is refused", null, false),
            booleanProperty(ALLOW_DEPRECATED, "Whether versions may be read whose end is published", true, false));

    private ReaderChoices() {}

    public static OnStale onStale(ConnectorSession session)
    {
        return session.getProperty(ON_STALE, OnStale.class);
    }

    public static Optional<java.time.Duration> maxAge(ConnectorSession session)
    {
        return Optional.ofNullable(session.getProperty(MAX_AGE, Duration.class))
                .map(age -> java.time.Duration.ofNanos(age.roundTo(TimeUnit.NANOSECONDS)));
    }

    public static boolean allowsDeprecated(ConnectorSession session)
    {
        return session.getProperty(ALLOW_DEPRECATED, Boolean.class);
    }
}
