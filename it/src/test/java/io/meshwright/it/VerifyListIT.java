package io.meshwright.it;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The verify list of the example: healthy as it is, and each broken twin is found, for the fault that it has.
 */
class VerifyListIT
{
    private static final Duration BOUND = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void testSampleIsHealthy()
    {
        Execution list = verify().expectExit(0);
        for (int step = 1; step <= 5; step++) {
            assertThat(list.output()).contains("== " + step + ". ", "\nok " + step + "\n");
        }
        assertThat(list.output())
                .contains("PASSED: 21 of 21 checks passed", "The mesh is healthy.")
                // later features are named, not claimed
                .contains("pending: ")
                .doesNotContain("NOT OK");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            1 | MESH-PII-003
                                            2 | total_minor
                                            3 | 'money'
                                            4 | MESH-PII-004
                                            5 | MISSED  freshness
                                            """)
    void testBrokenTwinIsFound(int step, String reason)
    {
        Execution list = verify("--broken", String.valueOf(step)).expectExit(1);
        assertThat(list.output() + list.errors()).contains(reason);
        assertThat(list.output()).contains("NOT OK " + step + " (exit code 1)", "The mesh is not healthy.").doesNotContain("\nok ");
    }

    @Test
    void testStepThatCannotRunIsNotAFinding()
    {
        Execution list = Processes.run(folder, Map.of("MESH", "/nowhere/mesh", "TMPDIR", folder.toString()), BOUND, script(), "--step", "1").expectExit(2);
        assertThat(list.output()).contains("NOT OK 1").doesNotContain("The mesh is healthy.", "The mesh is not healthy.");
    }

    @Test
    void testUnknownOptionShowsTheUsage()
    {
        assertThat(verify("--broken", "6").expectExit(2).errors()).contains("verify.sh --broken N");
    }

    private Execution verify(String... arguments)
    {
        List<String> command = new ArrayList<>(List.of(script()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = Map.of("HOME", folder.toString(), "NO_COLOR", "1", "TMPDIR", folder.toString());
        Execution execution = Processes.run(folder, environment, BOUND, command);
        assertThat(folder.toFile().list((_, name) -> name.startsWith("mesh-verify"))).isEmpty();
        assertThat(new Leftovers(folder).running()).isEmpty();
        return execution;
    }

    private static String script()
    {
        return Mesh.REPOSITORY.resolve("examples/retail/verify.sh").toString();
    }
}
