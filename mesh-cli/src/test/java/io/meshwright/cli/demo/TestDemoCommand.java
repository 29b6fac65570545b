package io.meshwright.cli.demo;

import io.meshwright.cli.ExitCode;
import io.meshwright.cli.MeshCommandTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

public class TestDemoCommand
{
    @TempDir
    private Path folder;

    private MeshCommandTester mesh;

    @BeforeEach
    public void setUp()
    {
        mesh = new MeshCommandTester(folder);
    }

    @Test
    public void testScaleOutOfRange()
    {
        mesh.run("demo", "--scale", "0.01").exits(ExitCode.USAGE);

        mesh.errors().contains("error[MESH-DEMO-001] Scale 0.01 is out of range", "use a number from 0.05 to 100");
        assertThat(folder.resolve(DemoFolder.NAME)).doesNotExist();
    }

    @Test
    public void testScaleIsNoNumber()
    {
        mesh.run("demo", "--scale", "much").exits(ExitCode.USAGE);

        mesh.errors().contains("error[MESH-CLI-001]", "much");
    }

    @Test
    public void testWithoutInstallation()
    {
        mesh.run("demo").exits(ExitCode.USAGE);

        mesh.errors().contains("error[MESH-CLI-010]");
        assertThat(folder.resolve(DemoFolder.NAME)).doesNotExist();
    }

    @Test
    public void testStatementMayBeginWithComment()
    {
        mesh.run("sql", "-- the revenue\nSELECT 1").exits(ExitCode.UNKNOWN);

        mesh.errors().contains("error[MESH-CLI-023]");
    }

    @Test
    public void testEverySampleIsValid()
    {
        Path examples = Path.of("..", "examples", "retail").toAbsolutePath().normalize();
        for (String product : new String[] {"orders/data-products/order-events", "customer/data-products/customer-profile", "inventory/data-products/stock-levels", "pricing/data-products/price-list"}) {
            assertThat(examples.resolve(product)).isDirectory();
            mesh.run("product", "validate", examples.resolve(product).resolve("dataproduct.yaml").toString()).exits(ExitCode.OK);
            mesh.output().contains("0 errors, 0 warnings");
        }
        mesh.run("product", "validate", examples.resolve("broken/1-kafka-port-without-contract/dataproduct.yaml").toString()).exits(ExitCode.FINDING);
        mesh.errors().contains("error[MESH-PII-003] output port \"kafka-realtime\" has no contract");
        mesh.run("contract", "lint", examples.resolve("broken/3-proposal-with-unknown-type/order-events.v3-proposed.yaml").toString()).exits(ExitCode.FINDING);
        mesh.errors().contains("money");
    }
}
