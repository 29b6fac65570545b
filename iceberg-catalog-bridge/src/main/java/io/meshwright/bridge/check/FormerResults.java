package io.meshwright.bridge.check;

import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.result.CheckRow;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.EvidenceRung;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Figures that a former run found for the same checks of the same snapshot (rung R0). What depends on the clock is not among them, and neither is what
 * another version of the evaluation found.
 */
public final class FormerResults
{
    public static final FormerResults NONE = new FormerResults(Map.of());

    private final Map<String, CheckRow> byCheck;

    private FormerResults(Map<String, CheckRow> byCheck)
    {
        this.byCheck = ImmutableMap.copyOf(byCheck);
    }

    /**
     * @param rows of one snapshot and one text of a contract
     */
    public static FormerResults of(Collection<CheckRow> rows)
    {
        Map<String, CheckRow> newest = new HashMap<>();
        for (CheckRow row : rows) {
            newest.merge(row.checkName(), row, (left, right) -> right.finishedAt().isAfter(left.finishedAt()) ? right : left);
        }
        // an error may have come after a figure that was found to be wrong, so no earlier one takes its place
        newest.values().removeIf(row -> row.actual().isEmpty() || row.evaluation().isEmpty() || row.evaluation().orElseThrow() != CheckRow.EVALUATION);
        return new FormerResults(newest);
    }

    Optional<CheckResult> find(CheckSpec check)
    {
        return Optional.ofNullable(byCheck.get(check.name()))
                .filter(unused -> check.measure().lasts())
                .filter(row -> row.metric().equals(check.metric().label()))
                .filter(row -> row.threshold().equals(check.thresholdText()) && row.severity().equals(check.severity()))
                .map(row -> reuse(check, row));
    }

    /**
     * The verdict is the former one, too: the table of results rounds figures.
     */
    private static CheckResult reuse(CheckSpec check, CheckRow row)
    {
        return new CheckResult(
                check.name(),
                check.field(),
                check.metric().label(),
                Optional.of(check.dimension()),
                check.severity(),
                CheckStatus.ofLabel(row.status()),
                row.actual().map(BigDecimal::stripTrailingZeros),
                check.thresholdText(),
                Optional.of(EvidenceRung.R0),
                OptionalLong.of(0),
                Optional.empty(),
                row.validRatio().map(BigDecimal::stripTrailingZeros),
                row.message());
    }
}
