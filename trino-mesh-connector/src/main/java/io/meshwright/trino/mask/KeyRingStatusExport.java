package io.meshwright.trino.mask;

import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

import java.lang.management.ManagementFactory;

import static java.util.Objects.requireNonNull;

/**
 * Shows a {@link KeyRingStatus} in JMX until closed.
 */
public final class KeyRingStatusExport
        implements AutoCloseable
{
    private final MBeanServer server;
    private final ObjectName name;

    public KeyRingStatusExport(String catalogName, KeyRingStatus status)
    {
        requireNonNull(status, "status is null");
        server = ManagementFactory.getPlatformMBeanServer();
        try {
            name = new ObjectName("io.meshwright.trino:type=KeyRing,name=" + (catalogName.matches("[\\w.-]+") ? catalogName : ObjectName.quote(catalogName)));
            close();
            server.registerMBean(new StandardMBean(status, KeyRingStatus.class), name);
        }
        catch (JMException e) {
            throw new IllegalStateException("The status of the key ring cannot be shown in JMX", e);
        }
    }

    @Override
    public void close()
    {
        try {
            server.unregisterMBean(name);
        }
        catch (InstanceNotFoundException e) {
            // another catalog of this name has already taken its place
        }
        catch (JMException e) {
            throw new IllegalStateException("The status of the key ring cannot be taken out of JMX", e);
        }
    }
}
