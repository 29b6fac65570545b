package io.meshwright.bridge.check;

import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.check.TableReader.RecurringKeys;
import io.meshwright.bridge.evidence.FileEvidence;
import io.meshwright.bridge.evidence.KeyLayout;
import io.meshwright.bridge.evidence.KeyNumbering;
import io.meshwright.bridge.evidence.KeySetFiles;
import io.meshwright.bridge.evidence.KeySets;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.bridge.evidence.UniqueFilesRow.KeptKeys;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.DataFile;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Looks for recurring keys by the sets that former runs kept: only files that nobody read before are read. A set may name too many keys and never too few, so
 * where no number recurs, no key does; where one does, the files that have it are read.
 */
final class KeySetSearch
{
    // about what a hash takes; as many bytes of a column are read sooner than its set
    private static final long BYTES_OF_HASH = 6;
    private static final long BYTES_OF_NUMBER = 2;
    private static final long FEW_BYTES = 1 << 16;

    private final RunContext run;
    private final KeySets sets;

    KeySetSearch(RunContext run, KeySets sets)
    {
        this.run = requireNonNull(run, "run is null");
        this.sets = requireNonNull(sets, "sets is null");
    }

    /**
     * Whether it is known of all files together that no key recurs.
     */
    boolean areUnique(FileMeasure.RecurringKeys measure, FileEvidence files)
    {
        return sets.unique(name(measure, numbering(measure, files)), files.files()).size() == files.files().size();
    }

    /**
     * Whether sets cost less than reading the keys again.
     */
    boolean pays(FileMeasure.RecurringKeys measure, FileEvidence files)
    {
        long keys = files.files().stream().mapToLong(file -> file.task().file().recordCount()).sum();
        return !numbering(measure, files).hashed() || keys * BYTES_OF_HASH <= FEW_BYTES + files.files().stream().mapToLong(file -> columnBytes(file, measure)).sum();
    }

    RecurringKeys find(FileMeasure.RecurringKeys measure, FileEvidence files, TableReader reader)
    {
        KeyLayout layout = files.keyLayout(measure.keys());
        KeyNumbering numbering = numbering(measure, files);
        String name = name(measure, numbering);
        KeySetFiles setFiles = sets.files(name);
        Map<LiveFile, KeptKeys> known = sets.unique(name, files.files());
        KeyComparison compared = compare(measure, numbering, files, known, setFiles, reader);
        if (!compared.complete()) {
            // somebody removed sets
            sets.discard(setFiles, compared.written());
            known = ImmutableMap.of();
            compared = compare(measure, numbering, files, known, setFiles, reader);
        }
        RecurringKeys found = new RecurringKeys(0, 0, compared.bytesRead());
        if (!compared.suspects().isEmpty()) {
            RecurringKeys exact = reader.recurringKeys(measure, files.files().stream().filter(compared.suspects()::contains).collect(toImmutableList()), layout);
            found = new RecurringKeys(exact.keys(), exact.rows(), sum(compared.bytesRead(), exact.bytesRead()));
        }
        if (found.keys() > 0 || !isSmall(measure, compared)) {
            sets.discard(setFiles, compared.written());
            return found;
        }
        keep(name, known, compared);
        return found;
    }

    private KeyComparison compare(FileMeasure.RecurringKeys measure, KeyNumbering numbering, FileEvidence files, Map<LiveFile, KeptKeys> known, KeySetFiles setFiles, TableReader reader)
    {
        List<LiveFile> fresh = files.files().stream().filter(file -> !known.containsKey(file)).collect(toImmutableList());
        run.progress().accept("reading keys of %s from %s of %s data files".formatted(String.join(", ", measure.keys()), fresh.size(), files.files().size()));
        return reader.compareKeys(new KeyComparison.Request(measure.keys(), numbering, fresh, known, setFiles));
    }

    private boolean isSmall(FileMeasure.RecurringKeys measure, KeyComparison compared)
    {
        long columns = compared.counts().keySet().stream().mapToLong(file -> Math.max(columnBytes(file, measure), file.task().file().recordCount() * BYTES_OF_NUMBER)).sum();
        return compared.written().stream().mapToLong(DataFile::fileSizeInBytes).sum() <= columns + FEW_BYTES;
    }

    private long columnBytes(LiveFile file, FileMeasure.RecurringKeys measure)
    {
        Map<Integer, Long> sizes = file.task().file().columnSizes();
        return sizes == null ? 0 : measure.keys().stream().mapToLong(column -> sizes.getOrDefault(run.table().schema().findField(column).fieldId(), 0L)).sum();
    }

    /**
     * What is kept is a cache: without it the next run reads again, and this run's verdict stands.
     */
    private void keep(String name, Map<LiveFile, KeptKeys> known, KeyComparison compared)
    {
        ImmutableMap.Builder<LiveFile, KeptKeys> unique = ImmutableMap.<LiveFile, KeptKeys>builder().putAll(known);
        compared.counts().forEach((file, count) -> unique.put(file, sets.read(file, count)));
        try {
            sets.keep(name, unique.buildOrThrow(), compared.written(), run.clock().instant());
        }
        catch (MeshException e) {
            run.progress().accept("the keys of data files were not kept: " + e.getMessage());
        }
    }

    private KeyNumbering numbering(FileMeasure.RecurringKeys measure, FileEvidence files)
    {
        return KeyNumbering.of(run.table().schema(), measure.keys(), files.keyLayout(measure.keys()).ranges());
    }

    private String name(FileMeasure.RecurringKeys measure, KeyNumbering numbering)
    {
        return KeySets.name(run.table(), measure, numbering);
    }

    private static OptionalLong sum(OptionalLong left, OptionalLong right)
    {
        return left.isPresent() && right.isPresent() ? OptionalLong.of(left.orElseThrow() + right.orElseThrow()) : OptionalLong.empty();
    }
}
