package io.meshwright.bridge.check;

import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.Measure;
import io.meshwright.model.finding.MeshException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * The results that a run has so far, at most one for each check of its plan: the first counts. Not thread-safe.
 */
final class RunResults
{
    private final CheckPlan plan;
    private final Map<String, CheckResult> results = new HashMap<>();
    private Optional<String> note = Optional.empty();

    RunResults(CheckPlan plan)
    {
        this.plan = requireNonNull(plan, "plan is null");
    }

    void put(CheckResult result)
    {
        results.putIfAbsent(result.name(), result);
    }

    /**
     * Takes results of one kind of check and one rung back.
     *
     * @return whether there were any
     */
    boolean withdraw(EvidenceRung rung, Class<? extends Measure> kind)
    {
        Set<String> withdrawn = plan.checks().stream()
                .filter(check -> kind.isInstance(check.measure()))
                .map(CheckSpec::name)
                .filter(name -> results.containsKey(name) && results.get(name).rung().filter(rung::equals).isPresent())
                .collect(toImmutableSet());
        return results.keySet().removeAll(withdrawn);
    }

    /**
     * Adds to the message of each result that rests on the data.
     */
    void note(String text)
    {
        note = Optional.of(text);
    }

    /**
     * The checks without a result, in the order of the plan.
     */
    List<CheckSpec> open()
    {
        return plan.checks().stream().filter(check -> !results.containsKey(check.name())).collect(toImmutableList());
    }

    /**
     * Those among them that ask for one kind of measure.
     */
    List<CheckSpec> open(Class<? extends Measure> kind)
    {
        return open().stream().filter(check -> kind.isInstance(check.measure())).collect(toImmutableList());
    }

    /**
     * Runs a step of a check that has no result yet; whatever goes wrong becomes that check's error and keeps no other from running.
     */
    void attempt(CheckSpec check, Runnable step)
    {
        attempt(check, step, failure -> failure.getMessage() == null ? failure.toString() : failure.getMessage());
    }

    /**
     * @param explain says what went wrong, without values of the data
     */
    void attempt(CheckSpec check, Runnable step, Function<Exception, String> explain)
    {
        if (results.containsKey(check.name())) {
            return;
        }
        try {
            step.run();
        }
        catch (MeshException e) {
            put(CheckResults.error(check, e.rule().id() + ": " + e.getMessage()));
        }
        catch (Exception e) {
            // an engine's exceptions may be checked, though no signature says so
            put(CheckResults.error(check, explain.apply(e)));
        }
    }

    /**
     * A result for every check, in the order of the plan. A check that nobody answered is in error.
     */
    List<CheckResult> complete()
    {
        return plan.checks().stream()
                .map(check -> results.computeIfAbsent(check.name(), unused -> CheckResults.error(check, "The check was not run")))
                .map(result -> result.rung().isPresent() && note.isPresent() ? result.noting(note.orElseThrow()) : result)
                .collect(toImmutableList());
    }
}
