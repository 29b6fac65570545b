package io.meshwright.model.product;

import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.product.AccessPolicy.Clearance;
import io.meshwright.model.product.AccessPolicy.Discovery;
import io.meshwright.model.product.MigrationSpec.Comparison;
import io.meshwright.model.product.MigrationSpec.Cutover;
import io.meshwright.model.product.MigrationSpec.Grain;
import io.meshwright.model.product.MigrationSpec.Profile;
import io.meshwright.model.product.MigrationSpec.Protection;
import io.meshwright.model.product.MigrationSpec.Window;
import io.meshwright.model.sla.ServiceLevels;
import io.meshwright.model.sla.ServiceLevels.Freshness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.model.product.SpecFixtures.MINIMAL;
import static io.meshwright.model.product.SpecFixtures.minimal;
import static io.meshwright.model.product.SpecFixtures.resource;
import static org.assertj.core.api.Assertions.assertThat;

class TestDataProductSpecParser
{
    private final DataProductSpec full = parse(resource("/product/full.yaml"));

    @Test
    void testMinimal()
    {
        DataProductSpec spec = parse(MINIMAL);
        assertThat(spec.apiVersion()).isEqualTo("dataproduct.kloudvin.io/v1");
        assertThat(spec.address()).hasToString("orders.order-events");
        assertThat(spec.owner()).isEqualTo("orders-data@retailer.example");
        assertThat(spec.description()).contains("Orders.");
        assertThat(spec.outputPorts()).singleElement().satisfies(port -> {
            assertThat(port.type()).isEqualTo(PortType.ICEBERG);
            assertThat(port.location()).isEmpty();
            assertThat(port.source()).hasToString("dataproduct.yaml:10:7");
        });
        assertThat(spec.serviceLevels().freshness().flatMap(Freshness::maxAge)).contains(Duration.ofHours(24));
        assertThat(spec.classification()).isEqualTo(Classification.NONE);
        assertThat(spec.access()).isEqualTo(AccessPolicy.OPEN);
        assertThat(spec.team()).isEqualTo(Team.NONE);
        assertThat(spec.migration()).isEmpty();
        assertThat(spec.retention()).isEmpty();
    }

    @Test
    void testMetadata()
    {
        assertThat(full.ownerTeam()).contains("customer-insights");
        assertThat(full.alias()).contains("dp.customer.360");
        assertThat(full.version()).contains("2.10");
        assertThat(full.tags()).containsExactly("customer", "aggregate");
        assertThat(full.documentationUrl()).contains("https://docs.retailer.example/customer-360");
        assertThat(full.labels()).isEqualTo(Map.of("cost-centre", "4711", "tier", "gold"));
        assertThat(full.annotations()).isEqualTo(Map.of("retailer.example/reviewed", "2026-10-01"));
        assertThat(full.documentation()).contains("Rows appear when the first order is placed.\n");
    }

