package io.meshwright.cli.command;

import io.meshwright.bridge.alert.Incident;
import io.meshwright.bridge.alert.ObjectiveState;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.cli.output.Json;

import java.util.Map;

/**
 * How a promise stands, for documents.
 */
final class SlaStateText
{
    private SlaStateText() {}

    static Map<String, Object> item(ObjectiveState state)
    {
        return Json.object(
                "slo",
                state.slo(),
                "threshold",
                state.last().flatMap(SlaRow::threshold),
                "status",
                state.status(),
                "actual",
                state.last().flatMap(SlaRow::actual),
                "checkedAt",
                state.last().map(SlaRow::checkedAt),
                "missedSince",
                state.miss().map(Incident::since),
                "incident",
                state.miss().map(Incident::id));
    }
}
