package io.meshwright.bridge.admission;

import io.meshwright.bridge.admission.AdmissionStep.Status;
import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.LocalFileIO;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.bridge.check.SnapshotEvidence;
import io.meshwright.bridge.provision.PortResolver;
import io.meshwright.bridge.provision.ProvisionRule;
import io.meshwright.bridge.registry.ColumnRow;
import io.meshwright.bridge.registry.ContractVersion;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductRegistry;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.Registration.Outcome;
import io.meshwright.bridge.registry.RegistryRule;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.product.ProductAddress;
import io.meshwright.model.product.ProductBundle;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestAdmission
{
    private static final TableIdentifier ORDER_EVENTS = TableIdentifier.of("orders", "order_events");
    private static final String FIELDS =
            """
                  order_id: {type: string, required: true, primaryKey: true, description: The order.}
                  customer_id: {type: string, description: Who ordered.}
                  total: {type: int}
                  lines:
                    type: array
                    items: {type: record, fields: {sku: {type: string}, quantity: {type: int}}}
            """;

    @TempDir
    private Path folder;
    private MeshCatalog catalog;
    private ProductRegistry registry;
    private Admission admission;

    @BeforeEach
    void setUp()
    {
        catalog = TestingCatalogs.openEmbedded(folder);
        registry = new IcebergProductRegistry(catalog);
        admission = new Admission(catalog, registry);
    }

    @AfterEach
    void tearDown()
    {
        catalog.close();
    }

    @Test
    void testApplyCreatesNamespaceAndTableAndRegisters()
            throws IOException
    {
        ProductBundle product = write("orders", "order-events", FIELDS, "");
        Admission.Prepared prepared = admission.prepare(product);
        assertThat(prepared.plan().toLines()).containsExactly(
                "+ create namespace orders",
                "    domain = orders",
                "    contains_pii = true",
                "    managed_by_mesh = true",
                "+ create table orders.order_events",
                "    order_id string, required",
                "    customer_id string",
                "    total int",
                "    lines list<struct<sku: string, quantity: int>>");
        assertThat(catalog.findTable(ORDER_EVENTS)).isEmpty();
        assertThat(catalog.namespaces().namespaceExists(Namespace.of("orders"))).isFalse();

        AdmissionReport report = admission.apply(prepared, origin());
        assertThat(report.findings()).isEmpty();
        assertThat(report.steps()).extracting(step -> step.name().label() + ": " + step.status().label()).containsExactly(
                "schema compatibility: pending",
                "PII scan: pending",
                "catalog: ok",
                "SLA monitor: ok");
        assertThat(report.steps().get(2).message()).isEqualTo("created, revision 1");

        Table table = catalog.findTable(ORDER_EVENTS).orElseThrow();
        assertThat(table.schema().identifierFieldNames()).containsExactly("order_id");
        assertThat(table.schema().findField("order_id").doc()).isEqualTo("The order.");
        assertThat(table.properties()).containsEntry("comment", "Events of orders.").containsEntry("meshwright.product", "orders.order-events");
        assertThat(catalog.namespaces().loadNamespaceMetadata(Namespace.of("orders")))
                .containsEntry("domain", "orders").containsEntry("contains_pii", "true").containsEntry("managed_by_mesh", "true");

        ProductRow row = registry.current().find("orders.order_events").orElseThrow();
        assertThat(row.ports()).containsExactly(new PortRow(
                "curated",
                "iceberg",
                Optional.of("orders"),
                Optional.of("order_events"),
                Optional.of(table.uuid().toString()),
                Optional.of(table.location()),
                Optional.of(SchemaParser.toJson(new Schema(table.schema().columns().stream().map(column -> NestedField.from(column).withDoc(null).build()).toList())))));
        assertThat(row.columns()).contains(
                new ColumnRow("curated", "order_id", table.schema().findField("order_id").fieldId()),
                new ColumnRow("curated", "lines.element.sku", table.schema().findField("lines.element.sku").fieldId()));
        assertThat(row.specBody()).isEqualTo(product.specText());
        assertThat(row.contracts()).singleElement().satisfies(contract -> assertThat(contract.version()).isEqualTo("1.0.0"));

        // all of it again changes nothing
        Admission.Prepared again = admission.prepare(product);
        assertThat(again.plan().isDone()).isTrue();
        assertThat(again.plan().toLines()).containsExactly("= keep table orders.order_events");
        assertThat(admission.apply(again, origin()).registration().orElseThrow().outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(catalog.findTable(ORDER_EVENTS).orElseThrow().uuid()).isEqualTo(table.uuid());
    }

    @Test
    void testSafeChangesAreFollowed()
            throws IOException
    {
        apply(write("orders", "order-events", FIELDS, ""));
        append(ORDER_EVENTS);
        ProductBundle wider = write(
                "orders",
                "order-events",
                """
                order_id: {type: string, required: true, primaryKey: true, description: The order itself.}
                customer_id: {type: string, description: Who ordered.}
                total: {type: long}
                lines:
                  type: array
                  items: {type: record, fields: {sku: {type: string}, quantity: {type: long}, note: {type: string}}}
                channel: {type: string, description: Where.}
                """.indent(8),
                "");
        Admission.Prepared prepared = admission.prepare(wider);
        assertThat(prepared.plan().toLines()).containsExactlyInAnyOrder(
                "+ change table orders.order_events",
                "    describe order_id: The order itself.",
                "    widen total: int to long",
                "    widen lines.element.quantity: int to long",
                "    add lines.element.note: string",
                "    add channel: string");
        // a registration without provisioning would promise columns that are not there
        assertThat(admission.register(prepared, origin()).findings()).singleElement()
                .satisfies(finding -> assertThat(finding.rule()).isEqualTo(AdmissionRule.TABLE_BEHIND));
        AdmissionReport report = admission.apply(prepared, origin());
        assertThat(report.registration().orElseThrow().row().revision()).isEqualTo(2);
        Schema schema = catalog.findTable(ORDER_EVENTS).orElseThrow().schema();
        assertThat(schema.findType("total")).isEqualTo(Types.LongType.get());
        assertThat(schema.findType("lines.element.note")).isEqualTo(Types.StringType.get());
        assertThat(schema.findField("channel").doc()).isEqualTo("Where.");
        assertThat(report.registration().orElseThrow().row().columns()).contains(new ColumnRow("curated", "channel", schema.findField("channel").fieldId()));
        assertThat(registry.current().contractVersions(address("orders.order-events"))).extracting(ContractVersion::revision, ContractVersion::current)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(2, true), org.assertj.core.groups.Tuple.tuple(1, false));
    }

    @Test
    void testWhatATableCannotFollowIsRefusedBeforeAnythingIsWritten()
            throws IOException
    {
        apply(write("orders", "order-events", FIELDS, ""));
        append(ORDER_EVENTS);
        int schemaId = catalog.findTable(ORDER_EVENTS).orElseThrow().schema().schemaId();
        ProductBundle broken = write(
                "orders",
                "order-events",
                """
                order_id: {type: long, required: true, primaryKey: true, description: The order.}
                customer_id: {type: string, description: Who ordered.}
                Total: {type: int}
                must: {type: string, required: true}
                fine: {type: string}
                """.indent(8),
                "");
        AdmissionReport report = admission.apply(admission.prepare(broken), origin());
        assertThat(report.isAdmitted()).isFalse();
        assertThat(report.findings()).extracting(Finding::message).containsExactlyInAnyOrder(
                "port curated: column order_id of table orders.order_events: the table has string and the contract long, which it cannot be changed to",
                "port curated: column Total of table orders.order_events: the table has total; engines that ignore case could not tell the two apart",
                "port curated: column must of table orders.order_events: a required column cannot be added to a table that has rows; add it as optional, fill it, then require it");
        assertThat(report.steps()).extracting(AdmissionStep::status).containsExactly(Status.PENDING, Status.PENDING, Status.REFUSED, Status.SKIPPED);
        assertThat(catalog.findTable(ORDER_EVENTS).orElseThrow().schema().schemaId()).isEqualTo(schemaId);
        assertThat(registry.current().find("orders.order-events").orElseThrow().revision()).isEqualTo(1);
    }

    @Test
    void testRegisterNeedsTheTable()
            throws IOException
    {
        AdmissionReport report = admission.register(admission.prepare(write("orders", "order-events", FIELDS, "")), origin());
        assertThat(report.findings()).extracting(Finding::message).containsExactly("port curated: there is no table orders.order_events yet");
        assertThat(registry.current().products()).isEmpty();
        assertThat(catalog.namespaces().namespaceExists(Namespace.of("orders"))).isFalse();
    }

    @Test
    void testForeignTablesAreTakenOverButNotChanged()
            throws IOException
    {
        catalog.createNamespaceIfAbsent(Namespace.of("orders"), Map.of());
        catalog.catalog().createTable(ORDER_EVENTS, new Schema(
                Types.NestedField.optional(1, "order_id", Types.StringType.get()),
                Types.NestedField.optional(2, "internal", Types.StringType.get()),
                Types.NestedField.optional(3, "total", Types.IntegerType.get())));
        ProductBundle fitting = write("orders", "order-events", "order_id: {type: string, required: true}\ntotal: {type: int}\n".indent(10), "");
        assertThat(admission.prepare(fitting).plan().toLines()).contains("+ take over table orders.order_events");
        AdmissionReport report = admission.register(admission.prepare(fitting), origin());
        assertThat(report.findings()).isEmpty();
        assertThat(report.registration().orElseThrow().row().columns()).containsExactly(new ColumnRow("curated", "order_id", 1), new ColumnRow("curated", "total", 3));

        catalog.catalog().createTable(TableIdentifier.of("orders", "returns"), new Schema(Types.NestedField.optional(1, "order_id", Types.StringType.get())));
        ProductBundle wider = write("orders", "returns", "order_id: {type: string}\ntotal: {type: int}\n".indent(10), "");
        assertThat(admission.apply(admission.prepare(wider), origin()).findings()).singleElement()
                .satisfies(finding -> assertThat(finding.rule()).isEqualTo(ProvisionRule.FOREIGN_TABLE));
        assertThat(catalog.findTable(TableIdentifier.of("orders", "returns")).orElseThrow().schema().columns()).hasSize(1);
    }

    @Test
    void testTwoProductsCannotHaveOneTable()
            throws IOException
    {
        String shared = "\n      location: file://%s/".formatted(folder.resolve("shared"));
        apply(write("orders", "order-events", FIELDS, shared));
        AdmissionReport report = admission.apply(admission.prepare(write("pricing", "prices", FIELDS, shared)), origin());
        assertThat(report.findings()).extracting(Finding::rule).containsExactlyInAnyOrder(ProvisionRule.TABLE_TAKEN, RegistryRule.LOCATION_TAKEN);
        assertThat(report.findings()).allSatisfy(finding -> assertThat(finding.message()).contains("orders.order-events"));
        AdmissionReport below = admission.apply(admission.prepare(write("pricing", "prices", FIELDS, "\n      location: file://%s/".formatted(folder.resolve("shared/below")))), origin());
        assertThat(below.findings()).extracting(Finding::rule).containsExactly(RegistryRule.LOCATION_TAKEN);
        assertThat(catalog.findTable(TableIdentifier.of("pricing", "prices"))).isEmpty();
        assertThat(registry.current().products()).hasSize(1);
    }

    @Test
    void testTheAddressSurvivesAMove()
            throws IOException
    {
        apply(write("orders", "order-events", FIELDS, ""));
        append(ORDER_EVENTS);
        String former = catalog.findTable(ORDER_EVENTS).orElseThrow().location();
        ProductBundle moved = write("orders", "order-events", FIELDS, "\n      location: file://%s/".formatted(folder.resolve("new place")));

        AdmissionReport early = admission.register(admission.prepare(moved), origin());
        assertThat(early.findings()).extracting(Finding::rule).contains(ProvisionRule.NOTHING_THERE);
        assertThat(registry.current().find("orders.order-events").orElseThrow().revision()).isEqualTo(1);

        // the producer writes the table to the new place by a client with a catalog of its own
        try (MeshCatalog other = IcebergCatalogs.open(new CatalogSettings(
                "other", "jdbc", Optional.of("jdbc:sqlite:" + folder.resolve("other.db")), Optional.of(LocalFileIO.toLocation(folder.resolve("other"))), Map.of(), true))) {
            other.createNamespaceIfAbsent(Namespace.of("x"), Map.of());
            Table table = other.catalog().createTable(
                    TableIdentifier.of("x", "y"),
                    catalog.findTable(ORDER_EVENTS).orElseThrow().schema(),
                    PartitionSpec.unpartitioned(),
                    LocalFileIO.toLocation(folder.resolve("new place")),
                    Map.of());
            assertThat(admission.register(admission.prepare(moved), origin()).findings()).extracting(Finding::rule).contains(ProvisionRule.UNREADABLE_TABLE);
            append(table);
        }
        AdmissionReport report = admission.register(admission.prepare(moved), origin());
        assertThat(report.findings()).isEmpty();
        ProductRow row = report.registration().orElseThrow().row();
        assertThat(row.ports().get(0).tableName()).contains("order_events_2");
        assertThat(registry.current().history(address("orders.order-events"))).extracting(version -> version.ports().get(0).location().orElseThrow())
                .containsExactly("file://%s/".formatted(folder.resolve("new place")), former);
        assertThat(new SnapshotEvidence(new PortResolver(catalog).resolve(row).table()).rowCount()).hasValue(3);
        assertThat(admission.register(admission.prepare(moved), origin()).registration().orElseThrow().outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void testATableThatIsGoneOrReplaced()
            throws IOException
    {
        apply(write("orders", "order-events", FIELDS, ""));
        ProductRow row = registry.current().find("orders.order-events").orElseThrow();
        SnapshotEvidence evidence = new SnapshotEvidence(new PortResolver(catalog).resolve(row).table());
        assertThat(evidence.rowCount()).hasValue(0);
        assertThat(evidence.lastDataCommit()).isEmpty();
        Schema schema = catalog.findTable(ORDER_EVENTS).orElseThrow().schema();
        catalog.catalog().dropTable(ORDER_EVENTS);
        assertThatThrownBy(() -> new PortResolver(catalog).resolve(row)).isInstanceOf(MeshException.class)
                .hasMessage("orders.order-events is registered, but the table of its port curated is gone");
        catalog.catalog().createTable(ORDER_EVENTS, schema);
        assertThatThrownBy(() -> new PortResolver(catalog).resolve(row)).isInstanceOf(MeshException.class)
                .hasMessage("The table of orders.order-events, port curated, is not the one that was registered");
        assertThatThrownBy(() -> new PortResolver(catalog).resolve(row, "curatd")).isInstanceOf(MeshException.class)
                .hasMessage("orders.order-events has no table port curatd; its ports are curated (iceberg)");
    }

    @Test
    void testALostRaceLeavesNoTable()
            throws IOException
    {
        Admission.Prepared prepared = admission.prepare(write("orders", "order-events", FIELDS, ""));
        // somebody else takes the address while this one is being prepared, without a table
        registry.register(new io.meshwright.bridge.registry.ProductDraft(
                address("orders.order-events"), Optional.empty(), "x", "x", Optional.empty(), "x", List.of(), List.of(), List.of()), 0);
        AdmissionReport report = admission.apply(prepared, origin());
        assertThat(report.findings()).extracting(Finding::rule).containsExactly(RegistryRule.CONFLICT);
        assertThat(catalog.findTable(ORDER_EVENTS)).isEmpty();
    }

    private void apply(ProductBundle product)
    {
        AdmissionReport report = admission.apply(admission.prepare(product), origin());
        assertThat(report.findings()).isEmpty();
    }

    private void append(TableIdentifier identifier)
    {
        append(catalog.findTable(identifier).orElseThrow());
    }

    /**
     * What a writer commits; the content of the file does not matter here.
     */
    private static void append(Table table)
    {
        String location = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
        try {
            Files.createDirectories(LocalFileIO.toPath(location).getParent());
            Files.writeString(LocalFileIO.toPath(location), "rows");
        }
        catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        DataFile file = DataFiles.builder(table.spec()).withPath(location).withFormat(FileFormat.PARQUET).withFileSizeInBytes(4).withRecordCount(3).build();
        table.newAppend().appendFile(file).commit();
    }

    private ProductBundle write(String domain, String name, String fields, String portExtra)
            throws IOException
    {
        Path product = folder.resolve(domain).resolve(name);
        Files.createDirectories(product);
        String personal = fields.contains("customer_id") ? "{contains_pii: true, pii_fields: [customer_id]}" : "{contains_pii: false}";
        Files.writeString(product.resolve("dataproduct.yaml"),
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata: {name: %s, domain: %s, owner: team@retailer.example}
                spec:
                  description: Events.
                  outputPorts:
                    - name: curated
                      type: iceberg
                      contract: ./contract.yaml%s
                  sla: {freshness: "<= 15m"}
                  classification: %s
                """.formatted(name, domain, portExtra, personal));
        Files.writeString(product.resolve("contract.yaml"), """
                                                            dataContractSpecification: 1.2.0
                                                            id: %s.%s
                                                            info: {title: T, version: 1.0.0, owner: team}
                                                            models:
                                                              %s:
                                                                type: table
                                                                description: Events of orders.
                                                                fields:
                                                            """.formatted(domain, name, name.replace('-', '_')) + fields.stripIndent().indent(6));
        Parsed<ProductBundle> parsed = new ProductFiles(folder).read(domain + "/" + name + "/dataproduct.yaml", Set.of());
        assertThat(parsed.findings().stream().filter(Finding::isError)).isEmpty();
        return parsed.value().orElseThrow();
    }

    private static SpecificationOrigin origin()
    {
        return new SpecificationOrigin("orders/dataproduct.yaml", Optional.empty(), "tester");
    }

    private static ProductAddress address(String text)
    {
        return ProductAddress.parse(text).orElseThrow();
    }
}
