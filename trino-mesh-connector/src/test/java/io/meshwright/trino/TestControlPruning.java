package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.catalog.LocalFileIO;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.result.CheckRow;
import io.meshwright.bridge.table.Row;
import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.bridge.usage.UsageBatch;
import io.meshwright.bridge.usage.UsageTables;
import io.meshwright.model.check.CheckStatus;
import io.trino.testing.MaterializedRow;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * A question about one product opens the registry's files of that product only: it is answered while those of the others are gone.
 */
@TestInstance(PER_CLASS)
class TestControlPruning
{
    private static final String OWNER = "shop@shop.example";
    private static final String CONTRACT =
            """
            dataContractSpecification: 1.2.1
            id: shop.contract
            info: {title: Contract, version: 1.0.0, owner: shop@shop.example}
            models: {rows: {type: table, fields: {id: {type: long, required: true}}}}
            """;

    private TestingMesh mesh;

    @BeforeAll
    void setUp()
            throws Exception
    {
        // which else answers for small files that are gone
        mesh = new TestingMesh(0, Map.of("iceberg.metadata-cache.enabled", "false"));
        AdmittedProducts products = new AdmittedProducts(mesh);
        for (String name : List.of("first", "second", "third")) {
            products.apply(
                    name,
                    """
                    description: "Rows."
                    outputPorts: [{name: curated, type: iceberg, contract: contract.yaml}]
                    sla: {freshness: "<= 1d"}
                    """,
                    Map.of("contract.yaml", CONTRACT));
            mesh.producer("INSERT INTO lake.shop.%s VALUES 1".formatted(name));
            products.tested(name, "curated", products.currentSnapshot(name), CheckStatus.PASSED);
            new UsageTables(mesh.catalog()).write(new UsageBatch("batch of " + name, Instant.now(), List.of(read("batch of " + name, "shop." + name)), List.of(), Optional.empty()));
        }
    }

    @AfterAll
    void tearDown()
            throws Exception
    {
        mesh.close();
    }

    @Test
    void testRegistrations()
            throws IOException
    {
        @Language("SQL") String facet = "SELECT revision FROM shop.\"second$history\"";
        @Language("SQL") String versions = "SELECT revision FROM meta.product_versions WHERE product = 'shop.second'";
        assertThat(filesOf(ProductRow.TABLE)).hasSize(3);
        expectOnlyNeeded(ProductRow.TABLE, List.of(facet, versions), "SELECT revision FROM meta.product_versions");
    }

    @Test
    void testReads()
            throws IOException
    {
        assertThat(filesOf(ReadRow.TABLE)).hasSize(3);
        expectOnlyNeeded(ReadRow.TABLE, List.of("SELECT user_name FROM meta.reads WHERE product = 'shop.second'"), "SELECT user_name FROM meta.reads");
    }

    @Test
    void testResults()
            throws IOException
    {
        assertThat(filesOf(CheckRow.TABLE)).hasSize(3);
        expectOnlyNeeded(
                CheckRow.TABLE,
                List.of("SELECT status FROM meta.quality_results WHERE product = 'shop.second'", "SELECT status FROM meta.quality_results WHERE product IN ('shop.second', 'shop.unknown')"),
                "SELECT status FROM meta.quality_results");
    }

    private void expectOnlyNeeded(String table, List<String> questions, @Language("SQL") String all)
            throws IOException
    {
        List<List<List<Object>>> answers = questions.stream().map(this::rows).toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isNotEmpty());
        assertThat(rows(all)).hasSize(3 * answers.getFirst().size());
        List<DataFile> files = filesOf(table);
        for (DataFile file : List.of(files.getFirst(), files.getLast())) {
            move(file, "", ".gone");
        }
        try {
            assertThat(questions.stream().map(this::rows).toList()).isEqualTo(answers);
            assertThatThrownBy(() -> rows(all)).hasMessageContaining("[MESH-TRINO-030]");
        }
        finally {
            for (DataFile file : List.of(files.getFirst(), files.getLast())) {
                move(file, ".gone", "");
            }
        }
        assertThat(rows(all)).isNotEmpty();
    }

    private static ReadRow read(String batch, String product)
    {
        ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
        for (String column : List.of("read_id", "node", "query_id", "user_name", "statement", "outcome")) {
            values.put(column, "some");
        }
        for (String column : List.of("groups", "client_tags", "through", "columns", "masked_columns", "clear_personal_columns")) {
            values.put(column, List.of());
        }
        return ReadRow.SCHEMA.decode(Row.of(values
                .put("batch_id", batch)
                .put("product", product)
                .put("duration_seconds", BigDecimal.ONE)
                .put("started_at", Instant.EPOCH)
                .put("ended_at", Instant.EPOCH)
                .buildOrThrow()));
    }

    private static void move(DataFile file, String from, String to)
            throws IOException
    {
        String path = LocalFileIO.toPath(file.location()).toString();
        Files.move(Path.of(path + from), Path.of(path + to));
    }

    /**
     * In the order in which they were written, which is that of the products.
     */
    private List<DataFile> filesOf(String name)
            throws IOException
    {
        Table table = mesh.catalog().catalog().loadTable(TableIdentifier.of(Namespace.of("mesh"), name));
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            return ImmutableList.copyOf(CloseableIterable.transform(tasks, FileScanTask::file)).stream().sorted(comparing(DataFile::dataSequenceNumber)).toList();
        }
    }

    private List<List<Object>> rows(@Language("SQL") String sql)
    {
        return mesh.query(OWNER, sql).getMaterializedRows().stream()
                .map(MaterializedRow::getFields)
                .toList();
    }
}
