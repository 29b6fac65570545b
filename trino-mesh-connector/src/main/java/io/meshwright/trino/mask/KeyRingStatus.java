package io.meshwright.trino.mask;

/**
 * What JMX shows of a node's key ring. With Trino's JMX connector one query compares all nodes.
 */
public interface KeyRingStatus
{
    /**
     * The version that queries mask with when this node is their coordinator.
     */
    int getCurrentVersion();

    /**
     * Every version with its check value; nodes that mask alike show the same.
     */
    String getVersions();

    /**
     * Why the file cannot be used as it is now, so that the node goes on with the last ring it read; empty when it can.
     */
    String getProblem();
}
