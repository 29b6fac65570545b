package io.meshwright.it;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The README is true: its blocks are run as DEVELOPMENT.md says, and print what it shows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeIT
{
    private static final Duration BOUND = Duration.ofMinutes(8);
    private static final String COMMANDS = "console";
    private static final String DEMONSTRATION = "console demo";
    private static final String DEMONSTRATE = "./mesh demo";
    // the run that this test is a part of
    private static final String TEST_EVERYTHING = "./mvnw verify";

    private List<FencedBlock> blocks;

    @BeforeAll
    void read()
            throws Exception
    {
        blocks = FencedBlock.of(Files.readAllLines(Mesh.REPOSITORY.resolve("README.md")));
    }

    @Test
    void testEveryBlockIsOfAKindThatATestRuns()
    {
        for (FencedBlock block : blocks) {
            if (block.kind().equals("sh")) {
                assertThat(block.lines()).describedAs("block in line " + block.line()).hasSize(1).isSubsetOf(DEMONSTRATE, TEST_EVERYTHING);
            }
            else {
                assertThat(block.kind()).describedAs("block in line " + block.line()).isIn(COMMANDS, DEMONSTRATION);
            }
        }
        assertThat(blocks).filteredOn(block -> block.kind().equals(DEMONSTRATION)).hasSize(1);
        assertThat(blocks).filteredOn(block -> block.kind().equals(COMMANDS)).isNotEmpty();
        assertThat(blocks).flatExtracting(FencedBlock::lines).contains(DEMONSTRATE, TEST_EVERYTHING);
    }

    @Test
    void testTheSecondCommandRunsThisTest()
            throws Exception
    {
        assertThat(Mesh.REPOSITORY.resolve("mvnw")).isExecutable();
        assertThat(Files.readString(Mesh.REPOSITORY.resolve("pom.xml"))).contains("<module>it</module>");
        assertThat(Files.readString(Mesh.REPOSITORY.resolve("it/pom.xml"))).contains("maven-failsafe-plugin", "<goal>integration-test</goal>", "<goal>verify</goal>");
    }

    @Test
    void testDemonstrationPrintsWhatIsShown()
            throws Exception
    {
        FencedBlock block = blocks.stream().filter(candidate -> candidate.kind().equals(DEMONSTRATION)).findFirst().orElseThrow();
        assertThat(block.lines().getFirst()).isEqualTo("$ " + DEMONSTRATE);
        Execution story = DemoRun.told().execution().expectExit(0);
        expectShown(block.lines().subList(1, block.lines().size()), story.output().lines().toList(), "the demonstration");
    }

    @Test
    void testCommandsPrintWhatIsShown(@TempDir Path folder)
            throws Exception
    {
        // a first start says that it prepares the fast ones
        new Mesh(folder).run("version").expectExit(0);
        List<ShownCommand> commands = blocks.stream().filter(block -> block.kind().equals(COMMANDS)).flatMap(block -> ShownCommand.of(block).stream()).toList();
        Map<Integer, Execution> executions = run(folder, commands);
        List<String> problems = new ArrayList<>();
        for (int number = 0; number < commands.size(); number++) {
            ShownCommand command = commands.get(number);
            Execution execution = executions.get(number);
            assertThat(execution).describedAs("line %s was not reached: %s", command.line(), command.command()).isNotNull();
            String place = "README.md:%d: %s%n".formatted(command.line(), command.command());
            if (execution.exitCode() != 0) {
                problems.add(place + "exit code " + execution.exitCode() + "\n" + execution.output());
            }
            new ShownOutput(command.output()).firstDifference(execution.output().lines().toList())
                    .ifPresent(difference -> problems.add(place + difference + "\n--- all that was printed\n" + execution.output()));
        }
        assertThat(problems).describedAs(String.join("\n\n", problems)).isEmpty();
    }

    @Test
    void testComparisonSeesDifferences()
    {
        assertThat(difference("a 1\n...\nb …\nc", "a 2,5\nx\nb 7 s\nc")).isEmpty();
        assertThat(difference("a\n...", "a")).isEmpty();
        assertThat(difference("...\nb", "b\nx\nb")).isEmpty();
        assertThat(difference("-----+--\nfcixz7mfil4i7g45l35s4fplmu", "---+-----\nlhysstebh6q3m4nyvkyvwxkxxi")).isEmpty();
        assertThat(difference("a 1", "b 1")).hasValue("shown, but not printed there: a 1; printed instead: b 1");
        assertThat(difference("net 3", "net -3")).isPresent();
        assertThat(difference("a", "a\nb")).hasValue("printed, but not shown: b");
        assertThat(difference("", "b")).hasValue("printed, but not shown: b");
        assertThat(difference("a\nb", "a")).hasValue("shown, but not printed there: b");
        assertThat(difference("a\n...\nb", "a\nb\nc")).hasValue("printed, but not shown: c");
        assertThat(difference("...\nb\nc\n...", "b\nx\nc")).hasValue("shown, but not printed there: c");
        assertThatThrownBy(() -> ShownCommand.of(new FencedBlock(COMMANDS, 7, List.of("mesh version"))))
                .hasMessage("Line 7 belongs to no command: mesh version");
        assertThatThrownBy(() -> FencedBlock.of(List.of("```sh", "mesh version")))
                .hasMessage("The block in line 1 does not end");
    }

    private static Optional<String> difference(String shown, String printed)
    {
        return new ShownOutput(shown.lines().toList()).firstDifference(printed.lines().toList());
    }

    private static void expectShown(List<String> shown, List<String> printed, String what)
    {
        Optional<String> difference = new ShownOutput(shown).firstDifference(printed);
        assertThat(difference).describedAs("%s printed:%n%s", what, String.join("\n", printed)).isEmpty();
    }

    /**
     * Runs all commands in one shell that starts in the checkout; what each of them printed, by its number.
     */
    private static Map<Integer, Execution> run(Path folder, List<ShownCommand> commands)
            throws Exception
    {
        StringBuilder script = new StringBuilder("exec 2>&1\n");
        for (int number = 0; number < commands.size(); number++) {
            script.append(commands.get(number).command()).append("\nprintf '\\n@@ %s %s\\n' ").append(number).append(" $?\n");
        }
        Path file = Files.writeString(folder.resolve("readme.sh"), script);
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Leftovers leftovers = new Leftovers(folder);
        try {
            Execution shell = Processes.run(Mesh.REPOSITORY, Map.of("HOME", folder.toString(), "NO_COLOR", "1", "TMPDIR", temporary.toString()), BOUND, "bash", file.toString());
            Map<Integer, Execution> executions = new HashMap<>();
            Matcher output = Pattern.compile("(.*?)\n@@ (\\d+) (\\d+)\n", Pattern.DOTALL).matcher(shell.output());
            while (output.find()) {
                int number = Integer.parseInt(output.group(2));
                executions.put(number, new Execution(commands.get(number).command(), Integer.parseInt(output.group(3)), output.group(1), ""));
            }
            assertThat(leftovers.running()).isEmpty();
            return executions;
        }
        finally {
            for (Path workplace : workplaces(temporary)) {
                new Mesh(workplace).run("down");
            }
        }
    }

    private static Set<Path> workplaces(Path folder)
            throws Exception
    {
        try (Stream<Path> files = Files.list(folder)) {
            return new TreeSet<>(files.filter(file -> Files.exists(file.resolve(".mesh/trino"))).toList());
        }
    }
}
