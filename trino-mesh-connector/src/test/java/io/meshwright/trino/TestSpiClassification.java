package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.meshwright.trino.mask.FilteredDynamicFilter;
import io.meshwright.trino.mask.MaskedSourcePage;
import io.meshwright.trino.registry.RegistryAwareContext;
import io.trino.spi.Plugin;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.DynamicFilter;
import io.trino.spi.connector.SourcePage;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static com.google.common.collect.Sets.difference;
import static com.google.common.io.Resources.readLines;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every method of the interfaces through which Trino reaches this connector is classified by a person: forwarded to Iceberg
 * with masks, our own answer, refused in our own words ({@code overridden-*.txt}), or left at a default that was read and
 * found closed ({@code defaults-*.txt}). A new Trino that adds one fails this test, and so does whoever overrides one.
 */
class TestSpiClassification
{
    private static final Set<String> OVERRIDDEN = ImmutableSet.of(
            "# Forwarded to Iceberg, with masks and without names.",
            "# Forwarded to the engine.",
            "# Our own answer.",
            "# Refused in our own words.");
    private static final Set<String> DEFAULTS = ImmutableSet.of(
            "# Left at a default that throws or denies.",
            "# Left at a default that answers with nothing, or that only calls methods of these lists.");

    @Test
    void testPlugin()
    {
        assertClassified(Plugin.class, MeshPlugin.class, "plugin");
        assertClassified(ConnectorContext.class, RegistryAwareContext.class, "connector-context");
    }

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
        assertClassified(ConnectorSplitSource.class, MeshSplitSource.class, "split-source");
        assertClassified(ConnectorPageSourceProvider.class, MeshPageSourceProvider.class, "page-source-provider");
        assertClassified(ConnectorPageSource.class, MeshPageSource.class, "page-source");
        assertClassified(SourcePage.class, GuardedSourcePage.class, "guarded-source-page");
        assertClassified(SourcePage.class, MaskedSourcePage.class, "masked-source-page");
        assertClassified(DynamicFilter.class, FilteredDynamicFilter.class, "dynamic-filter");
    }

    /**
     * What the engine only stores and sends has nothing that could be called.
     */
    @Test
    void testHandles()
    {
        assertThat(ConnectorTableHandle.class.getMethods()).isEmpty();
        assertThat(Arrays.stream(ColumnHandle.class.getMethods()).map(TestSpiClassification::signature)).containsExactlyInAnyOrder("equals(Object)", "hashCode()");
    }

    private static void assertClassified(Class<?> spi, Class<?> implementation, String list)
    {
        Set<String> methods = Arrays.stream(spi.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(TestSpiClassification::signature)
                .collect(toImmutableSet());
        Set<String> overridden = Arrays.stream(implementation.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
                .map(TestSpiClassification::signature)
                .filter(methods::contains)
                .collect(toImmutableSet());

        assertThat(readList("overridden-" + list, OVERRIDDEN)).as("overridden methods of %s", implementation.getSimpleName()).containsExactlyInAnyOrderElementsOf(overridden);
        assertThat(readList("defaults-" + list, DEFAULTS)).as("methods of %s left at their default", implementation.getSimpleName()).containsExactlyInAnyOrderElementsOf(difference(methods, overridden));
    }

    /**
     * @return the methods below known headings; none when there is no such list
     */
    private static List<String> readList(String name, Set<String> headings)
    {
        URL resource = TestSpiClassification.class.getResource(name + ".txt");
        if (resource == null) {
            return ImmutableList.of();
        }
        try {
            List<String> lines = readLines(resource, UTF_8).stream()
                    .filter(line -> !line.isBlank())
                    .collect(toImmutableList());
            assertThat(lines.getFirst()).as("%s begins with a heading", name).startsWith("#");
            assertThat(lines.stream().filter(line -> line.startsWith("#"))).isSubsetOf(headings);
            return lines.stream()
                    .filter(line -> !line.startsWith("#"))
                    .collect(toImmutableList());
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