    @Test
    void testPorts()
    {
        assertThat(full.outputPorts()).extracting(OutputPort::type).containsExactly(PortType.ICEBERG, PortType.VIEW, PortType.KAFKA, PortType.API, PortType.FILE);
        OutputPort table = full.outputPort("table").orElseThrow();
        assertThat(table.location()).contains("s3://lake-eu-central-1/customer_360/");
        assertThat(table.region()).contains("eu-central-1");
        assertThat(table.description()).contains("The curated table.");
        assertThat(full.queryablePort()).contains(table);
        assertThat(full.outputPort("first").flatMap(OutputPort::query)).contains("SELECT customer_id, lifetime_value, address, updated_at FROM customer.customer_360 WHERE active");
        assertThat(full.outputPort("first").flatMap(OutputPort::deprecated)).contains(new Deprecation(LocalDate.of(2027, 3, 31), Optional.of("table"), Optional.of("Addresses are structured now.")));
        assertThat(full.outputPort("first").orElseThrow().serve()).isEqualTo(ServedSnapshot.LATEST);
        assertThat(full.outputPort("table").orElseThrow().serve()).isEqualTo(ServedSnapshot.VERIFIED);
        assertThat(full.outputPort("changes").flatMap(OutputPort::topic)).contains("customer.customer-360.v2");
        assertThat(full.outputPort("changes").flatMap(OutputPort::compatibility)).contains("BACKWARD");
        assertThat(full.outputPort("service").flatMap(OutputPort::url)).contains("https://api.retailer.example/customer-360");
        assertThat(full.outputPort("export").flatMap(OutputPort::format)).contains("parquet");
        assertThat(full.inputPorts()).containsExactly(
                new InputPort("orders", "data-product", Optional.of("orders.order-events"), Optional.empty(), Optional.empty()),
                new InputPort("crm", "postgres-cdc", Optional.of("crm.public.customers"), Optional.of("jdbc:postgresql://crm.internal/crm"), Optional.of("Change stream of the CRM.")));
        assertThat(full.transformation()).contains(new Transformation("dbt", "models/customer_360.sql", Optional.of("Joins the three domains.")));
    }

    @Test
    void testServiceLevelsAndClassification()
    {
        assertThat(full.serviceLevels()).isEqualTo(new ServiceLevels(
                Optional.of(new Freshness(Optional.of(Duration.ofMinutes(15)), true, Optional.empty(), Optional.empty(), Optional.of("updated_at"))),
                Optional.of(new BigDecimal("0.9995")),
                Optional.of(new BigDecimal("0.999")),
                Optional.of(new BigDecimal("0.995")),
                Optional.of("lifetime_value.minimum"),
                Optional.of(Duration.ofMinutes(10)),
                Optional.of("#customer-data")));
        assertThat(full.classification()).isEqualTo(new Classification(true, List.of("customer_id", "address.street"), Optional.of("EU"), Optional.of(Sensitivity.CONFIDENTIAL)));
        assertThat(full.retention()).contains(Period.ofYears(3));
    }

    @Test
    void testFreshnessHoursAndRetentionDays()
    {
        DataProductSpec spec = parse(MINIMAL.replace("freshness: 24h", "freshnessHours: 1.5") + "  retention_period_days: 730\n");
        assertThat(spec.serviceLevels().freshness().flatMap(Freshness::maxAge)).contains(Duration.ofMinutes(90));
        assertThat(spec.retention()).contains(Period.ofDays(730));
    }

    /**
     * What holds where {@code access} is silent. The command, the registry's grants and the connector read nothing else.
     */
    @Test
    void testSensitivityDecidesWhatAccessLeavesOpen()
    {
        assertThat(access("public", "")).isEqualTo(AccessPolicy.OPEN);
        assertThat(access("internal", "")).isEqualTo(AccessPolicy.OPEN);
        assertThat(access("confidential", "")).isEqualTo(new AccessPolicy(Discovery.PUBLIC, Optional.of(List.of()), List.of()));
        assertThat(access("restricted", "")).isEqualTo(new AccessPolicy(Discovery.PRIVATE, Optional.of(List.of()), List.of()));

        Clearance officer = new Clearance(Optional.of("privacy"), Optional.empty(), Optional.empty());
        assertThat(access("confidential", "access: {clear: [{group: privacy}]}")).isEqualTo(new AccessPolicy(Discovery.PUBLIC, Optional.of(List.of()), List.of(officer)));
        assertThat(access("restricted", "access: {read: [risk]}")).isEqualTo(new AccessPolicy(Discovery.PRIVATE, Optional.of(List.of("risk")), List.of()));
        assertThat(access("restricted", "access: {discovery: public, read: [risk]}")).isEqualTo(new AccessPolicy(Discovery.PUBLIC, Optional.of(List.of("risk")), List.of()));
        assertThat(access("public", "access: {discovery: private, read: [risk]}")).isEqualTo(new AccessPolicy(Discovery.PRIVATE, Optional.of(List.of("risk")), List.of()));
    }

