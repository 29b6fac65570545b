package io.meshwright.bridge.check;

import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.check.TableReader.Reading;
import io.meshwright.bridge.evidence.FileEvidence;
import io.meshwright.bridge.evidence.FileFigure;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.check.FileMeasure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Reads some of what metadata told, since nothing in a manifest shows that its writer counted wrongly: in each run a file and as many of its figures as cost
 * little beside what the run reads anyway. Over many runs everything has its turn.
 */
final class MetadataAudit
{
    // values read without being asked for, whatever the run reads
    private static final long FEW_VALUES = 1_000_000;
    // one in so many values of the run
    private static final long SHARE = 50;

    private final LiveFile file;
    private final Map<FileMeasure, FileFigure> told;

    private MetadataAudit(LiveFile file, Map<FileMeasure, FileFigure> told)
    {
        this.file = requireNonNull(file, "file is null");
        this.told = ImmutableMap.copyOf(told);
    }

    /**
     * @param open what is read anyway
     * @return empty where metadata told nothing
     */
    static Optional<MetadataAudit> draw(FileEvidence files, Map<FileMeasure, List<LiveFile>> open, Random random)
    {
        List<LiveFile> read = open.values().stream().flatMap(Collection::stream).distinct().toList();
        List<LiveFile> candidates = new ArrayList<>(read.isEmpty() ? files.files() : read);
        Collections.shuffle(candidates, random);
        long values = Math.max(FEW_VALUES, open.values().stream().flatMap(Collection::stream).mapToLong(MetadataAudit::rows).sum() / SHARE);
        for (LiveFile candidate : candidates) {
            List<Map.Entry<FileMeasure, FileFigure>> told = new ArrayList<>(files.told(candidate).entrySet());
            // keys are no figure that is read with others, and what is open is in other files
            told.removeIf(entry -> entry.getKey() instanceof FileMeasure.RecurringKeys || open.containsKey(entry.getKey()));
            if (!told.isEmpty()) {
                Collections.shuffle(told, random);
                long most = Math.max(1, values / Math.max(1, rows(candidate)));
                ImmutableMap.Builder<FileMeasure, FileFigure> drawn = ImmutableMap.builder();
                told.stream().limit(most).forEach(drawn::put);
                return Optional.of(new MetadataAudit(candidate, drawn.buildOrThrow()));
            }
        }
        return Optional.empty();
    }

    private static long rows(LiveFile file)
    {
        return file.task().file().recordCount();
    }

    /**
     * What to read, for {@link TableReader#read}; none of it is open.
     */
    Map<FileMeasure, List<LiveFile>> files()
    {
        return told.keySet().stream().collect(toImmutableMap(measure -> measure, unused -> List.of(file)));
    }

    /**
     * Where metadata differs from the rows, in words; empty where it does not. What cannot be read tells nothing.
     */
    Optional<String> differences(Map<FileMeasure, Reading> read)
    {
        List<FileMeasure> different = told.entrySet().stream()
                .filter(entry -> Optional.ofNullable(read.get(entry.getKey())).map(reading -> reading.figures().get(file)).filter(figure -> !figure.equals(entry.getValue())).isPresent())
                .map(Map.Entry::getKey)
                .toList();
        return different.isEmpty() ? Optional.empty() : Optional.of(different.stream().map(MetadataAudit::describe).distinct().sorted().collect(joining(", ")));
    }

    private static String describe(FileMeasure measure)
    {
        return measure.columns().isEmpty() ? "rows" : "column " + String.join(", ", measure.columns());
    }
}
