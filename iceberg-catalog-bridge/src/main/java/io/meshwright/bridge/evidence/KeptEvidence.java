package io.meshwright.bridge.evidence;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.evidence.FileEvidenceRow.MeasureFigure;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.model.check.FileMeasure;
import org.apache.iceberg.expressions.Expressions;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Figures of data files that former runs read.
 */
public final class KeptEvidence
{
    private final MeshCatalog catalog;
    private final RowTable<FileEvidenceRow> rows;

    private record FileVersion(String path, String deletes) {}

    /**
     * What is kept of one table.
     */
    public static final class OfTable
    {
        private final Map<FileVersion, Map<String, FileFigure>> figures = new HashMap<>();
        private final Optional<KeySets> keySets;

        private OfTable(Optional<KeySets> keySets)
        {
            this.keySets = requireNonNull(keySets, "keySets is null");
        }

        /**
         * Nothing is known.
         */
        public static OfTable none()
        {
            return new OfTable(Optional.empty());
        }

        /**
         * Empty where nothing is to be kept either.
         */
        public Optional<KeySets> keySets()
        {
            return keySets;
        }

        Optional<FileFigure> find(LiveFile file, FileMeasure measure, String hash)
        {
            Optional<FileFigure> own = find(file.path(), file.deletes(), hash);
            if (own.isPresent() || !file.hasDeletes() || !(measure instanceof FileMeasure.Violations || measure instanceof FileMeasure.RecurringKeys)) {
                return own;
            }
            // what no row of the file does, none does that is left
            return find(file.path(), "", hash).filter(figure -> figure.equals(FileFigure.of(0)));
        }

        private Optional<FileFigure> find(String path, String deletes, String hash)
        {
            return Optional.ofNullable(figures.get(new FileVersion(path, deletes))).map(known -> known.get(hash));
        }

        private void add(FileEvidenceRow row)
        {
            Map<String, FileFigure> known = figures.computeIfAbsent(new FileVersion(row.dataFile(), row.deletes()), unused -> new HashMap<>());
            row.figures().forEach(figure -> known.put(figure.measure(), new FileFigure(figure.value())));
        }
    }

    public KeptEvidence(MeshCatalog catalog)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        rows = new RowTable<>(catalog, FileEvidenceRow.TABLE, FileEvidenceRow.SCHEMA);
    }

    public OfTable read(String tableUuid)
    {
        OfTable kept = new OfTable(Optional.of(new KeySets(catalog, tableUuid)));
        // a file of the registry holds rows of one table, or of few
        rows.forEach(Expressions.equal("table_uuid", tableUuid), row -> {
            if (row.tableUuid().equals(tableUuid)) {
                kept.add(row);
            }
        });
        return kept;
    }

    /**
     * Keeps figures for later runs, in one commit.
     */
    public void write(String tableUuid, Map<LiveFile, Map<String, FileFigure>> read, String runId, Instant now)
    {
        ImmutableList.Builder<FileEvidenceRow> added = ImmutableList.builder();
        read.forEach((file, figures) -> added.add(new FileEvidenceRow(tableUuid, file.path(), file.deletes(), figures(figures), runId, now)));
        rows.append(added.build());
    }

    private static List<MeasureFigure> figures(Map<String, FileFigure> figures)
    {
        return figures.entrySet().stream()
                .map(entry -> new MeasureFigure(entry.getKey(), entry.getValue().value()))
                .collect(toImmutableList());
    }
}
