package io.meshwright.bridge.migration;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * Somebody who reads a table.
 *
 * @param name the user, or in words who it must be
 * @param source where that was seen
 * @param lastRead the last read, or the latest time at which it can have been
 * @param reads how many, where they are counted
 */
public record Reader(String name, String source, Instant lastRead, long reads)
{
    public Reader
    {
        requireNonNull(name, "name is null");
        requireNonNull(source, "source is null");
        requireNonNull(lastRead, "lastRead is null");
    }

    Reader plus(Reader other)
    {
        return new Reader(name, source, lastRead.isAfter(other.lastRead) ? lastRead : other.lastRead, reads + other.reads);
    }
}
