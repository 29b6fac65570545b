package io.meshwright.bridge.sla;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.table.RowTable;

import java.util.List;
import java.util.function.Consumer;

/**
 * The record of probes. Thread-safe.
 */
public final class ProbeTable
{
    private final RowTable<ProbeRow> table;

    public ProbeTable(MeshCatalog catalog)
    {
        table = new RowTable<>(catalog, ProbeRow.TABLE, ProbeRow.SCHEMA);
    }

    /**
     * Adds the probes of one run, in one commit.
     */
    public void record(List<ProbeRow> probes)
    {
        table.append(probes);
    }

    /**
     * Hands over all probes, one after the other, without keeping them.
     */
    public void forEach(Consumer<ProbeRow> action)
    {
        table.forEach(action);
    }
}
