package io.meshwright.trino;

/**
 * Metadata, splits and pages without the access control: alone they refuse every change, too.
 */
class TestUnguardedMeshConnectorTest
        extends BaseMeshConnectorTest
{
    TestUnguardedMeshConnectorTest()
    {
        super("unguarded_mesh", UnguardedMeshPlugin::new);
    }
}
