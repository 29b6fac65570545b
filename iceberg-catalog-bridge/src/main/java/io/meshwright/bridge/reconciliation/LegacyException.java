package io.meshwright.bridge.reconciliation;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.reconciliation.ReconciliationRule;

import java.sql.SQLException;

import static java.util.Objects.requireNonNull;

/**
 * The legacy database did not answer a statement.
 */
public final class LegacyException
        extends MeshException
{
    private final LegacyFailure failure;

    LegacyException(String place, SQLException cause, long timeoutSeconds)
    {
        super(ReconciliationRule.LEGACY_FAILED,
                Cause.EXTERNAL,
                "The legacy warehouse at " + place + " " + LegacyFailure.describe(cause, timeoutSeconds),
                "check migration: in the specification, and the rights of the user",
                cause);
        failure = requireNonNull(LegacyFailure.of(cause), "failure is null");
    }

    LegacyFailure failure()
    {
        return failure;
    }
}
