package io.meshwright.bridge.reconciliation;

import io.meshwright.model.product.MigrationSpec.Profile;

import java.io.IOException;
import java.util.List;

/**
 * On PostgreSQL.
 */
final class TestRowReconciliation
        extends BaseRowReconciliationTest
{
    @Override
    protected TestingServer server()
            throws IOException
    {
        return new TestingPostgres();
    }

    @Override
    protected List<Profile> profiles()
    {
        return List.of(Profile.NATIVE, Profile.MD5, Profile.SHA256);
    }
}