    private static AccessPolicy access(String level, String access)
    {
        String text = minimal("  sla:", "  classification: {sensitivity_level: %s}\n  %s\n  sla:".formatted(level, access));
        AccessPolicy policy = DataProductSpecParser.parse("dataproduct.yaml", text).value().orElseThrow().access();
        assertThat(DataProductSpecParser.parseRegistered("dataproduct.yaml", text).value().orElseThrow().access()).isEqualTo(policy);
        return policy;
    }

    @Test
    void testAccess()
    {
        assertThat(full.access()).isEqualTo(new AccessPolicy(
                Discovery.PRIVATE,
                Optional.of(List.of("analytics", "marketing")),
                List.of(
                        new Clearance(Optional.of("customer-care"), Optional.empty(), Optional.of(LocalDate.of(2027, 3, 31))),
                        new Clearance(Optional.empty(), Optional.of("ada"), Optional.empty()))));
    }

    @Test
    void testTeam()
    {
        assertThat(full.team().contacts()).containsExactly(
                Map.entry("technical_owner", "ada@retailer.example"),
                Map.entry("developer", "bob@retailer.example"),
                Map.entry("business_owner", "carol@retailer.example"),
                Map.entry("steward", "dan@retailer.example"),
                Map.entry("on_call_rotation", "customer-data-primary"),
                Map.entry("escalation_path", "head-of-data@retailer.example"),
                Map.entry("communication_channel", "#customer-data"),
                Map.entry("oncall", "+49 30 123"));
        assertThat(full.team().members()).containsExactly(new Team.Member("Ada Example", "data product owner"));
    }

    @Test
    void testMigration()
    {
        assertThat(full.migration()).contains(new MigrationSpec(
                "legacy_warehouse",
                "dwh.dim_customer",
                List.of("customer_id"),
                Map.of("customer_id", "cust_no"),
                Optional.of("status <> 'TEST'"),
                Optional.of("true"),
                Grain.DISTINCT_KEY,
                Optional.of(new Window("updated_at", "updated_at", "day", ZoneId.of("Europe/Berlin"))),
                Comparison.AGGREGATES,
                Profile.MD5,
                Duration.ofHours(3),
                Duration.ofDays(40),
                Map.of("lifetime_value", new BigDecimal("0.01")),
                new Protection(1, Duration.ofSeconds(90), 7, Optional.of("08:00-18:00")),
                new Cutover(7, 20)));
    }

