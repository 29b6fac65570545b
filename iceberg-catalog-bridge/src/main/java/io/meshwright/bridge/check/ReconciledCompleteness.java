package io.meshwright.bridge.check;

import io.meshwright.bridge.result.WindowRow;
import io.meshwright.model.reconciliation.WindowResult.State;
import io.meshwright.model.sla.SlaMeasurement;

import java.util.List;
import java.util.Set;

/**
 * Completeness by the last reconciliation: its worst settled window, as its own verdict goes by windows.
 */
final class ReconciledCompleteness
{
    private ReconciledCompleteness() {}

    static SlaMeasurement of(List<WindowRow> windows)
    {
        Set<String> decided = Set.of(State.OK.label(), State.CONFIRMED.label());
        long accepted = windows.stream().filter(window -> window.state().equals(State.ACCEPTED.label())).count();
        return windows.stream()
                .filter(window -> decided.contains(window.state()))
                .min((left, right) -> left.completeness().compareTo(right.completeness()))
                .map(worst -> SlaMeasurement.ratio(
                        worst.completeness(),
                        worst.finishedAt(),
                        "reconciliation %s with %s, worst of %s windows: %s%s%s".formatted(
                                worst.runId(),
                                worst.legacy(),
                                windows.size(),
                                worst.window(),
                                worst.missing().isPresent() ? "" : ", an upper bound",
                                accepted == 0 ? "" : ", without %s that are accepted".formatted(accepted))))
                .orElseGet(() -> SlaMeasurement.missing("no measurement: the product was never reconciled"));
    }
}
