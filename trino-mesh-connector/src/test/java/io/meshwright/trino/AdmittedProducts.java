package io.meshwright.trino;

import io.meshwright.bridge.admission.Admission;
import io.meshwright.bridge.admission.ProductFiles;
import io.meshwright.bridge.admission.SpecificationOrigin;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckPlanner;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.product.ProductAddress;
import io.meshwright.model.product.ProductBundle;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Products admitted from files, as the command does it, with tests of their contracts recorded as the Spark job does it.
 */
final class AdmittedProducts
{
    static final String SLA = "sla: {freshness: \"<= 15m\", support: \"#shop\"}\n";
    static final String DESCRIPTION = "description: Rows of the shop.\n";
    private static final String PERSONAL = "classification: {contains_pii: true, pii_fields: [email]}\naccess: {clear: [{group: privacy}]}\n";
    static final String VERIFIED = DESCRIPTION + "outputPorts: [{name: curated, type: iceberg, contract: ./v1.yaml, serve: verified}]\n" + SLA + PERSONAL;
    static final String LATEST = DESCRIPTION + "outputPorts: [{name: curated, type: iceberg, contract: ./v1.yaml}]\n" + SLA + PERSONAL;

    private final TestingMesh mesh;
    private final Path folder;

    AdmittedProducts(TestingMesh mesh)
    {
        this.mesh = mesh;
        folder = mesh.folder().resolve("products");
    }

    /**
     * Makes the tables and registers.
     *
     * @param spec below {@code spec:}
     * @param contracts file name to text
     */
    void apply(String name, String spec, Map<String, String> contracts)
    {
        assertThat(refusals(name, spec, contracts)).isEmpty();
    }

    List<String> refusals(String name, String spec, Map<String, String> contracts)
    {
        try {
            Path product = folder.resolve(name);
            Files.createDirectories(product);
            for (Map.Entry<String, String> contract : contracts.entrySet()) {
                Files.writeString(product.resolve(contract.getKey()), contract.getValue());
            }
            Files.writeString(product.resolve("dataproduct.yaml"),
                    """
                    apiVersion: dataproduct.kloudvin.io/v1
                    kind: DataProduct
                    metadata: {name: %s, domain: shop, owner: shop@shop.example}
                    spec:
                    """.formatted(name) + spec.indent(2));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Parsed<ProductBundle> parsed = new ProductFiles(folder).read(name + "/dataproduct.yaml", Set.of());
        assertThat(parsed.findings().stream().filter(Finding::isError)).isEmpty();
        Admission admission = new Admission(mesh.catalog(), new IcebergProductRegistry(mesh.catalog()));
        return admission.apply(admission.prepare(parsed.value().orElseThrow()), new SpecificationOrigin("dataproduct.yaml", Optional.empty(), "tester")).findings().stream()
                .map(finding -> finding.rule().id() + " " + finding.message())
                .toList();
    }

    /**
     * The specification of a view, below {@code spec:}.
     */
    static String view(String query)
    {
        return DESCRIPTION + "outputPorts: [{name: view, type: view, contract: ./v1.yaml, query: '%s'}]\n".formatted(query) + SLA;
    }

    /**
     * @param fields in YAML, a line each
     */
    static String contract(String name, String version, String fields)
    {
        return """
               dataContractSpecification: 1.2.0
               id: shop.%s
               info: {title: T, version: %s, owner: team}
               models:
                 %s:
                   type: table
                   fields:
               """.formatted(name, version, name.replace('-', '_')) + fields.indent(6);
    }

    /**
     * @return the snapshot that it makes
     */
    long insert(String table, String values)
    {
        mesh.producer("INSERT INTO lake.shop.%s VALUES %s".formatted(table, values));
        return currentSnapshot(table);
    }

    Table table(String name)
    {
        return mesh.catalog().catalog().loadTable(TableIdentifier.of("shop", name));
    }

    long currentSnapshot(String table)
    {
        return table(table).currentSnapshot().snapshotId();
    }

    /**
     * Records a complete test of the registered contract on a snapshot.
     */
    void tested(String product, String port, long snapshotId, CheckStatus worst)
    {
        ProductRow row = new IcebergProductRegistry(mesh.catalog()).current().find("shop." + product).orElseThrow();
        DataContract contract = DataContractParser.parse("contract.yaml", row.contract(port).orElseThrow().body()).value().orElseThrow();
        ProductAddress address = ProductAddress.parse(row.address()).orElseThrow();
        CheckPlan plan = CheckPlanner.plan(contract, contract.modelOf(address).orElseThrow(), Set.of(address.tableName()));
        List<CheckResult> checks = plan.checks().stream()
                .map(check -> new CheckResult(
                        check.name(),
                        check.field(),
                        check.metric().label(),
                        Optional.empty(),
                        check.severity(),
                        check.equals(plan.checks().getLast()) ? worst : CheckStatus.PASSED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.of("tested")))
                .toList();
        assertThat(checks).isNotEmpty();
        assertThat(new ResultTables(mesh.catalog()).record(new ContractTestReport(
                row.address(),
                port,
                contract.id(),
                contract.version(),
                row.contract(port).orElseThrow().hash(),
                Optional.of(String.valueOf(snapshotId)),
                plan.checks().size(),
                checks,
                List.of(),
                List.of(),
                UUID.randomUUID().toString(),
                Instant.now(),
                Instant.now()))).isTrue();
    }
}
