package io.meshwright.trino.mask;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.MoreCollectors.onlyElement;
import static org.assertj.core.api.Assertions.assertThat;

class TestKeyRingStatusExport
{
    private record Status(int getCurrentVersion, String getVersions, String getProblem)
            implements KeyRingStatus {}

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Test
    void testTheLatestIsShown()
            throws JMException
    {
        ObjectName name = name("recreated");
        KeyRingStatusExport dropped = new KeyRingStatusExport("recreated", status(1));
        KeyRingStatusExport created = new KeyRingStatusExport("recreated", status(2));
        assertThat(server.getAttribute(name, "CurrentVersion")).isEqualTo(2);

        dropped.close();
        assertThat(server.getAttribute(name, "CurrentVersion")).as("the dropped catalog leaves the other alone").isEqualTo(2);
        created.close();
        assertThat(server.isRegistered(name)).isFalse();
        created.close();
    }

    @Test
    void testNamesThatJmxQuotes()
            throws JMException
    {
        try (KeyRingStatusExport _ = new KeyRingStatusExport("a,b=c", status(7))) {
            ObjectName name = new ObjectName("io.meshwright.trino:type=KeyRing,name=" + ObjectName.quote("a,b=c"));
            assertThat(server.getAttribute(name, "CurrentVersion")).isEqualTo(7);
        }
    }

    @Test
    void testManyAtOnce()
            throws Exception
    {
        List<KeyRingStatusExport> exports = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
            List<Callable<KeyRingStatusExport>> calls = IntStream.range(0, 200)
                    .<Callable<KeyRingStatusExport>>mapToObj(number -> () -> new KeyRingStatusExport("busy", status(number)))
                    .collect(toImmutableList());
            for (Future<KeyRingStatusExport> export : ImmutableList.copyOf(executor.invokeAll(calls))) {
                exports.add(export.get());
            }
        }
        assertThat(server.isRegistered(name("busy"))).isTrue();
        exports.forEach(KeyRingStatusExport::close);
        assertThat(server.isRegistered(name("busy"))).isFalse();
    }

    /**
     * Trino's JMX connector names tables and columns by beans and their attributes, in lower case.
     */
    @Test
    void testTheBeanHasWhatThePageAsksFor()
            throws Exception
    {
        Matcher statement = Pattern.compile("\nSELECT node, (?<attributes>.+) FROM jmx\\.current\\.\"(?<bean>.+)\"\n").matcher(Files.readString(Path.of("../docs/connector.md")));
        assertThat(statement.find()).isTrue();
        try (KeyRingStatusExport _ = new KeyRingStatusExport("mesh", status(1))) {
            ObjectName bean = server.queryNames(new ObjectName("io.meshwright*:*"), null).stream()
                    .filter(name -> name.getCanonicalName().toLowerCase(Locale.ROOT).equals(statement.group("bean")))
                    .collect(onlyElement());
            assertThat(server.getMBeanInfo(bean).getAttributes())
                    .extracting(attribute -> attribute.getName().toLowerCase(Locale.ROOT))
                    .containsExactlyInAnyOrder(statement.group("attributes").split(", "));
        }
    }

    private static Status status(int version)
    {
        return new Status(version, version + " (check value 0)", "");
    }

    private static ObjectName name(String catalog)
            throws JMException
    {
        return new ObjectName("io.meshwright.trino:type=KeyRing,name=" + catalog);
    }
}
