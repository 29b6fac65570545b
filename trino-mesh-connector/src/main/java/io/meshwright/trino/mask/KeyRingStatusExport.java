package io.meshwright.trino.mask;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * Shows a {@link KeyRingStatus} in JMX until closed, or until a catalog that is opened later under the same name takes its place: catalogs may
 * be dropped and created again while the dropped one still ends, and several nodes may live in one process.
 */
public final class KeyRingStatusExport
        implements AutoCloseable
{
    // is its own lock
    private static final Map<ObjectName, KeyRingStatusExport> SHOWN = new HashMap<>();

    private final MBeanServer server;
    private final ObjectName name;

    public KeyRingStatusExport(String catalogName, KeyRingStatus status)
    {
        requireNonNull(status, "status is null");
        server = ManagementFactory.getPlatformMBeanServer();
        try {
            name = new ObjectName("io.meshwright.trino:type=KeyRing,name=" + (catalogName.matches("[\\w.-]+") ? catalogName : ObjectName.quote(catalogName)));
            synchronized (SHOWN) {
                if (SHOWN.put(name, this) != null) {
                    server.unregisterMBean(name);
                }
                server.registerMBean(new StandardMBean(status, KeyRingStatus.class), name);
            }
        }
        catch (JMException e) {
            throw new IllegalStateException("The status of the key ring cannot be shown in JMX", e);
        }
    }

    @Override
    public void close()
    {
        synchronized (SHOWN) {
            if (!SHOWN.remove(name, this)) {
                return;
            }
            try {
                server.unregisterMBean(name);
            }
            catch (JMException e) {
                throw new IllegalStateException("The status of the key ring cannot be taken out of JMX", e);
            }
        }
    }
}
