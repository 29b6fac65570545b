package io.meshwright.bridge.reconciliation;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.model.reconciliation.ReconciliationRule;

import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * The day of a legacy row, in PostgreSQL's SQL.
 *
 * @param day the day
 * @param within whether it lies in the range, so that an index on the column can be used
 */
record DayExpression(String day, String within)
{
    /**
     * @param type PostgreSQL's name of the expression's type: a date or a timestamp without a zone is in the range's zone already
     */
    static DayExpression of(String type, String expression, DayRange range)
    {
        return switch (type) {
            case "date" -> new DayExpression(expression, expression + " BETWEEN DATE '" + range.from() + "' AND DATE '" + range.to() + "'");
            case "timestamp" -> new DayExpression(
                    expression + "::date",
                    expression + " >= TIMESTAMP '" + range.from() + " 00:00:00' AND " + expression + " < TIMESTAMP '" + range.to().plusDays(1) + " 00:00:00'");
            case "timestamptz" -> new DayExpression(
                    "(" + expression + " AT TIME ZONE '" + range.zone().getId() + "')::date",
                    expression + " >= TIMESTAMPTZ '" + range.begin() + "' AND " + expression + " < TIMESTAMPTZ '" + range.end() + "'");
            default -> throw new MeshException(ReconciliationRule.WINDOW, USER, "migration.window.legacy is of type " + type + ", which has no day", "use a date or timestamp column, or cast it to one");
        };
    }
}
