package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import io.trino.spi.eventlistener.EventListenerFactory;

/**
 * The plugin without its event listener, because Trino's test server starts every listener of a plugin, and without properties.
 */
class TestingMeshPlugin
        extends MeshPlugin
{
    @Override
    public Iterable<EventListenerFactory> getEventListenerFactories()
    {
        return ImmutableList.of();
    }
}
