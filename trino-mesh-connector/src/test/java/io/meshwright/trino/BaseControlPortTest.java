package io.meshwright.trino;

import org.junit.jupiter.api.BeforeAll;

import java.util.Map;

import static io.meshwright.trino.ShopProducts.create;
import static io.meshwright.trino.TestingMesh.MARKETER;

/**
 * A mesh with products that not everybody finds or reads. The marketer is its auditor.
 */
abstract class BaseControlPortTest
        extends BaseMeshTest
{
    protected static final String AUDITOR = MARKETER;
    protected static final String ORDERS_OWNER = "orders@shop.example";

    @Override
    protected TestingMesh createMesh()
            throws Exception
    {
        return new TestingMesh(0, Map.of("mesh.audit-groups", "marketing, nobody"));
    }

    @BeforeAll
    void createProducts()
    {
        TestingProducts.create(mesh);
        mesh.producer("CREATE SCHEMA lake.shop");
        create(mesh, "hidden", "access: {discovery: private, read: [hr], clear: [{user: hanna, until: 2020-01-01}]}");
        create(mesh, "restricted", "access: {read: [privacy]}");
    }
}
