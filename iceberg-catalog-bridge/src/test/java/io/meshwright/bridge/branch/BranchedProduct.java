package io.meshwright.bridge.branch;

import io.meshwright.bridge.admission.Admission;
import io.meshwright.bridge.admission.ProductFiles;
import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.bridge.check.ProductUnderTest;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.result.ContractVerdicts;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.product.ProductBundle;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A registered product whose contract metadata alone can answer, and whose table has branches.
 */
final class BranchedProduct
{
    static final String ADDRESS = "orders.order-events";
    static final TableIdentifier TABLE = TableIdentifier.of("orders", "order_events");

    private final Path folder;
    private final MeshCatalog catalog;

    BranchedProduct(Path folder)
    {
        this.folder = folder;
        CatalogSettings embedded = TestingCatalogs.embedded(folder);
        IcebergCatalogs.open(embedded).close();
        catalog = IcebergCatalogs.open(new CatalogSettings(
                embedded.name(),
                InterruptedCatalog.class.getName(),
                embedded.uri(),
                embedded.warehouse(),
                Map.of("jdbc.schema-version", "V1", "jdbc.busy_timeout", "30000"),
                true));
        register("");
    }

    MeshCatalog catalog()
    {
        return catalog;
    }

    ProductUnderTest underTest()
    {
        return ProductUnderTest.resolve(catalog, ADDRESS, Optional.empty());
    }

    ContractVerdicts.Subject subject()
    {
        return new ContractVerdicts.Subject(ADDRESS, "curated", underTest().contractHash().orElseThrow());
    }

    Table table()
    {
        return catalog.catalog().loadTable(TABLE);
    }

    long main()
    {
        return table().currentSnapshot().snapshotId();
    }

    void branch()
    {
        table().manageSnapshots().createBranch("audit").commit();
    }

    /**
     * Commits a file of which only metadata is ever read.
     *
     * @param lowest total of its rows
     */
    long write(String branch, long rows, long lowest)
    {
        Table table = table();
        int id = table.schema().findField("order_id").fieldId();
        int total = table.schema().findField("total").fieldId();
        Metrics metrics = new Metrics(
                rows,
                null,
                Map.of(id, rows, total, rows),
                Map.of(id, 0L, total, 0L),
                Map.of(),
                Map.of(id, Conversions.toByteBuffer(Types.StringType.get(), "A"), total, Conversions.toByteBuffer(Types.LongType.get(), lowest)),
                Map.of(id, Conversions.toByteBuffer(Types.StringType.get(), "Z"), total, Conversions.toByteBuffer(Types.LongType.get(), lowest)));
        DataFile file = DataFiles.builder(table.spec())
                .withPath(table.location() + "/data/" + UUID.randomUUID() + ".parquet")
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(100)
                .withMetrics(metrics)
                .build();
        table.newFastAppend().toBranch(branch).appendFile(file).commit();
        return table().snapshot(branch).snapshotId();
    }

    void register(String moreQuality)
    {
        try {
            Files.writeString(folder.resolve("dataproduct.yaml"),
                    """
                    apiVersion: dataproduct.kloudvin.io/v1
                    kind: DataProduct
                    metadata: {name: order-events, domain: orders, owner: team@retailer.example}
                    spec:
                      description: Events.
                      outputPorts:
                        - {name: curated, type: iceberg, contract: ./contract.yaml}
                      sla: {freshness: "<= 24h"}
                      classification: {contains_pii: false}
                    """);
            Files.writeString(folder.resolve("contract.yaml"),
                    """
                    dataContractSpecification: 1.2.1
                    id: orders.order-events
                    info: {title: Orders, version: 1.0.0, owner: team}
                    models:
                      order_events:
                        type: table
                        description: Events of orders.
                        fields:
                          order_id: {type: string, required: true, description: The order.}
                          total: {type: long, required: true, minimum: 0, description: Cents.}
                        quality:
                          - {metric: rowCount, mustBeGreaterThan: 0}
                          - {metric: rowCount, mustBeLessThan: 1000, severity: warning}
                    """ + moreQuality);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProductFiles files = new ProductFiles(folder);
        Admission admission = new Admission(catalog, new IcebergProductRegistry(catalog));
        Parsed<ProductBundle> product = files.read("dataproduct.yaml", Set.of());
        assertThat(product.value()).as("%s", product.findings()).isPresent();
        assertThat(admission.apply(admission.prepare(product.value().orElseThrow()), files.origin("dataproduct.yaml", "tester")).isAdmitted()).isTrue();
    }
}
