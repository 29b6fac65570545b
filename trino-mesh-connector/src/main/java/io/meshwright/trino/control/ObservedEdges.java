package io.meshwright.trino.control;

import com.google.common.base.Ticker;
import io.airlift.units.Duration;
import io.meshwright.bridge.table.Row;
import io.meshwright.bridge.usage.LineageColumn;
import io.meshwright.bridge.usage.LineageRow;
import io.meshwright.trino.control.Edge.LastQuery;
import io.meshwright.trino.registry.RegistryDigest;
import io.meshwright.trino.registry.RegistryTables;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The edges that queries made, in memory: one entry for each pair of columns, whatever the number of queries.
 */
final class ObservedEdges
{
    /**
     * @param sourceColumn empty where the columns are not known
     * @param targetColumn empty also where the source's column only decided what was written
     */
    record Flow(
            String source,
            String sourceKind,
            Optional<String> sourceColumn,
            String target,
            String targetKind,
            Optional<String> targetColumn,
            boolean indirect,
            Optional<Boolean> masked,
            String statement) {}

    private final RegistryDigest<Flow, LastQuery> flows;

    ObservedEdges(RegistryTables tables, Duration refreshInterval, Ticker ticker)
    {
        flows = new RegistryDigest<>(tables, LineageRow.TABLE, LineageRow.SCHEMA.columnNames(), ObservedEdges::add, refreshInterval, ticker);
    }

    Map<Flow, LastQuery> flows()
            throws IOException
    {
        return flows.current();
    }

    private static void add(Map<Flow, LastQuery> digest, Row row, String part)
    {
        LineageRow lineage = LineageRow.SCHEMA.decode(row);
        LastQuery query = new LastQuery(
                lineage.queryId(),
                lineage.userName(),
                lineage.job(),
                lineage.leftResidency(),
                1,
                lineage.occurredAt(),
                lineage.occurredAt());
        flows(lineage).forEach(flow -> digest.merge(flow, query, ObservedEdges::together));
    }

    private static List<Flow> flows(LineageRow row)
    {
        List<Flow> flows = new ArrayList<>();
        for (LineageColumn column : row.columns()) {
            flows.add(flow(row, Optional.of(column.source()), Optional.of(column.target()), false, Optional.of(column.masked())));
        }
        for (String column : row.indirectColumns()) {
            flows.add(flow(row, Optional.of(column), Optional.empty(), true, Optional.empty()));
        }
        if (flows.isEmpty()) {
            flows.add(flow(row, Optional.empty(), Optional.empty(), false, Optional.empty()));
        }
        return flows;
    }

    private static Flow flow(LineageRow row, Optional<String> sourceColumn, Optional<String> targetColumn, boolean indirect, Optional<Boolean> masked)
    {
        return new Flow(row.source(), row.sourceKind(), sourceColumn, row.target(), row.targetKind(), targetColumn, indirect, masked, row.statement());
    }

    private static LastQuery together(LastQuery left, LastQuery right)
    {
        LastQuery last = right.lastSeen().isAfter(left.lastSeen()) ? right : left;
        Instant first = left.firstSeen().isBefore(right.firstSeen()) ? left.firstSeen() : right.firstSeen();
        return new LastQuery(last.queryId(), last.userName(), last.job(), last.leftResidency(), left.queries() + right.queries(), first, last.lastSeen());
    }
}
