package io.meshwright.bridge.branch;

import io.meshwright.bridge.table.FixedOperations;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.yaml.DidYouMean;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;

import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * A branch as it was when a test of it began, and what was served then. Whoever publishes it holds both against the table as it is by then.
 *
 * @param snapshotId the branch's last snapshot
 * @param main the last snapshot of the main branch; empty for a table that serves nothing yet
 * @param schemaId of the table, which is also the schema of what is written to its branches
 */
public record PinnedBranch(Table table, String name, long snapshotId, Optional<Long> main, int schemaId)
{
    public PinnedBranch
    {
        requireNonNull(table, "table is null");
        requireNonNull(name, "name is null");
        requireNonNull(main, "main is null");
    }

    /**
     * @throws MeshException when the table has no such branch
     */
    public static PinnedBranch of(Table table, String name)
    {
        checkArgument(table instanceof HasTableOperations, "Not a table with data: %s", table.name());
        TableMetadata metadata = ((HasTableOperations) table).operations().current();
        SnapshotRef branch = metadata.ref(name);
        if (name.equals(SnapshotRef.MAIN_BRANCH)) {
            throw unknown("Branch main is the one that is served", "leave --branch out to test it");
        }
        if (branch == null || !branch.isBranch()) {
            List<String> known = metadata.refs().entrySet().stream()
                    .filter(ref -> ref.getValue().isBranch() && !ref.getKey().equals(SnapshotRef.MAIN_BRANCH))
                    .map(ref -> ref.getKey())
                    .sorted()
                    .collect(toImmutableList());
            String problem = branch == null ? "is not a branch of the table" : "is a tag, not a branch";
            String meant = DidYouMean.suggest(name, known).map(", did you mean %s?"::formatted).orElse("");
            throw unknown("%s %s%s".formatted(name, problem, meant), known.isEmpty() ? "the table has no branch besides main; write to one first" : "use one of: " + String.join(", ", known));
        }
        return new PinnedBranch(table, name, branch.snapshotId(), main(metadata), metadata.currentSchemaId());
    }

    /**
     * The table as if the branch were the one that is served, for whoever reads the current snapshot. Never changes and cannot be changed.
     */
    public Table asServed()
    {
        HasTableOperations operations = (HasTableOperations) table;
        TableMetadata metadata = operations.operations().current();
        TableMetadata served = TableMetadata.buildFrom(metadata)
                .setBranchSnapshot(snapshotId, SnapshotRef.MAIN_BRANCH)
                .discardChanges()
                .withMetadataLocation(metadata.metadataFileLocation())
                .build();
        return new BaseTable(new FixedOperations(operations.operations(), served, operations.operations().io()), table.name());
    }

    static Optional<Long> main(TableMetadata metadata)
    {
        return Optional.ofNullable(metadata.ref(SnapshotRef.MAIN_BRANCH)).map(SnapshotRef::snapshotId);
    }

    private static MeshException unknown(String message, String fix)
    {
        return new MeshException(CheckRule.UNKNOWN_BRANCH, USER, message, fix);
    }
}
