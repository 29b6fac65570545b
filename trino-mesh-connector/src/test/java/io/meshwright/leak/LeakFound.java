package io.meshwright.leak;

/**
 * A canary came back.
 */
final class LeakFound
        extends RuntimeException
{
    LeakFound(String sql, String where, String found)
    {
        super("LEAK by %s%n  in the %s: %s".formatted(sql, where, found));
    }
}
