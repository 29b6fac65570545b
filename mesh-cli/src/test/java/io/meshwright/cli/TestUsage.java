package io.meshwright.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class TestUsage
{
    @TempDir
    private Path folder;

    private MeshCommandTester mesh;

    @BeforeEach
    void setUp()
    {
        mesh = new MeshCommandTester(folder);
    }

    @Test
    void testAloneItPrintsSixTypicalLines()
    {
        mesh.run().exits(ExitCode.OK);

        assertThat(mesh.outputText().lines()).hasSize(6).allMatch(line -> line.startsWith("mesh "));
        mesh.errors().isEqualTo("All commands: mesh --help\n");
    }

    @Test
    void testHelpGoesToStandardOutput()
    {
        mesh.run("--help").exits(ExitCode.OK);
        mesh.output().contains("Usage: mesh").contains("completion").contains("Exit codes: 0 fine");
        mesh.errors().isEmpty();

        mesh.run("sql", "--help").exits(ExitCode.OK);
        mesh.output().contains("Usage: mesh sql").contains("--user");
    }

    @Test
    void testVersion()
    {
        mesh.run("version").exits(ExitCode.OK);
        mesh.output().startsWith("mesh ");
        mesh.run("--version").exits(ExitCode.OK);
        mesh.output().startsWith("mesh ");
        mesh.run("version", "-o", "json").exits(ExitCode.OK);
        assertThat(mesh.json().get("kind")).isEqualTo("Version");
        mesh.run("version", "-o", "yaml").exits(ExitCode.OK);
        mesh.output().startsWith("apiVersion: meshwright.io/v1\nkind: Version\n");
    }

    @Test
    void testUnknownCommandIsUsageWithSuggestion()
    {
        mesh.run("verson").exits(ExitCode.USAGE);
        mesh.output().isEmpty();
        mesh.errors().isEqualTo(
                """
                error[MESH-CLI-001] Unknown command "verson"
                  fix: did you mean version? see: mesh --help
                  more: mesh explain MESH-CLI-001
                """);
    }

    @Test
    void testUnknownOptionIsUsage()
    {
        mesh.run("version", "--colour", "never").exits(ExitCode.USAGE);
        mesh.errors().contains("error[MESH-CLI-001] Unknown option \"--colour\" of mesh version").contains("--color");
    }

    @Test
    void testUsageErrorsAreOneDocumentToo()
    {
        mesh.run("verson", "-o", "json").exits(ExitCode.USAGE);
        assertThat(mesh.json().get("kind")).isEqualTo("Findings");
        assertThat(mesh.finding(0).get("id")).isEqualTo("MESH-CLI-001");

        mesh.run("sql", "-o", "json").exits(ExitCode.USAGE);
        assertThat((String) mesh.finding(0).get("message")).contains("SQL");
    }

    @Test
    void testUnknownOutputFormatNamesTheOthers()
    {
        mesh.run("version", "-o", "xml").exits(ExitCode.USAGE);
        mesh.errors().contains("error[MESH-CLI-003] Unknown output format \"xml\"").contains("fix: use one of: table, json, yaml");
    }

    @Test
    void testColor()
    {
        mesh.run("verson").errors().doesNotContain("\u001b");
        mesh.run("version", "--color", "sometimes").exits(ExitCode.USAGE);
        mesh.errors().contains("Unknown value \"sometimes\" of --color");
        mesh.run("version", "-o", "xml", "--color", "always").exits(ExitCode.USAGE);
        mesh.errors().contains("\u001b[31merror[MESH-CLI-003]\u001b[0m");
    }

    @Test
    void testArgumentsAreNeverReadFromFiles()
    {
        mesh.file("arguments", "version").run("@arguments").exits(ExitCode.USAGE);
        mesh.errors().contains("Unknown command \"@arguments\"");
    }

    @Test
    void testCompletion()
    {
        mesh.run("completion", "bash").exits(ExitCode.OK);
        mesh.output().contains("complete -F").contains("version");
        mesh.run("completion", "zsh").exits(ExitCode.OK);
        mesh.output().contains("bashcompinit");
        mesh.run("completion", "fish").exits(ExitCode.OK);
        mesh.output().startsWith("complete -c mesh -f\n").contains("-a version");
        mesh.run("completion", "tcsh").exits(ExitCode.USAGE);
        mesh.errors().contains("No completion for the shell \"tcsh\"").contains("bash, zsh, fish");
    }
}
