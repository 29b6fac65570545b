package io.meshwright.spark.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes read from data files within this JVM, by the name of a counter. Spark's own task metrics know of Hadoop's file systems only.
 */
final class ReadCounter
{
    private static final Map<String, AtomicLong> COUNTERS = new ConcurrentHashMap<>();

    private ReadCounter() {}

    static void add(String name, long bytes)
    {
        COUNTERS.computeIfAbsent(name, key -> new AtomicLong()).addAndGet(bytes);
    }

    static long get(String name)
    {
        AtomicLong counter = COUNTERS.get(name);
        return counter == null ? 0 : counter.get();
    }

    static void remove(String name)
    {
        COUNTERS.remove(name);
    }
}
