package io.meshwright.trino;

import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorSplitManager;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static com.google.common.io.Resources.getResource;
import static com.google.common.io.Resources.readLines;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every method of the interfaces through which Trino asks for data is classified by a person: overridden here (forwarded with
 * masks, or our own answer), or left at a default that was read and found closed. A new Trino that adds one fails this test.
 */
class TestSpiClassification
{
    @Test
    void testConnector()
    {
        assertClassified(Connector.class, MeshConnector.class, "connector");
    }

    @Test
    void testMetadata()
    {
        assertClassified(ConnectorMetadata.class, MeshMetadata.class, "metadata");
    }

    @Test
    void testAccessControl()
    {
        assertClassified(ConnectorAccessControl.class, MeshAccessControl.class, "access-control");
    }

    @Test
    void testReading()
    {
        assertClassified(ConnectorSplitManager.class, MeshSplitManager.class, "split-manager");
        assertClassified(ConnectorPageSourceProvider.class, MeshPageSourceProvider.class, "page-source-provider");
    }

    private static void assertClassified(Class<?> spi, Class<?> implementation, String list)
    {
        Set<String> overridden = Arrays.stream(implementation.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
                .map(TestSpiClassification::signature)
                .collect(toImmutableSet());
        Set<String> defaults = readList(list);
        Set<String> methods = Arrays.stream(spi.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(TestSpiClassification::signature)
                .collect(toImmutableSet());

        Set<String> unclassified = new HashSet<>(methods);
        unclassified.removeAll(overridden);
        unclassified.removeAll(defaults);
        assertThat(unclassified).as("methods of %s that nobody has classified", spi.getSimpleName()).isEmpty();
        assertThat(defaults).as("methods left at their default").isSubsetOf(methods).doesNotContainAnyElementsOf(overridden);
    }

    private static Set<String> readList(String name)
    {
        try {
            return readLines(getResource(TestSpiClassification.class, "defaults-" + name + ".txt"), UTF_8).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(toImmutableSet());
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String signature(Method method)
    {
        return method.getName() + Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(joining(", ", "(", ")"));
    }
}
