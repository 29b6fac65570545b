package io.meshwright.spark.benchmark;

import io.meshwright.bridge.admission.Admission;
import io.meshwright.bridge.admission.AdmissionReport;
import io.meshwright.bridge.admission.ProductFiles;
import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.LocalFileIO;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.SchemeFileIO;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.product.ProductBundle;
import io.meshwright.spark.session.SparkSessions;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.SparkSession;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

/**
 * A catalog in a folder, its products, and the Spark by which producers write.
 */
final class BenchmarkLake
        implements AutoCloseable
{
    private static final Set<String> FOUND = Set.of("file_evidence", "key_sets", "unique_files");
    static final String NAMESPACE = "tpch";

    private final Path folder;
    private final CatalogSettings settings;
    private final MeshCatalog catalog;

    BenchmarkLake(Path folder)
    {
        this.folder = requireNonNull(folder, "folder is null").toAbsolutePath().normalize();
        settings = new CatalogSettings("mesh", "jdbc", Optional.of(uri(this.folder)), Optional.of(warehouse(this.folder)), Map.of(), true);
        try {
            Files.createDirectories(this.folder);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        catalog = IcebergCatalogs.open(settings);
    }

    static String uri(Path folder)
    {
        return "jdbc:sqlite:" + folder.resolve("catalog.db");
    }

    static String warehouse(Path folder)
    {
        return LocalFileIO.toLocation(folder.resolve("warehouse"));
    }

    /**
     * The session that the jobs use, with a catalog {@code mesh} for producers.
     */
    SparkSession session()
    {
        SparkSession session = SparkSessions.start("benchmark");
        Map<String, String> properties = Map.of(
                "", "org.apache.iceberg.spark.SparkCatalog",
                ".catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog",
                ".uri", settings.uri().orElseThrow(),
                ".warehouse", settings.warehouse().orElseThrow(),
                ".jdbc.schema-version", "V1",
                ".cache-enabled", "false",
                ".io-impl", SchemeFileIO.class.getName());
        // the name within a JDBC catalog is the name of Spark's catalog
        properties.forEach((key, value) -> session.conf().set("spark.sql.catalog.mesh" + key, value));
        return session;
    }

    boolean has(String table)
    {
        return catalog.catalog().tableExists(TableIdentifier.of(NAMESPACE, table));
    }

    Table table(String name)
    {
        return catalog.catalog().loadTable(TableIdentifier.of(NAMESPACE, name));
    }

    /**
     * Registers a product, whose table is made from its contract and holds nothing.
     *
     * @return its empty table
     */
    Table create(String name, BenchmarkContract contract)
    {
        if (has(name)) {
            catalog.catalog().dropTable(TableIdentifier.of(NAMESPACE, name), false);
        }
        register(
                name,
                contract.yaml(),
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata:
                  name: %s
                  domain: %s
                  owner: benchmark@retailer.example
                spec:
                  description: "A table of the quality benchmark."
                  outputPorts:
                    - name: curated
                      type: iceberg
                      contract: ./contract.yaml
                  sla:
                    freshness: "<= 36500d"
                    completeness: ">= 99.9%%"
                """.formatted(name.replace('_', '-'), NAMESPACE));
        return table(name);
    }

    /**
     * Registers a product, which makes its table where there is none.
     */
    void register(String name, String contract, String specification)
    {
        Path files = folder.resolve("products").resolve(name);
        write(files.resolve("contract.yaml"), contract);
        write(files.resolve("dataproduct.yaml"), specification);
        ProductFiles product = new ProductFiles(files);
        Parsed<ProductBundle> bundle = product.read("dataproduct.yaml", Set.of());
        checkState(bundle.value().isPresent(), "%s", bundle.findings());
        Admission admission = new Admission(catalog, new IcebergProductRegistry(catalog));
        AdmissionReport report = admission.apply(admission.prepare(bundle.value().orElseThrow()), product.origin("dataproduct.yaml", "benchmark"));
        checkState(report.isAdmitted(), "%s", report.findings());
    }

    /**
     * A product over the data files of another table.
     */
    Table copy(String source, String name, BenchmarkContract contract)
    {
        Table copy = create(name, contract);
        append(source, copy);
        return copy;
    }

    void append(String source, Table target)
    {
        AppendFiles append = target.newAppend();
        try (CloseableIterable<FileScanTask> tasks = table(source).newScan().includeColumnStats().planFiles()) {
            tasks.forEach(task -> append.appendFile(task.file()));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        append.commit();
    }

    /**
     * Forgets what former tests found.
     */
    void forget()
    {
        for (TableIdentifier identifier : catalog.catalog().listTables(Namespace.of("mesh"))) {
            if (identifier.name().startsWith("check_") || FOUND.contains(identifier.name())) {
                catalog.catalog().loadTable(identifier).newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
            }
        }
    }

    /**
     * What a user configures.
     */
    Path configuration()
    {
        return configuration("");
    }

    /**
     * @param more what follows the catalog
     */
    Path configuration(String more)
    {
        return write(folder.resolve("mesh.yaml"),
                """
                catalog:
                  name: mesh
                  type: jdbc
                  uri: %s
                  warehouse: %s
                %s""".formatted(settings.uri().orElseThrow(), settings.warehouse().orElseThrow(), more));
    }

    Path folder()
    {
        return folder;
    }

    static Path write(Path file, String text)
    {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close()
    {
        catalog.close();
    }
}