    @Test
    void testMigrationDefaults()
    {
        DataProductSpec spec = parse(MINIMAL + "  migration: {replaces: legacy_warehouse.fct_orders, key: [order_id], columns: {ts: order_ts}, window: {column: ts}}\n");
        assertThat(spec.migration()).contains(new MigrationSpec(
                "legacy_warehouse",
                "fct_orders",
                List.of("order_id"),
                Map.of("ts", "order_ts"),
                Optional.empty(),
                Optional.empty(),
                Grain.ROW,
                Optional.of(new Window("ts", "order_ts", "day", ZoneOffset.UTC)),
                Comparison.ROWS,
                Profile.AUTO,
                Duration.ofHours(2),
                Duration.ofDays(35),
                Map.of(),
                Protection.DEFAULT,
                Cutover.DEFAULT));
        assertThat(parse(MINIMAL + "  migration: {replaces: legacy_warehouse.fct_orders, compare: counts}\n").migration()).hasValueSatisfying(migration -> assertThat(migration.key()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "documentation_url: no-address | MESH-SPEC-007",
            "id: 'no alias' | MESH-SPEC-008",
    })
    void testRegisteredMetadataOutlivesStricterRules(String line, String rule)
    {
        assertOnlyAdmissionRefuses(minimal("  domain: orders\n", "  domain: orders\n  " + line + "\n"), rule);
    }

    @Test
    void testRegisteredOutlivesStricterRules()
    {
        assertOnlyAdmissionRefuses(minimal("  description: \"Orders.\"\n", ""), "MESH-DOC-001");
        assertOnlyAdmissionRefuses(minimal("orders-data@retailer.example", "orders-team"), "MESH-OWN-001");
        assertOnlyAdmissionRefuses(minimal("      contract: ./contracts/v1.yaml\n", ""), "MESH-PORT-009");
        assertOnlyAdmissionRefuses(minimal("./contracts/v1.yaml", "/contracts/v1.yaml"), "MESH-PORT-011");
        assertOnlyAdmissionRefuses(minimal("      type: iceberg\n", "      type: iceberg\n      location: s3://lake/orders\n"), "MESH-PORT-004");
        assertOnlyAdmissionRefuses(minimal("      type: iceberg\n", "      type: iceberg\n      topic: orders\n"), "MESH-PORT-006");
        assertOnlyAdmissionRefuses(minimal("      type: iceberg\n", "      type: kafka\n"), "MESH-PORT-003");
        assertOnlyAdmissionRefuses(minimal("      type: iceberg\n", "      type: view\n"), "MESH-PORT-007");
        assertOnlyAdmissionRefuses(minimal("      type: iceberg\n", "      type: iceberg\n      location: s3://user:word@lake/orders/\n"), "MESH-PORT-008");
        assertOnlyAdmissionRefuses(minimal("  sla:\n    freshness: 24h\n", ""), "MESH-SLA-001");
        assertOnlyAdmissionRefuses(MINIMAL + "  classification: {pii_fields: [email]}\n", "MESH-PII-002");
        assertOnlyAdmissionRefuses(MINIMAL + "  classification: {residency: EU}\n", "MESH-RES-002");
        assertOnlyAdmissionRefuses(MINIMAL + "  classification: {residency: Atlantis}\n", "MESH-RES-003");
    }

    @Test
    void testRegisteredStaysPersonalWithoutTheFlag()
    {
        Parsed<DataProductSpec> read = DataProductSpecParser.parseRegistered("dataproduct.yaml", MINIMAL + "  classification: {contains_pii: false, pii_fields: [email]}\n");
        assertThat(read.value().orElseThrow().classification()).isEqualTo(new Classification(true, List.of("email"), Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "access: {read: []}",
            "access: {clear: [{user: ada, until: soon}]}",
            "acess: {read: [analytics]}",
            "classification: {contains_pii: perhaps}",
            "classification: {pii_fields: email}",
            "retention: forever",
            "sla: {freshness: soon}",
    })
    void testRegisteredIsRefusedWhereItHasNoOneMeaning(String line)
    {
        String text = (line.startsWith("sla:") ? minimal("  sla:\n    freshness: 24h\n", "") : MINIMAL) + "  " + line + "\n";
        Parsed<DataProductSpec> read = DataProductSpecParser.parseRegistered("dataproduct.yaml", text);
        assertThat(read.value()).isEmpty();
        assertThat(read.findings()).as(text).anyMatch(Finding::isError).isEqualTo(DataProductSpecParser.parse("dataproduct.yaml", text).findings());
    }

    private static void assertOnlyAdmissionRefuses(String text, String rule)
    {
        Parsed<DataProductSpec> proposed = DataProductSpecParser.parse("dataproduct.yaml", text);
        assertThat(proposed.value()).as(text).isEmpty();
        assertThat(proposed.findings()).as(text).extracting(finding -> finding.rule().id()).contains(rule);
        Parsed<DataProductSpec> registered = DataProductSpecParser.parseRegistered("dataproduct.yaml", text);
        assertThat(registered.findings()).as(text).isEmpty();
        assertThat(registered.value().map(DataProductSpec::address)).as(text).hasValueSatisfying(address -> assertThat(address).hasToString("orders.order-events"));
    }

    private static DataProductSpec parse(String text)
    {
        return DataProductSpecParser.parse("dataproduct.yaml", text).value().orElseThrow();
    }
}
