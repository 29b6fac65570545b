package io.meshwright.bridge.branch;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.model.check.Publication;
import io.meshwright.model.check.Publication.Outcome;
import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Makes the tested snapshot of a branch the one that is served, in one commit that succeeds only while the branch, the main branch and the schema are
 * what they were when the test began. Changes nothing else: not the branch, and no file.
 */
public final class BranchPublication
{
    private static final int ATTEMPTS = 20;
    private static final long DAY_MILLIS = 86_400_000;

    private final MeshCatalog catalog;
    private final TableIdentifier identifier;
    private final PinnedBranch tested;

    public BranchPublication(MeshCatalog catalog, TableIdentifier identifier, PinnedBranch tested)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.identifier = requireNonNull(identifier, "identifier is null");
        this.tested = requireNonNull(tested, "tested is null");
    }

    public Publication publish()
    {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<Table> found = catalog.findTable(identifier);
            if (found.isEmpty() || !found.orElseThrow().uuid().equals(tested.table().uuid())) {
                return refused("table %s is not the one that was tested any more".formatted(identifier));
            }
            TableOperations operations = ((HasTableOperations) found.orElseThrow()).operations();
            TableMetadata base = operations.current();
            if (serves(base)) {
                return new Publication(Outcome.PUBLISHED, previous(), "snapshot %s was published before".formatted(tested.snapshotId()));
            }
            Optional<String> obstacle = obstacle(base);
            if (obstacle.isPresent()) {
                return refused(obstacle.orElseThrow());
            }
            try {
                // where somebody committed meanwhile, what he did decides on the next look
                if (commit(operations, base)) {
                    return published();
                }
            }
            catch (MeshException e) {
                return afterFailure(e);
            }
        }
        return refused("the table was changed by others %s times while it was to be published".formatted(ATTEMPTS));
    }

    private boolean commit(TableOperations operations, TableMetadata base)
    {
        return catalog.call("publish branch %s of table %s".formatted(tested.name(), identifier), () -> {
            try {
                operations.commit(base, change(base, tested));
                return true;
            }
            catch (CommitFailedException e) {
                return false;
            }
        });
    }

    /**
     * The commit also sets the branch, to what it is: so that a REST catalog, which holds only what a commit names against what it knows, refuses when the
     * branch has moved.
     */
    static TableMetadata change(TableMetadata base, PinnedBranch tested)
    {
        SnapshotRef branch = base.ref(tested.name());
        SnapshotRef other = SnapshotRef.builderFrom(branch).maxRefAgeMs(branch.maxRefAgeMs() == null ? DAY_MILLIS : branch.maxRefAgeMs() + 1).build();
        return TableMetadata.buildFrom(base)
                .setRef(tested.name(), other)
                .setRef(tested.name(), branch)
                .setBranchSnapshot(tested.snapshotId(), SnapshotRef.MAIN_BRANCH)
                .build();
    }

    private Optional<String> obstacle(TableMetadata base)
    {
        SnapshotRef branch = base.ref(tested.name());
        if (branch == null || !branch.isBranch()) {
            return Optional.of("branch %s is gone".formatted(tested.name()));
        }
        if (branch.snapshotId() != tested.snapshotId()) {
            return Optional.of("branch %s has moved on to snapshot %s, which was not tested".formatted(tested.name(), branch.snapshotId()));
        }
        if (!PinnedBranch.main(base).equals(tested.main())) {
            return Optional.of("the main branch was changed since the test began: it is at snapshot %s and was at %s".formatted(text(PinnedBranch.main(base)), text(tested.main())));
        }
        if (base.currentSchemaId() != tested.schemaId()) {
            return Optional.of("the table's schema was changed since the test began");
        }
        if (tested.main().isPresent() && !isAncestor(base, tested.main().orElseThrow(), tested.snapshotId())) {
            return Optional.of("branch %s does not build on snapshot %s, which is served: publishing it would undo commits".formatted(tested.name(), tested.main().orElseThrow()));
        }
        return Optional.empty();
    }

    private boolean serves(TableMetadata base)
    {
        return PinnedBranch.main(base).map(main -> isAncestor(base, tested.snapshotId(), main)).orElse(false);
    }

    /**
     * A catalog that breaks off may have committed: only its present state tells, and only that it did.
     */
    private Publication afterFailure(MeshException failure)
    {
        try {
            Optional<Table> table = catalog.findTable(identifier);
            if (table.isPresent() && serves(((HasTableOperations) table.orElseThrow()).operations().current())) {
                return published();
            }
        }
        catch (MeshException e) {
            failure.addSuppressed(e);
        }
        return new Publication(Outcome.UNKNOWN, previous(), "it cannot be told whether snapshot %s was published: %s".formatted(tested.snapshotId(), failure.getMessage()));
    }

    private Publication published()
    {
        return new Publication(Outcome.PUBLISHED, previous(), "branch %s was published: snapshot %s is served".formatted(tested.name(), tested.snapshotId()));
    }

    private Publication refused(String why)
    {
        return new Publication(Outcome.REFUSED, previous(), "not published: " + why);
    }

    private Optional<String> previous()
    {
        return tested.main().map(String::valueOf);
    }

    /**
     * Whether a snapshot is another one, or in its history as far as that is kept.
     */
    private static boolean isAncestor(TableMetadata metadata, long ancestor, long descendant)
    {
        Snapshot candidate = metadata.snapshot(descendant);
        while (candidate != null && candidate.snapshotId() != ancestor) {
            candidate = candidate.parentId() == null ? null : metadata.snapshot(candidate.parentId());
        }
        return candidate != null;
    }

    private static String text(Optional<Long> snapshot)
    {
        return snapshot.map(String::valueOf).orElse("none");
    }
}
