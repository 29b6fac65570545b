package io.meshwright.it;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of {@code docs/connector.md}: catalog files are fenced as {@code properties KIND}, statements as {@code sql USER},
 * each followed by what it prints, fenced as {@code text}.
 */
final class ConnectorPage
{
    private static final Path PAGE = Mesh.REPOSITORY.resolve("docs/connector.md");
    private static final String STATEMENT = "sql ";
    private static final String CATALOG_FILE = "properties ";

    private ConnectorPage() {}

    /**
     * The example is the file with which the local Trino runs, but for addresses, folders and the names of variables.
     */
    static void expectCatalogFile(String kind, Mesh mesh)
            throws IOException
    {
        FencedBlock example = blocks().stream()
                .filter(block -> block.kind().equals(CATALOG_FILE + kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The page has no catalog file for " + kind));
        Map<String, String> used;
        try (Reader file = Files.newBufferedReader(mesh.directory().resolve(".mesh/trino/etc/catalog/mesh.properties"))) {
            used = properties(file);
        }
        Map<String, String> shown;
        try (Reader block = Reader.of(String.join("\n", example.lines()))) {
            shown = properties(block);
        }
        assertThat(used).as("catalog file in line %s of the page", example.line()).isEqualTo(shown);
    }

    /**
     * Each statement prints what the page shows, on a Trino that serves the loyalty cards C-100 and C-101.
     */
    static void expectAnswers(Mesh mesh)
            throws IOException
    {
        List<FencedBlock> blocks = blocks();
        assertThat(blocks).extracting(FencedBlock::kind).filteredOn(kind -> kind.startsWith(STATEMENT)).hasSizeGreaterThan(4);
        for (int index = 0; index < blocks.size(); index++) {
            FencedBlock statement = blocks.get(index);
            if (!statement.kind().startsWith(STATEMENT)) {
                continue;
            }
            FencedBlock shown = blocks.get(index + 1);
            assertThat(shown.kind()).as("block in line %s", shown.line()).isEqualTo("text");
            Execution execution = mesh.run("sql", "--user", statement.kind().substring(STATEMENT.length()), String.join("\n", statement.lines()));
            List<String> printed = Stream.concat(execution.output().lines(), execution.errors().lines()).toList();
            Optional<String> difference = new ShownOutput(shown.lines()).firstDifference(printed);
            assertThat(difference).as("statement in line %s of the page printed:%n%s", statement.line(), String.join("\n", printed)).isEmpty();
        }
    }

    /**
     * No example is left out because of how it is fenced.
     */
    static void expectKnownBlocks()
            throws IOException
    {
        assertThat(blocks()).extracting(FencedBlock::kind).allSatisfy(kind -> assertThat(kind.split(" ")[0]).isIn(Set.of("", "json", "properties", "sh", "sql", "text", "yaml")));
        // needs Trino's JMX connector, and is held against the bean by the connector's tests: a new one belongs to the others
        assertThat(blocks()).filteredOn(block -> block.kind().equals("sql")).singleElement().satisfies(block -> assertThat(String.join("\n", block.lines())).contains("FROM jmx.current."));
        assertThat(blocks()).extracting(FencedBlock::kind).filteredOn("properties"::equals).isEmpty();
    }

    private static List<FencedBlock> blocks()
            throws IOException
    {
        return FencedBlock.of(Files.readAllLines(PAGE));
    }

    private static Map<String, String> properties(Reader reader)
            throws IOException
    {
        Properties properties = new Properties();
        properties.load(reader);
        Map<String, String> values = new TreeMap<>();
        properties.forEach((name, value) -> values.put((String) name, ((String) value)
                .replaceAll("^(https?|jdbc:postgresql)://[^/]*", "$1://host")
                .replaceAll("^https:", "http:")
                // servers report an endpoint with a slash at its end and without
                .replaceAll("^http://host/$", "http://host")
                .replaceAll("^file:/.*/", "file:///folder/")
                .replaceAll("^/.+/[^/]+$", "/folder/file")
                .replaceAll("\\$\\{ENV:[^}]*}", "\\${ENV}")));
        return values;
    }
}
