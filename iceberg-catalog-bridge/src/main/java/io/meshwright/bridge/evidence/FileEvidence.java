package io.meshwright.bridge.evidence;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.check.RowFilter;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * The figures of measures over the data files of one snapshot: what is kept and what manifests tell is here from the beginning, and what is
 * {@link #open} is added by whoever reads the files. Not thread-safe.
 */
public final class FileEvidence
{
    private final Table table;
    private final List<LiveFile> files;
    private final Supplier<KeptEvidence.OfTable> kept;
    private final boolean reusesFigures;
    private final Map<List<String>, KeyLayout> layouts = new HashMap<>();
    private boolean readsMetrics;
    private boolean metadataIsWrong;
    private final Map<FileMeasure, Evidence> evidence = new LinkedHashMap<>();

    private static final class Evidence
    {
        private final String hash;
        private final Map<LiveFile, FileFigure> figures = new HashMap<>();
        private final Map<LiveFile, FileFigure> read = new HashMap<>();
        private final Map<LiveFile, FileFigure> told = new HashMap<>();
        private final Set<EvidenceRung> rungs = EnumSet.noneOf(EvidenceRung.class);

        private Evidence(String hash)
        {
            this.hash = hash;
        }
    }

    private FileEvidence(Table table, List<LiveFile> files, Supplier<KeptEvidence.OfTable> kept, Set<EvidenceRung> rungs)
    {
        this.kept = requireNonNull(kept, "kept is null");
        this.reusesFigures = rungs.contains(EvidenceRung.R0);
        this.readsMetrics = rungs.contains(EvidenceRung.R2);
        this.table = requireNonNull(table, "table is null");
        this.files = ImmutableList.copyOf(files);
    }

    /**
     * Looks measures up, without reading data.
     *
     * @param measures of columns that the table has
     * @param kept is asked only where manifests leave something open
     * @param rungs that may be used; R0 is what was kept, R2 what manifests tell
     */
    public static FileEvidence gather(Table table, Optional<Snapshot> snapshot, Collection<FileMeasure> measures, Supplier<KeptEvidence.OfTable> kept, Set<EvidenceRung> rungs)
    {
        return gather(table, snapshot, Optional.empty(), measures, kept, rungs);
    }

    /**
     * @param slice the partitions to look at; empty for all
     */
    public static FileEvidence gather(Table table, Optional<Snapshot> snapshot, Optional<PartitionSlice> slice, Collection<FileMeasure> measures, Supplier<KeptEvidence.OfTable> kept, Set<EvidenceRung> rungs)
    {
        Set<String> columns = measures.stream().flatMap(measure -> measure.columns().stream()).collect(toImmutableSet());
        List<LiveFile> live = measures.isEmpty() ? List.of() : LiveFiles.list(table, snapshot, columns);
        List<LiveFile> files = live.stream().filter(file -> slice.isEmpty() || slice.orElseThrow().contains(file)).collect(toImmutableList());
        FileEvidence gathered = new FileEvidence(table, files, kept, rungs);
        ImmutableSet.copyOf(measures).forEach(measure -> gathered.evidence.put(measure, new Evidence(MeasureHash.of(table.schema(), measure))));
        if (gathered.readsMetrics) {
            gathered.lookIntoMetadata();
        }
        gathered.lookIntoKept();
        return gathered;
    }

    /**
     * Whether metrics of columns in manifests are believed, by a property of the table.
     */
    public static boolean trustsMetrics(Table table)
    {
        return MetadataEvidence.trusts(table);
    }

    private void lookIntoMetadata()
    {
        MetadataEvidence metadata = new MetadataEvidence(table);
        evidence.forEach((measure, known) -> {
            for (LiveFile file : files) {
                metadata.find(file, measure).ifPresent(figure -> known.told.put(file, figure));
            }
            known.figures.putAll(known.told);
            if (!known.told.isEmpty()) {
                known.rungs.add(EvidenceRung.R2);
            }
        });
    }

    private void lookIntoKept()
    {
        if (!reusesFigures) {
            return;
        }
        evidence.forEach((measure, known) -> (measure.lasts() ? open(measure) : List.<LiveFile>of()).forEach(file -> kept.get().find(file, measure, known.hash).ifPresent(figure -> {
            known.figures.put(file, figure);
            known.rungs.add(EvidenceRung.R0);
        })));
    }

    /**
     * What metadata told of a file.
     */
    public Map<FileMeasure, FileFigure> told(LiveFile file)
    {
        ImmutableMap.Builder<FileMeasure, FileFigure> told = ImmutableMap.builder();
        evidence.forEach((measure, known) -> {
            if (known.told.containsKey(file)) {
                told.put(measure, known.told.get(file));
            }
        });
        return told.buildOrThrow();
    }

    /**
     * Forgets all that metadata told, since some of it is wrong.
     */
    public void distrustMetadata()
    {
        metadataIsWrong = true;
        readsMetrics = false;
        layouts.clear();
        evidence.values().forEach(known -> {
            known.figures.keySet().removeAll(known.told.keySet());
            known.told.clear();
            known.rungs.remove(EvidenceRung.R2);
        });
        lookIntoKept();
    }

    public boolean trustsMetadata()
    {
        return readsMetrics;
    }

    public boolean isMetadataWrong()
    {
        return metadataIsWrong;
    }

    /**
     * Looks further measures up, where metadata tells nothing any more.
     */
    public void gatherWithoutMetadata(Collection<FileMeasure> measures)
    {
        checkState(!readsMetrics, "Metadata is still read");
        measures.forEach(measure -> evidence.computeIfAbsent(measure, unused -> new Evidence(MeasureHash.of(table.schema(), measure))));
        lookIntoKept();
    }

    public List<LiveFile> files()
    {
        return files;
    }

    /**
     * Whether the snapshot lists a file more than once, so that its rows are in the table as often.
     */
    public boolean repeatsFiles()
    {
        return files.stream().map(LiveFile::path).distinct().count() < files.size();
    }

    /**
     * Where keys lie.
     *
     * @param columns of a measure that was gathered
     */
    public KeyLayout keyLayout(List<String> columns)
    {
        return layouts.computeIfAbsent(columns, unused -> readsMetrics ? KeyLayout.of(table, files, columns) : KeyLayout.UNKNOWN);
    }

    /**
     * The files whose figure is not known yet.
     */
    public List<LiveFile> open(FileMeasure measure)
    {
        Map<LiveFile, FileFigure> known = find(measure).figures;
        return files.stream().filter(file -> !known.containsKey(file)).collect(toImmutableList());
    }

    /**
     * The files that may have rows of a filter, by their partitions and bounds.
     */
    public List<LiveFile> matching(RowFilter filter)
    {
        boolean trusted = MetadataEvidence.trusts(table);
        return readsMetrics ? files.stream().filter(file -> RowMatch.of(table, file, filter, trusted) != RowMatch.NONE).collect(toImmutableList()) : files;
    }

    /**
     * Adds the figure of a file that was open.
     *
     * @param rung by which it was found
     */
    public void add(FileMeasure measure, LiveFile file, FileFigure figure, EvidenceRung rung)
    {
        Evidence known = find(measure);
        checkArgument(known.figures.put(file, figure) == null, "The figure of %s is known already", file.path());
        known.read.put(file, figure);
        known.rungs.add(rung);
    }

    /**
     * The figure of all files together.
     *
     * @throws IllegalStateException while a file is open
     */
    public OptionalLong total(FileMeasure measure)
    {
        Evidence known = find(measure);
        checkState(known.figures.size() == files.size(), "Files are open: %s", measure);
        OptionalLong total = measure.ofNoFile();
        for (FileFigure figure : known.figures.values()) {
            total = measure.merge(total, figure.value());
        }
        return total;
    }

    /**
     * The files that are known to have a figure other than zero.
     */
    public List<LiveFile> violated(FileMeasure measure)
    {
        Map<LiveFile, FileFigure> known = find(measure).figures;
        return files.stream().filter(file -> known.containsKey(file) && known.get(file).value().orElse(0) != 0).collect(toImmutableList());
    }

    /**
     * The dearest rung that a file needed. A table without files is known by its manifest list.
     */
    public EvidenceRung rung(FileMeasure measure)
    {
        return find(measure).rungs.stream().max(Enum::compareTo).orElse(EvidenceRung.R1);
    }

    /**
     * What was added, by file and by the name of the measure, to be kept for later runs.
     */
    public Map<LiveFile, Map<String, FileFigure>> added()
    {
        Map<LiveFile, Map<String, FileFigure>> added = new LinkedHashMap<>();
        evidence.forEach((measure, known) -> (measure.lasts() ? known.read : Map.<LiveFile, FileFigure>of()).forEach((file, figure) -> added.computeIfAbsent(file, unused -> new LinkedHashMap<>()).put(known.hash, figure)));
        return added;
    }

    private Evidence find(FileMeasure measure)
    {
        Evidence known = evidence.get(measure);
        checkArgument(known != null, "Not gathered: %s", measure);
        return known;
    }
}
