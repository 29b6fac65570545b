package io.meshwright.trino;

import com.google.common.collect.ImmutableMap;
import io.trino.spi.block.Block;
import io.trino.spi.block.SqlMap;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.type.MapType;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DateTimeEncoding.unpackMillisUtc;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * The commits of a table that are still kept, as the Iceberg connector's own table {@code $snapshots} has them.
 */
final class SnapshotLog
{
    private static final String COMPACTION = "replace";

    private record Snapshot(Instant committedAt, OptionalLong parentId, String operation, Map<String, String> summary) {}

    private final Map<Long, Snapshot> byId;

    private SnapshotLog(Map<Long, Snapshot> byId)
    {
        this.byId = ImmutableMap.copyOf(byId);
    }

    static SnapshotLog read(ConnectorMetadata iceberg, ConnectorTransactionHandle transaction, ConnectorSession session, SchemaTableName table)
            throws IOException
    {
        Optional<SystemTable> snapshots = iceberg.getSystemTable(session, new SchemaTableName(table.getSchemaName(), table.getTableName() + "$snapshots"));
        Map<Long, Snapshot> byId = new HashMap<>();
        if (snapshots.isEmpty()) {
            return new SnapshotLog(byId);
        }
        SystemTable log = snapshots.orElseThrow();
        List<String> names = log.getTableMetadata().getColumns().stream().map(column -> column.getName()).collect(toImmutableList());
        Type summaryType = log.getTableMetadata().getColumns().get(names.indexOf("summary")).getType();
        try (ConnectorPageSource pages = log.pageSource(transaction, session, TupleDomain.all())) {
            while (!pages.isFinished()) {
                SourcePage page = pages.getNextSourcePage();
                if (page == null) {
                    continue;
                }
                Block ids = page.getBlock(names.indexOf("snapshot_id"));
                Block parents = page.getBlock(names.indexOf("parent_id"));
                for (int position = 0; position < page.getPositionCount(); position++) {
                    byId.put(BIGINT.getLong(ids, position), new Snapshot(
                            Instant.ofEpochMilli(unpackMillisUtc(TIMESTAMP_TZ_MILLIS.getLong(page.getBlock(names.indexOf("committed_at")), position))),
                            parents.isNull(position) ? OptionalLong.empty() : OptionalLong.of(BIGINT.getLong(parents, position)),
                            VARCHAR.getSlice(page.getBlock(names.indexOf("operation")), position).toStringUtf8(),
                            summary((MapType) summaryType, page.getBlock(names.indexOf("summary")), position)));
                }
            }
        }
        return new SnapshotLog(byId);
    }

    private static Map<String, String> summary(MapType type, Block block, int position)
    {
        if (block.isNull(position)) {
            return ImmutableMap.of();
        }
        SqlMap map = type.getObject(block, position);
        ImmutableMap.Builder<String, String> summary = ImmutableMap.builder();
        for (int entry = 0; entry < map.getSize(); entry++) {
            int at = map.getRawOffset() + entry;
            summary.put(VARCHAR.getSlice(map.getRawKeyBlock(), at).toStringUtf8(), VARCHAR.getSlice(map.getRawValueBlock(), at).toStringUtf8());
        }
        return summary.buildKeepingLast();
    }

    /**
     * When data last came: the newest commit in the snapshot's history that added data files and was no compaction. Empty where
     * there is none that is still kept, or where a commit does not say what it did.
     */
    Optional<Instant> lastDataCommit(OptionalLong snapshotId)
    {
        OptionalLong id = snapshotId;
        while (id.isPresent()) {
            Snapshot snapshot = byId.get(id.orElseThrow());
            if (snapshot == null) {
                return Optional.empty();
            }
            if (!snapshot.operation().equals(COMPACTION)) {
                Optional<Long> added = number(snapshot, "added-data-files");
                if (added.isPresent() && added.orElseThrow() > 0) {
                    return Optional.of(snapshot.committedAt());
                }
                if (added.isEmpty() && number(snapshot, "total-data-files").isEmpty()) {
                    return Optional.empty();
                }
            }
            id = snapshot.parentId();
        }
        return Optional.empty();
    }

    /**
     * Whether the snapshot is known to have no row-level deletes, so that the bounds of its files are those of its rows.
     */
    boolean isWithoutDeletes(OptionalLong snapshotId)
    {
        return snapshotId.isPresent() && Optional.ofNullable(byId.get(snapshotId.orElseThrow()))
                .flatMap(snapshot -> number(snapshot, "total-delete-files"))
                .filter(files -> files == 0)
                .isPresent();
    }

    private static Optional<Long> number(Snapshot snapshot, String key)
    {
        return Optional.ofNullable(snapshot.summary().get(key)).map(Long::parseLong);
    }
}
