package io.meshwright.bridge.alert;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.alert.Incident.Kind;
import io.meshwright.bridge.alert.Incident.Subject;
import io.meshwright.bridge.result.CheckRow;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.bridge.result.WindowRow;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

/**
 * Derives incidents from recorded evaluations. A promise is broken from the first evaluation that says so until the next that says the
 * contrary; what could not be told changes neither, unless it could not be told several times running and somebody wants to know that.
 */
public final class Incidents
{
    private static final String SKIPPED = "skipped";

    private Incidents() {}

    /**
     * @param rows of one product, in any order
     * @param declared the objectives that the product still promises; an incident of another one ends with the registration that dropped it
     * @param registeredAt the registration in force
     * @param unknownAfter from how many evaluations running that could not tell this is an incident itself; never where empty
     */
    public static List<Incident> ofObjectives(String product, List<SlaRow> rows, Set<String> declared, Instant registeredAt, OptionalInt unknownAfter)
    {
        Map<String, ImmutableList.Builder<Evaluation>> evaluations = new LinkedHashMap<>();
        rows.forEach(row -> evaluations.computeIfAbsent(row.slo(), unused -> ImmutableList.builder()).add(Evaluation.of(row)));
        ImmutableList.Builder<Incident> incidents = ImmutableList.builder();
        evaluations.forEach((slo, found) -> derive(product, Subject.objective(slo), found.build(), unknownAfter).stream()
                .map(incident -> incident.isOpen() && !declared.contains(slo) ? incident.resolved(later(registeredAt, incident.last().at())) : incident)
                .forEach(incidents::add));
        return incidents.build();
    }

    /**
     * @param rows of one product's tests against contracts that were registered, in any order
     */
    public static List<Incident> ofChecks(String product, List<CheckRow> rows, OptionalInt unknownAfter)
    {
        Map<Subject, ImmutableList.Builder<Evaluation>> evaluations = new LinkedHashMap<>();
        Map<String, List<CheckRow>> lastRuns = new HashMap<>();
        rows.stream().collect(groupingBy(CheckRow::port)).forEach((port, ofPort) -> lastRuns.put(port, lastCompleteRun(ofPort)));
        rows.forEach(row -> evaluations.computeIfAbsent(new Subject(Subject.Type.CHECK, row.checkName(), row.port(), row.field()), unused -> ImmutableList.builder()).add(Evaluation.of(row)));
        ImmutableList.Builder<Incident> incidents = ImmutableList.builder();
        evaluations.forEach((subject, found) -> derive(product, subject, found.build(), unknownAfter).stream()
                .map(incident -> withdrawn(incident, lastRuns.get(subject.port())))
                .forEach(incidents::add));
        return incidents.build();
    }

    /**
     * One subject for each legacy table. A run that compares some days says nothing of a breach on another one, so each window counts as its last run left it.
     *
     * @param rows of one product's reconciliations, in any order
     * @param declared the legacy table that the product says it replaces. What was compared with another one is no promise, unless it was one before the registration in force
     * @param registeredAt the registration in force
     */
    public static List<Incident> ofReconciliations(String product, List<WindowRow> rows, Optional<String> declared, Instant registeredAt, OptionalInt unknownAfter)
    {
        ImmutableList.Builder<Incident> incidents = ImmutableList.builder();
        rows.stream().collect(groupingBy(WindowRow::legacy, TreeMap::new, toList()))
                .forEach((legacy, ofLegacy) -> derive(product, Subject.reconciliation(legacy), WindowEvaluations.of(ofLegacy), unknownAfter).stream()
                        .filter(incident -> declared.filter(legacy::equals).isPresent() || incident.since().isBefore(registeredAt))
                        .map(incident -> incident.isOpen() && declared.filter(legacy::equals).isEmpty() ? incident.resolved(later(registeredAt, incident.last().at())) : incident)
                        .forEach(incidents::add));
        return incidents.build();
    }

    /**
     * A check that the contract no longer asks for is broken no longer.
     */
    private static Incident withdrawn(Incident incident, List<CheckRow> lastRun)
    {
        if (!incident.isOpen() || lastRun.isEmpty() || lastRun.stream().anyMatch(row -> row.checkName().equals(incident.name()) && row.field().equals(incident.subject().field()))) {
            return incident;
        }
        Instant finished = lastRun.get(0).finishedAt();
        return finished.isBefore(incident.last().at()) ? incident : incident.resolved(finished);
    }

    private static List<CheckRow> lastCompleteRun(Collection<CheckRow> rows)
    {
        Map<String, List<CheckRow>> runs = rows.stream().collect(groupingBy(CheckRow::runId));
        Optional<List<CheckRow>> last = runs.values().stream()
                .filter(run -> run.get(0).plannedChecks().isEmpty() || run.size() >= run.get(0).plannedChecks().orElseThrow())
                .filter(run -> !run.stream().map(CheckRow::status).collect(toImmutableSet()).equals(Set.of(SKIPPED)))
                .max(comparing(run -> run.get(0).finishedAt()));
        return last.orElse(ImmutableList.of());
    }

    private static List<Incident> derive(String product, Subject subject, List<Evaluation> evaluations, OptionalInt unknownAfter)
    {
        ImmutableList.Builder<Incident> ended = ImmutableList.builder();
        Optional<Incident> open = Optional.empty();
        Optional<Evaluation> firstUnknown = Optional.empty();
        int unknowns = 0;
        for (Evaluation evaluation : evaluations.stream().sorted(comparing(Evaluation::at).thenComparing(Evaluation::runId)).collect(toImmutableList())) {
            if (evaluation.standing() == Evaluation.Standing.UNKNOWN) {
                unknowns++;
                firstUnknown = firstUnknown.or(() -> Optional.of(evaluation));
                if (open.isPresent() && open.orElseThrow().kind() == Kind.UNKNOWN) {
                    open = open.map(incident -> incident.with(evaluation));
                }
                else if (open.isEmpty() && unknownAfter.isPresent() && unknowns >= unknownAfter.orElseThrow()) {
                    open = Optional.of(Incident.begin(product, subject, Kind.UNKNOWN, firstUnknown.orElseThrow()).with(evaluation));
                }
                continue;
            }
            unknowns = 0;
            firstUnknown = Optional.empty();
            boolean broken = evaluation.standing() == Evaluation.Standing.BROKEN;
            if (open.isPresent() && (!broken || open.orElseThrow().kind() == Kind.UNKNOWN)) {
                ended.add(open.orElseThrow().resolved(evaluation.at()));
                open = Optional.empty();
            }
            if (broken) {
                open = open.map(incident -> incident.with(evaluation)).or(() -> Optional.of(Incident.begin(product, subject, Kind.BROKEN, evaluation)));
            }
        }
        open.ifPresent(ended::add);
        return ended.build();
    }

    private static Instant later(Instant first, Instant second)
    {
        return first.isAfter(second) ? first : second;
    }
}
