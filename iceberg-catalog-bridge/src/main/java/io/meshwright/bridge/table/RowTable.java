package io.meshwright.bridge.table;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import io.meshwright.bridge.catalog.CatalogRule;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.StructType;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;

import static com.google.common.base.Preconditions.checkArgument;
import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static java.util.Objects.requireNonNull;

/**
 * An append-only Iceberg table of small rows in the registry's namespace: format v2, Avro data files, so that Trino, Spark and
 * other clients read it and we need neither Hadoop nor Parquet. The table is created by its first writer.
 * Every method throws {@link MeshException} where the catalog does not answer. Thread-safe.
 */
public final class RowTable<T>
{
    private static final int ATTEMPTS = 60;
    private final MeshCatalog catalog;
    private final TableIdentifier identifier;
    private final RowSchema<T> schema;
    private final RowReader<T> reader;
    private final RowTableDefinition definition;
    private final TokenCommits commits;

    /**
     * The rows of one snapshot, in no particular order.
     *
     * @param snapshotId empty when there is no table yet, or nothing in it
     */
    public record Content<T>(OptionalLong snapshotId, List<T> rows)
    {
        public Content
        {
            requireNonNull(snapshotId, "snapshotId is null");
            rows = ImmutableList.copyOf(rows);
        }
    }

