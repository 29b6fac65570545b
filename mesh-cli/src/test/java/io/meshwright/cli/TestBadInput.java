package io.meshwright.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each bad input gives one clear finding with its rule and exit code, and changes nothing.
 */
class TestBadInput
{
    @TempDir
    private Path folder;

    private MeshCommandTester mesh;

    @BeforeEach
    void setUp()
    {
        mesh = new MeshCommandTester(folder)
                .file("dataproduct.yaml", ProductFixtures.SPEC)
                .file("contracts/v1.yaml", ProductFixtures.CONTRACT);
    }

    @Test
    void testValidInputIsFine()
    {
        mesh.run("product", "validate", "dataproduct.yaml").exits(ExitCode.OK);
        mesh.output().isEqualTo("0 errors, 0 warnings in 2 files\n");
        mesh.errors().contains("next: mesh product apply dataproduct.yaml");
        mesh.run("contract", "lint", "contracts/v1.yaml").exits(ExitCode.OK);
    }

    @Test
    void testMissingFile()
    {
        assertFinding("MESH-ADM-", ExitCode.USAGE, "nowhere.yaml");
        mesh.run("contract", "lint", "nowhere.yaml", "-o", "json").exits(ExitCode.USAGE);
        assertThat(mesh.finding(0).get("id")).isEqualTo("MESH-CLI-002");
        assertThat((String) mesh.finding(0).get("message")).contains(folder.resolve("nowhere.yaml").toString());
    }

    @Test
    void testSyntaxError()
    {
        refuse("metadata: [", "MESH-YAML-001", ExitCode.USAGE);
    }

    @Test
    void testDuplicateKey()
    {
        refuse(ProductFixtures.SPEC + "kind: DataProduct\n", "MESH-YAML-002", ExitCode.USAGE);
    }

    @Test
    void testTab()
    {
        refuse(ProductFixtures.SPEC.replace("  name: order-events", "\tname: order-events"), "MESH-YAML-003", ExitCode.USAGE);
    }

    @Test
    void testAliasBomb()
    {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 10; level++) {
            bomb.append("a").append(level).append(": &a").append(level).append(" [").append(("*a" + (level - 1) + ", ").repeat(9)).append("*a").append(level - 1).append("]\n");
        }
        refuse(bomb.toString(), "MESH-YAML-005", ExitCode.USAGE);
    }

    @Test
    void testHugeFileIsNotRead()
            throws IOException
    {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("huge.yaml").toFile(), "rw")) {
            file.setLength(100L << 20);
        }
        assertFinding("MESH-YAML-004", ExitCode.USAGE, "huge.yaml");
        mesh.run("contract", "lint", "huge.yaml", "-o", "json").exits(ExitCode.USAGE);
        assertThat(mesh.finding(0).get("id")).isEqualTo("MESH-YAML-004");
    }

    @Test
    void testWrongApiVersion()
    {
        refuse(ProductFixtures.SPEC.replace("io/v1", "io/v9"), "MESH-SPEC-001", ExitCode.FINDING);
        assertThat((String) mesh.finding(0).get("message")).contains("v9");
        assertThat(mesh.finding(0).get("line")).isEqualTo(1L);
    }

    @Test
    void testMissingContractFile()
    {
        refuse(ProductFixtures.SPEC.replace("v1.yaml", "v7.yaml"), "MESH-PORT-010", ExitCode.FINDING);
        assertThat((String) mesh.finding(0).get("message")).contains(folder.resolve("contracts/v7.yaml").toString());
    }

    @Test
    void testPiiFieldThatIsNotInTheContract()
    {
        refuse(ProductFixtures.SPEC.replace("[customer_id]", "[custmer_id]"), "MESH-PII-004", ExitCode.FINDING);
        assertThat(mesh.outputText()).contains("customer_id");
    }

    @Test
    void testUnknownKey()
    {
        refuse(ProductFixtures.SPEC.replace("  classification:", "  clasification:"), "MESH-YAML-020", ExitCode.FINDING);
        assertThat(mesh.outputText()).contains("did you mean");
    }

    @Test
    void testTwoProductsThatClaimOneName()
    {
        mesh.run("product", "apply", "dataproduct.yaml").exits(ExitCode.OK);
        String alias = ProductFixtures.SPEC.replace("  owner: ", "  id: ord.42\n  owner: ");
        for (String name : new String[] {"other", "third"}) {
            mesh.file(name + "/dataproduct.yaml", alias.replace("name: order-events", "name: " + name))
                    .file(name + "/contracts/v1.yaml", ProductFixtures.CONTRACT.replace("orders.order-events", "orders." + name).replace("order_events:", name + ":"));
        }
        mesh.run("product", "apply", "other/dataproduct.yaml").exits(ExitCode.OK);
        mesh.run("product", "apply", "third/dataproduct.yaml", "-o", "json").exits(ExitCode.FINDING);
        assertThat((String) mesh.finding(0).get("id")).isEqualTo("MESH-REG-003");
        mesh.run("catalog", "list", "-o", "name").output().isEqualTo("orders.order-events\norders.other\n");
    }

    @Test
    void testAllFindingsOfAllFilesAtOnceInEveryFormat()
    {
        mesh.file("bad.yaml", ProductFixtures.SPEC.replace("  sla:", "  slas:").replace("owner: orders-data@example.com", "owner: bob"));

        mesh.run("product", "validate", "bad.yaml", "dataproduct.yaml").exits(ExitCode.FINDING);
        mesh.errors().contains("--> bad.yaml:6:").contains("bob").contains("slas").contains("^").contains("fix: ");
        mesh.run("product", "validate", "bad.yaml", "-o", "sarif").exits(ExitCode.FINDING);
        mesh.output().contains("\"version\": \"2.1.0\"").contains("\"ruleId\": \"MESH-YAML-020\"");
        mesh.run("product", "validate", "bad.yaml", "-o", "junit").exits(ExitCode.FINDING);
        mesh.output().startsWith("<?xml").contains("<failure");
        mesh.run("product", "validate", "bad.yaml", "-o", "github").exits(ExitCode.FINDING);
        mesh.output().contains("::error file=bad.yaml,line=");
        mesh.run("product", "validate", "bad.yaml", "-o", "name").exits(ExitCode.USAGE);
    }

    @Test
    void testBrokenConfiguration()
    {
        mesh.file("mesh.yaml", "catalgo:\n  type: rest\n").run("catalog", "list", "-o", "json").exits(ExitCode.USAGE);
        assertThat((String) mesh.finding(0).get("file")).endsWith("mesh.yaml");
        assertThat(mesh.outputText()).contains("catalog");
    }

    private void refuse(String text, String rule, ExitCode code)
    {
        mesh.file("bad.yaml", text);
        assertFinding(rule, code, "bad.yaml");
        mesh.run("product", "apply", "bad.yaml", "-o", "json").exits(code);
        mesh.run("catalog", "register", "bad.yaml").exits(code);
        assertThat(folder.resolve(".mesh")).doesNotExist();
        mesh.run("product", "validate", "bad.yaml", "-o", "json");
    }

    private void assertFinding(String rule, ExitCode code, String file)
    {
        mesh.run("product", "validate", file, "-o", "json").exits(code);
        assertThat((String) mesh.finding(0).get("id")).startsWith(rule);
        assertThat((String) mesh.finding(0).get("file")).isEqualTo(file);
        assertThat((String) mesh.finding(0).get("fix")).isNotBlank();
    }
}
