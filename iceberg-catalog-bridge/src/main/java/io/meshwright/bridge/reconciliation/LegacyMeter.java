package io.meshwright.bridge.reconciliation;

import io.meshwright.model.reconciliation.ReconciliationReport.Cost;

import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * What a run costs the legacy database, over all of its connections. Not safe for use by several threads.
 */
public final class LegacyMeter
{
    private long nanos;
    private int statements;
    private long bytes;

    void statement()
    {
        statements++;
    }

    void time(long nanos)
    {
        this.nanos += nanos;
    }

    void received(long bytes)
    {
        this.bytes += bytes;
    }

    /**
     * With the bytes of the values that were received, without those of the protocol.
     */
    public Cost cost()
    {
        return new Cost(BigDecimal.valueOf(nanos / 1_000_000, 3), statements, OptionalLong.of(bytes));
    }
}