    public RowTable(MeshCatalog catalog, String name, RowSchema<T> schema)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.identifier = TableIdentifier.of(MeshCatalog.REGISTRY_NAMESPACE, name);
        this.schema = requireNonNull(schema, "schema is null");
        reader = new RowReader<>(catalog, identifier, schema);
        definition = new RowTableDefinition(catalog, identifier, schema);
        commits = new TokenCommits(catalog, identifier);
    }

    public TableIdentifier identifier()
    {
        return identifier;
    }

    public RowSchema<T> schema()
    {
        return schema;
    }

    /**
     * All rows now; none when there is no table yet.
     */
    public Content<T> read()
    {
        return catalog.findTable(identifier)
                .flatMap(table -> Optional.ofNullable(table.currentSnapshot()).map(snapshot -> reader.read(table, snapshot)))
                .orElseGet(() -> new Content<>(OptionalLong.empty(), List.of()));
    }

    /**
     * All rows as of a snapshot that is still kept.
     */
    public Content<T> readAt(long snapshotId)
    {
        Table table = catalog.findTable(identifier).orElseThrow(() -> noSnapshot(snapshotId));
        return reader.read(table, Optional.ofNullable(table.snapshot(snapshotId)).orElseThrow(() -> noSnapshot(snapshotId)));
    }

    /**
     * Adds rows in one commit, whatever others add meanwhile. Adds nothing when there are no rows.
     */
    public void append(List<T> rows)
    {
        if (rows.isEmpty()) {
            return;
        }
        Table table = createIfAbsent();
        DataFile file = write(table, rows);
        String token = UUID.randomUUID().toString();
        commits.commit(table, file, token, () -> table.newAppend().scanManifestsWith(ManifestReaders.POOL).appendFile(file).set(TokenCommits.TOKEN, token).commit());
    }

    /**
     * Adds rows in one commit, unless the table has a row of them already, for example because a run is repeated after its
     * outcome could not be told. Exact under concurrency.
     *
     * @param present recognises a row that was added before, for example by its run id
     * @return false when there was such a row, and nothing was added
     */
    public boolean appendOnce(Predicate<T> present, List<T> rows)
    {
        checkArgument(rows.stream().allMatch(present), "A row is not one of those that are added once");
        for (int attempt = 1; ; attempt++) {
            Content<T> content = read();
            if (content.rows().stream().anyMatch(present)) {
                return false;
            }
            if (rows.isEmpty() || appendIfUnchanged(content.snapshotId(), rows)) {
                return true;
            }
            waitForTurn(attempt);
        }
    }

    /**
     * Adds rows in one commit, unless that was done before. Does what {@link #appendOnce} does for a table whose rows are too
     * many to be read each time: they are read only when the table no longer lists all commits since the batch was made.
     * Exact under concurrency.
     *
     * @param batch names these rows, and no others, for ever
     * @param made when the batch was made by this machine's clock, before it was first tried to write it
     * @param present recognises a row of the batch
     * @return false when the batch was there, and nothing was added
     */
    public boolean appendBatch(String batch, Instant made, Predicate<T> present, List<T> rows)
    {
        checkArgument(!rows.isEmpty(), "rows is empty");
        checkArgument(rows.stream().allMatch(present), "A row is not one of the batch");
        for (int attempt = 1; ; attempt++) {
            Table table = createIfAbsent();
            Optional<Snapshot> snapshot = Optional.ofNullable(table.currentSnapshot());
            if (TokenCommits.hasCommit(table, batch)) {
                return false;
            }
            if (!TokenCommits.listsCommitsSince(table, made) && reader.anyMatch(table, snapshot.orElseThrow(), present)) {
                return false;
            }
            if (appendUnlessThere(table, batch, rows)) {
                return true;
            }
            waitForTurn(attempt);
        }
    }

    /**
     * Hands over all rows now, one after the other, without keeping them.
     */
    public void forEach(Consumer<T> action)
    {
        forEach(Expressions.alwaysTrue(), action);
    }

    /**
     * Hands over the rows of a filter, and others that lie in the same data files.
     */
    public void forEach(Expression filter, Consumer<T> action)
    {
        catalog.findTable(identifier).ifPresent(table ->
                Optional.ofNullable(table.currentSnapshot()).ifPresent(snapshot -> reader.forEach(table, snapshot, filter, action)));
    }

    /**
     * The data files that may have rows of a filter.
     */
    public List<DataFile> files(Expression filter)
    {
        return catalog.findTable(identifier)
                .flatMap(table -> Optional.ofNullable(table.currentSnapshot()).map(snapshot -> reader.files(table, snapshot, filter)))
                .orElse(List.of());
    }

    /**
     * Adds the rows of data files that {@link RowFiles} wrote, in one commit.
     */
    public void appendFiles(Collection<DataFile> files)
    {
        if (files.isEmpty()) {
            return;
        }
        Table table = createIfAbsent();
        String token = UUID.randomUUID().toString();
        catalog.call("commit to table " + identifier, () -> {
            AppendFiles commit = table.newAppend().scanManifestsWith(ManifestReaders.POOL).set(TokenCommits.TOKEN, token);
            files.forEach(commit::appendFile);
            commit.commit();
            return null;
        });
    }

    /**
     * Adds rows in one commit, provided that nobody added any since a snapshot.
     *
     * @param base from {@link #read}
     * @return false when somebody did, and nothing was added
     */
    public boolean appendIfUnchanged(OptionalLong base, List<T> rows)
    {
        checkArgument(!rows.isEmpty(), "rows is empty");
        return appendIfUnchanged(createIfAbsent(), base, UUID.randomUUID().toString(), rows);
    }

    /**
     * The manifest is written here, since Iceberg writes it in its own pool, which ends when the JVM begins to.
     */
    private boolean appendUnlessThere(Table table, String batch, List<T> rows)
    {
        DataFile file = write(table, rows);
        ManifestFile manifest = catalog.call("write to table " + identifier, () -> AvroFiles.manifest(table, file));
        // held against each state that the commit is tried on
        SnapshotAncestryValidator absent = ancestors -> Streams.stream(ancestors).noneMatch(snapshot -> batch.equals(snapshot.summary().get(TokenCommits.TOKEN)));
        AppendFiles commit = table.newFastAppend()
                .appendManifest(manifest)
                .scanManifestsWith(ManifestReaders.POOL)
                .validateWith(absent)
                .set(TokenCommits.TOKEN, batch);
        return commits.commit(table, file, batch, commit::commit);
    }

    private boolean appendIfUnchanged(Table table, OptionalLong base, String token, List<T> rows)
    {
        DataFile file = write(table, rows);
        OverwriteFiles commit = table.newOverwrite()
                .scanManifestsWith(ManifestReaders.POOL)
                .addFile(file)
                .conflictDetectionFilter(Expressions.alwaysTrue())
                .validateNoConflictingData()
                .set(TokenCommits.TOKEN, token);
        base.ifPresent(commit::validateFromSnapshot);
        return commits.commit(table, file, token, commit::commit);
    }

    /**
     * Waits a random, growing while before the next of a number of attempts.
     *
     * @throws MeshException after many attempts
     */
    public void waitForTurn(int attempt)
    {
        if (attempt >= ATTEMPTS) {
            throw new MeshException(
                    CatalogRule.CONTENTION,
                    EXTERNAL,
                    "Table %s was changed by others %s times while this change was prepared; nothing was written".formatted(identifier, attempt),
                    "Run the command again");
        }
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(5, 20L << Math.min(attempt, 6)));
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeshException(CatalogRule.CONTENTION, EXTERNAL, "Interrupted while waiting to change table %s; nothing was written".formatted(identifier), "Run the command again", e);
        }
    }

    /**
     * The table, created when it is absent and widened when it was created by an earlier version of this schema.
     */
    public Table createIfAbsent()
    {
        return definition.createIfAbsent();
    }

    private DataFile write(Table table, List<T> rows)
    {
        StructType type = table.schema().asStruct();
        List<StructLike> records = rows.stream().map(row -> IcebergRows.toIceberg(type, schema.encode(row))).toList();
        return catalog.call("write to table " + identifier, () -> AvroFiles.write(table, CloseableIterable.withNoopClose(records)));
    }

    private MeshException noSnapshot(long snapshotId)
    {
        return new MeshException(
                CatalogRule.BROKEN,
                EXTERNAL,
                "Table %s has no snapshot %s; it may have expired".formatted(identifier, snapshotId),
                "Name a snapshot that the table still lists");
    }
}
