package io.meshwright.bridge.table;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import io.meshwright.bridge.catalog.MeshCatalog;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.util.SnapshotUtil;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Commits under a token, by which a commit is found again whose outcome nobody could tell.
 */
final class TokenCommits
{
    static final String TOKEN = "meshwright.commit-token";
    // Iceberg itself allows commits to be that much out of order
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private final MeshCatalog catalog;
    private final TableIdentifier identifier;

    TokenCommits(MeshCatalog catalog, TableIdentifier identifier)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.identifier = requireNonNull(identifier, "identifier is null");
    }

    /**
     * @return false when others were first, and the file is gone again
     */
    boolean commit(Table table, DataFile file, String token, Runnable commit)
    {
        return catalog.call("commit to table " + identifier, () -> {
            try {
                commit.run();
                return true;
            }
            catch (ValidationException | CommitFailedException e) {
                table.io().deleteFile(file.location());
                return false;
            }
            catch (RuntimeException e) {
                // the catalog broke off: only its present state tells whether the commit arrived
                if (hasCommit(token)) {
                    return true;
                }
                throw e;
            }
        });
    }

    private boolean hasCommit(String token)
    {
        return catalog.findTable(identifier).stream().anyMatch(table -> hasCommit(table, token));
    }

    static boolean hasCommit(Table table, String token)
    {
        return ImmutableList.copyOf(table.snapshots()).stream()
                .anyMatch(snapshot -> token.equals(snapshot.summary().get(TOKEN)));
    }

    /**
     * Whether no commit since an instant can have expired: snapshots expire by age.
     */
    static boolean listsCommitsSince(Table table, Instant instant)
    {
        Optional<Snapshot> oldest = Streams.findLast(Streams.stream(SnapshotUtil.currentAncestors(table)));
        return oldest.isEmpty() ||
                oldest.orElseThrow().parentId() == null ||
                oldest.orElseThrow().timestampMillis() < instant.minus(CLOCK_TOLERANCE).toEpochMilli();
    }
}
