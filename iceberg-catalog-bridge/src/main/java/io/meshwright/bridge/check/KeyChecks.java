package io.meshwright.bridge.check;

import com.google.common.base.Stopwatch;
import com.google.common.base.Suppliers;
import io.meshwright.bridge.check.TableReader.RecurringKeys;
import io.meshwright.bridge.evidence.FileEvidence;
import io.meshwright.bridge.evidence.FileFigure;
import io.meshwright.bridge.evidence.KeptEvidence;
import io.meshwright.bridge.evidence.KeyLayout;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.check.Measure;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * Checks that no key occurs more than once.
 */
final class KeyChecks
        implements CheckFamily
{
    private final RunContext run;
    private final Supplier<Optional<KeySetSearch>> search;

    /**
     * @param kept is asked only where metadata leaves something open
     */
    KeyChecks(RunContext run, Supplier<KeptEvidence.OfTable> kept)
    {
        this.run = requireNonNull(run, "run is null");
        this.search = Suppliers.memoize(() -> run.allows(EvidenceRung.R0) ? kept.get().keySets().map(sets -> new KeySetSearch(run, sets)) : Optional.empty());
    }

    @Override
    public Set<FileMeasure> measures()
    {
        Set<FileMeasure> measures = new LinkedHashSet<>();
        open().forEach(check -> measures.add(measure(check)));
        return measures;
    }

    @Override
    public boolean needsReader(FileEvidence files)
    {
        return open().stream().anyMatch(check -> !areUnique(measure(check), files));
    }

    @Override
    public void read(FileEvidence files, TableReader reader)
    {
        // two checks may ask for the same key
        Map<FileMeasure, RecurringKeys> found = new HashMap<>();
        Map<FileMeasure, Duration> durations = new HashMap<>();
        for (CheckSpec check : open()) {
            FileMeasure.RecurringKeys measure = measure(check);
            run.results().attempt(check, () -> {
                if (found.containsKey(measure) || !areUnique(measure, files)) {
                    if (!found.containsKey(measure)) {
                        Stopwatch stopwatch = Stopwatch.createStarted();
                        found.put(measure, find(measure, files, reader));
                        durations.put(measure, stopwatch.elapsed());
                    }
                    run.results().put(CheckResults.duplicates(check, found.get(measure), rows(measure, files), EvidenceRung.R6).lasting(durations.get(measure)));
                }
            }, reader::explain);
        }
    }

    @Override
    public void conclude(FileEvidence files)
    {
        for (CheckSpec check : open()) {
            run.results().attempt(check, () -> {
                if (areUnique(measure(check), files)) {
                    run.results().put(CheckResults.duplicates(check, new RecurringKeys(0, 0, OptionalLong.of(0)), rows(measure(check), files), files.rung(measure(check))));
                }
            });
        }
    }

    private RecurringKeys find(FileMeasure.RecurringKeys measure, FileEvidence files, TableReader reader)
    {
        KeyLayout layout = files.keyLayout(measure.keys());
        Optional<KeySetSearch> sets = layout.disjoint() ? Optional.empty() : sets(measure, files).filter(kept -> kept.pays(measure, files));
        if (sets.isPresent()) {
            try {
                RecurringKeys found = sets.orElseThrow().find(measure, files, reader);
                addUnique(measure, found, files);
                return found;
            }
            catch (RuntimeException e) {
                // a cache never decides whether there is a verdict
                run.progress().accept("kept keys cannot be used: " + reader.explain(e));
            }
        }
        // without a key in common, files that were found to be without recurring keys stay so
        List<LiveFile> toRead = layout.disjoint() ? files.open(measure) : measure.filter().map(files::matching).orElseGet(files::files);
        if (toRead.isEmpty()) {
            return new RecurringKeys(0, 0, OptionalLong.of(0));
        }
        run.progress().accept("looking for duplicates of %s in %s of %s data files".formatted(String.join(", ", measure.keys()), toRead.size(), files.files().size()));
        RecurringKeys found = reader.recurringKeys(measure, toRead, layout);
        addUnique(measure, found, files);
        return found;
    }

    private static void addUnique(FileMeasure.RecurringKeys measure, RecurringKeys found, FileEvidence files)
    {
        if (found.keys() == 0) {
            files.open(measure).forEach(file -> files.add(measure, file, FileFigure.of(0), EvidenceRung.R6));
        }
    }

    /**
     * Empty also where the keys of some rows only are looked at, whose number nobody asked for.
     */
    private static OptionalLong rows(FileMeasure.RecurringKeys measure, FileEvidence files)
    {
        FileMeasure rows = new FileMeasure.Rows();
        return measure.filter().isEmpty() && files.open(rows).isEmpty() ? files.total(rows) : OptionalLong.empty();
    }

    /**
     * Whether it is known that no file has a recurring key in itself, and that no key is in two files.
     */
    private boolean areUnique(FileMeasure.RecurringKeys measure, FileEvidence files)
    {
        return files.open(measure).isEmpty()
                && files.total(measure).orElseThrow() == 0
                && (files.keyLayout(measure.keys()).disjoint() || sets(measure, files).filter(kept -> kept.areUnique(measure, files)).isPresent());
    }

    private List<CheckSpec> open()
    {
        return run.results().open(Measure.Duplicates.class);
    }

    /**
     * What is known of keys from former runs is of all rows, and of each file once: where one is listed twice, all of its keys recur.
     */
    private Optional<KeySetSearch> sets(FileMeasure.RecurringKeys measure, FileEvidence files)
    {
        return measure.filter().isEmpty() && run.slice().isEmpty() && !files.repeatsFiles() ? search.get() : Optional.empty();
    }

    private static FileMeasure.RecurringKeys measure(CheckSpec check)
    {
        Measure.Duplicates duplicates = (Measure.Duplicates) check.measure();
        return new FileMeasure.RecurringKeys(duplicates.columns(), duplicates.filter());
    }
}
