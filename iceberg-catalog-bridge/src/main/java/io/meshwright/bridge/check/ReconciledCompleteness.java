package io.meshwright.bridge.check;

import io.meshwright.bridge.result.WindowRow;
import io.meshwright.model.sla.SlaMeasurement;

import java.util.List;

/**
 * Completeness by the last reconciliation: its worst settled window, as its own verdict goes by windows.
 */
final class ReconciledCompleteness
{
    private ReconciledCompleteness() {}

    static SlaMeasurement of(List<WindowRow> windows)
    {
        return windows.stream()
                .filter(window -> !window.state().equals("settling"))
                .min((left, right) -> left.completeness().compareTo(right.completeness()))
                .map(worst -> SlaMeasurement.ratio(
                        worst.completeness(),
                        worst.finishedAt(),
                        "reconciliation %s with %s, worst of %s windows: %s, an upper bound".formatted(worst.runId(), worst.legacy(), windows.size(), worst.window())))
                .orElseGet(() -> SlaMeasurement.missing("no measurement: the product was never reconciled"));
    }
}
