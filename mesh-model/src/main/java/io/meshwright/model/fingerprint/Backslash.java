package io.meshwright.model.fingerprint;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.reconciliation.ReconciliationRule;

import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * For databases that take a backslash in a text for an escape, where standard SQL does not: a text could end elsewhere than it was proven to.
 */
final class Backslash
{
    private Backslash() {}

    static String refused(String database, String expression)
    {
        if (expression.indexOf('\\') >= 0) {
            throw new MeshException(ReconciliationRule.NO_MIGRATION, USER, "An expression below migration: has a backslash, which " + database + " may read as an escape", "write the expression without a backslash");
        }
        return expression;
    }
}
