package io.meshwright.model.product;

import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.yaml.YamlDocuments;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.meshwright.model.product.SpecFixtures.MINIMAL;
import static io.meshwright.model.product.SpecFixtures.minimal;
import static io.meshwright.model.product.SpecFixtures.resource;
import static io.meshwright.model.product.SpecFixtures.show;
import static io.meshwright.model.product.SpecFixtures.validate;
import static org.assertj.core.api.Assertions.assertThat;

class TestProductValidation
{
    private static final String CONTRACT =
            """
            dataContractSpecification: 1.2.0
            id: orders.order-events
            info: {title: Orders, version: 1.0.0}
            models:
              order_events:
                type: table
                fields:
                  order_id: {type: string, required: true}
                  shipping_address: {type: string}
                  occurred_at: {type: timestamp}
            """;

    @Test
    void testSourceDocumentsSample()
    {
        Parsed<ProductBundle> parsed = validate(resource("/product/source-documents.yaml"), Map.of("orders/contracts/order-events.v2.yaml", resource("/contract/order-events.v2.source-documents.yaml")));
        assertThat(parsed.value()).isEmpty();
        assertThat(show(parsed)).filteredOn(finding -> finding.startsWith("error")).containsExactly(
                "error MESH-PII-003 15:7 spec.outputPorts[1]: output port \"kafka-realtime\" has no contract; in a product with personal data every output port needs one"
                        + " | add  contract: ./contracts/order-events.v2.yaml  , the contract of output port \"iceberg-curated\", or one of its own",
                "error MESH-PII-004 24:31 spec.classification.pii_fields[1]: personal field \"shipping_address\" is not in the contract of output port \"iceberg-curated\" (orders/contracts/order-events.v2.yaml)"
                        + " | add the field to the contract, or remove it here");
        assertThat(parsed.findings()).filteredOn(finding -> !finding.isError()).extracting(finding -> finding.location().toString()).containsExactly(
                "orders/contracts/order-events.v2.yaml:5:3",
                "orders/contracts/order-events.v2.yaml:18:5",
                "orders/contracts/order-events.v2.yaml:21:5");
    }

    @Test
    void testBundle()
    {
        ProductBundle bundle = validate(MINIMAL, Map.of("orders/contracts/v1.yaml", CONTRACT)).value().orElseThrow();
        assertThat(bundle.spec().address()).hasToString("orders.order-events");
        assertThat(bundle.specText()).isEqualTo(MINIMAL);
        assertThat(bundle.contracts().keySet()).containsExactly("table");
        assertThat(bundle.contracts().get("table").path()).isEqualTo("./contracts/v1.yaml");
        assertThat(bundle.contracts().get("table").text()).isEqualTo(CONTRACT);
        assertThat(bundle.contracts().get("table").contract().id()).isEqualTo("orders.order-events");
    }

    @Test
    void testRestrictedProductTellsWhatItMasks()
    {
        String spec = minimal("  sla:", "  classification: {sensitivity_level: restricted, contains_pii: true, pii_fields: [shipping_address]}\n  access: {read: [risk]}\n  sla:");
        String contract = CONTRACT
                .replace("shipping_address: {type: string}", "shipping_address: {type: string, mask: token}\n      note: {type: string}\n      status: {type: string, enum: [new, paid]}")
                .replace("order_id: {type: string, required: true}", "order_id: {type: string, required: true, classification: internal}");
        Parsed<ProductBundle> parsed = validate(spec, Map.of("orders/contracts/v1.yaml", contract));
        assertThat(parsed.value()).isPresent();
        assertThat(show(parsed)).containsExactlyInAnyOrder(
                "warning MESH-SPEC-011 1:1 : output port \"table\": the product is restricted, so text that the contract does not classify is masked: note"
                        + " | where a column tells nothing about a person, add to the contract:  classification: internal",
                "warning MESH-SPEC-011 9:7 models.order_events.fields.shipping_address: shipping_address is masked by token, which is looser than the NULL of a restricted product"
                        + " | remove the mask, or lower the level");
    }

    @Test
    void testFullProduct()
    {
        Parsed<ProductBundle> parsed = validate(resource("/product/full.yaml"), fullContracts());
        assertThat(parsed.findings()).isEmpty();
        assertThat(parsed.value().orElseThrow().contracts().keySet()).containsExactly("table", "first", "changes", "service", "export");
    }

    @Test
    void testViewGivesOtherColumnsThanItsContract()
    {
        String text = resource("/product/full.yaml").replace("SELECT customer_id, lifetime_value, address,", "SELECT customer_id, lifetime_value / 2,");
        assertThat(show(validate(text, fullContracts()))).containsExactly(
                "error MESH-PORT-016 29:14 spec.outputPorts[1].query: output port \"first\": the query gives the columns customer_id, (no name), updated_at, its contract has customer_id, lifetime_value, address, updated_at"
                        + " | select exactly the contract's columns in its order, each by AS where it is an expression");
        // what the asterisk stands for is known where the inputs are: at registration
        assertThat(validate(text.replaceFirst("SELECT .*", "SELECT * FROM customer.customer_360"), fullContracts()).findings()).isEmpty();
    }

    @Test
    void testViewThatReadsACatalogOrItself()
    {
        String text = resource("/product/full.yaml");
        assertThat(show(validate(text.replace("FROM customer.customer_360 WHERE", "FROM lake.customer.customer_360 WHERE"), fullContracts()))).containsExactly(
                "error MESH-PORT-015 29:14 spec.outputPorts[1].query: output port \"first\": the query reads lake.customer.customer_360, which names a catalog"
                        + " | read a product by its address, domain.product: what lies in a catalog has no contract and no masks");
        assertThat(show(validate(text.replace("FROM customer.customer_360 WHERE", "FROM customer_360_v1 WHERE"), fullContracts()))).containsExactly(
                "error MESH-PORT-015 29:14 spec.outputPorts[1].query: output port \"first\": the view reads customer.customer_360_v1, which is itself | read another product or another version");
        assertThat(validate(text.replace("FROM customer.customer_360 WHERE", "FROM customer_360_v2 WHERE"), fullContracts()).findings()).isEmpty();
    }

    @Test
    void testVersionsOfTheSameMajorAndSuccessors()
    {
        String text = resource("/product/full.yaml");
        Map<String, String> sameMajor = Map.of(
                "orders/contracts/customer-360.v2.yaml", resource("/product/full-contract.yaml"),
                "orders/contracts/customer-360.v1.yaml", firstContract().replace("version: 1.4.0", "version: 2.4.0"));
        assertThat(show(validate(text, sameMajor))).containsExactly(
                "warning MESH-PORT-017 27:7 spec.outputPorts[1]: output port \"first\" has no name in SQL: an earlier port has a contract of the same major version 2"
                        + " | give it a contract of another major version, or make it a product of its own");
        assertThat(show(validate(text.replace("successor: table", "successor: tabel"), fullContracts()))).containsExactly(
                "error MESH-PORT-014 27:7 spec.outputPorts[1].deprecated.successor: output port \"first\": the successor \"tabel\" is neither another port of the product nor the address of another product"
                        + " | name a port of this file, or an address such as orders.order-events");
        assertThat(validate(text.replace("successor: table", "successor: customer.customer-golden"), fullContracts()).findings()).isEmpty();
    }

    @Test
    void testPersonalFieldOfAnotherVersion()
    {
        Map<String, String> renamed = Map.of(
                "orders/contracts/customer-360.v2.yaml", resource("/product/full-contract.yaml"),
                "orders/contracts/customer-360.v1.yaml", firstContract().replace("customer_id:", "client_id:"));
        assertThat(show(validate(resource("/product/full.yaml").replace("SELECT customer_id, lifetime", "SELECT customer_id AS client_id, lifetime"), renamed))).containsExactly(
                "warning MESH-PII-006 73:18 spec.classification.pii_fields[0]: personal field \"customer_id\" is in another version's contract, but not in the one of output port \"first\" (orders/contracts/customer-360.v1.yaml)"
                        + " | where that version calls it otherwise, list that name, too");
    }

    private static Map<String, String> fullContracts()
    {
        return Map.of(
                "orders/contracts/customer-360.v2.yaml", resource("/product/full-contract.yaml"),
                "orders/contracts/customer-360.v1.yaml", firstContract());
    }

    private static String firstContract()
    {
        return resource("/product/full-contract.yaml")
                .replace("version: 2.0.0", "version: 1.4.0")
                .replaceFirst("      active: .*\n", "");
    }

    @Test
    void testMissingContract()
    {
        assertThat(show(validate(MINIMAL, Map.of()))).containsExactly(
                "error MESH-PORT-010 12:17 spec.outputPorts[0].contract: output port \"table\": the contract \"./contracts/v1.yaml\" does not exist; tried orders/contracts/v1.yaml"
                        + " | write the contract there, or correct the path; it is relative to this file");
    }

    @Test
    void testUnreadableContract()
    {
        Finding finding = YamlDocuments.checkSize("orders/contracts/v1.yaml", 100L << 20).orElseThrow();
        ContractLoader loader = path -> Optional.of(new Parsed<>(Optional.empty(), List.of(finding)));
        Parsed<ProductBundle> parsed = new ProductValidation(loader, Set.of()).validate("orders/dataproduct.yaml", MINIMAL);
        assertThat(parsed.value()).isEmpty();
        assertThat(parsed.findings()).containsExactly(finding);
    }

    @Test
    void testFindingsOfSpecificationAndContractTogether()
    {
        String text = minimal("owner: orders-data@retailer.example", "owner: bob").replace("freshness: 24h", "freshness: soon");
        Parsed<ProductBundle> parsed = validate(text, Map.of("orders/contracts/v1.yaml", CONTRACT.replace("type: string, required", "type: strnig, required")));
        assertThat(parsed.findings()).extracting(finding -> finding.location().file() + " " + finding.rule().id()).containsExactly(
                "orders/contracts/v1.yaml MESH-CONTRACT-008",
                "orders/dataproduct.yaml MESH-OWN-001",
                "orders/dataproduct.yaml MESH-SLA-002");
    }

    @Test
    void testContractIsLinted()
    {
        String contract = CONTRACT + "    quality: [{type: sql, query: DELETE FROM order_events, mustBe: 0}]\n";
        assertThat(show(validate(MINIMAL, Map.of("orders/contracts/v1.yaml", contract)))).singleElement().asString()
                .startsWith("error MESH-CONTRACT-018 ").contains("The query cannot be run: The statement is no SELECT");
    }

    @Test
    void testPersonalFieldWithTypingError()
    {
        String text = MINIMAL + "  classification: {contains_pii: true, pii_fields: [shiping_address, order_id]}\n";
        assertThat(show(validate(text, Map.of("orders/contracts/v1.yaml", CONTRACT)))).containsExactly(
                "error MESH-PII-004 15:53 spec.classification.pii_fields[0]: personal field \"shiping_address\" is not in the contract of output port \"table\" (orders/contracts/v1.yaml), did you mean shipping_address?"
                        + " | write shipping_address here, or add the field to the contract");
    }

    @Test
    void testFieldMarkedByTheContract()
    {
        Parsed<ProductBundle> parsed = validate(MINIMAL, Map.of("orders/contracts/v1.yaml", CONTRACT.replace("shipping_address: {type: string}", "shipping_address: {type: string, pii: true}")));
        assertThat(parsed.value()).isPresent();
        assertThat(parsed.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(SpecRule.PII_MARKED);
            assertThat(finding.location().file()).isEqualTo("orders/contracts/v1.yaml");
            assertThat(finding.location().line()).isEqualTo(9);
            assertThat(finding.message()).isEqualTo("the contract marks shipping_address as personal, but the specification does not list it");
        });
    }

    @Test
    void testContractOfAnotherProduct()
    {
        Parsed<ProductBundle> parsed = validate(MINIMAL, Map.of("orders/contracts/v1.yaml", CONTRACT.replace("id: orders.order-events", "id: orders.returns")));
        assertThat(parsed.value()).isPresent();
        assertThat(show(parsed)).containsExactly(
                "warning MESH-PORT-012 2:5 id: the contract's id \"orders.returns\" is not the product's address orders.order-events | write  id: orders.order-events");
    }

    @Test
    void testContractWithSeveralModels()
    {
        String two = CONTRACT + "  returns:\n    type: table\n    fields:\n      order_id: {type: string}\n";
        assertThat(validate(MINIMAL, Map.of("orders/contracts/v1.yaml", two)).findings()).isEmpty();
        assertThat(show(validate(MINIMAL, Map.of("orders/contracts/v1.yaml", two.replace("order_events:", "orders:"))))).containsExactly(
                "error MESH-PORT-013 12:17 spec.outputPorts[0]: output port \"table\": the contract orders/contracts/v1.yaml has the models orders, returns, none named like the product"
                        + " | name the model that the port serves order_events");
    }

    @Test
    void testTimestampField()
    {
        String text = minimal("freshness: 24h", "freshness: {threshold: 24h, timestampField: %s}");
        Map<String, String> contracts = Map.of("orders/contracts/v1.yaml", CONTRACT);
        assertThat(validate(text.formatted("occurred_at"), contracts).findings()).isEmpty();
        assertThat(show(validate(text.formatted("ocurred_at"), contracts))).containsExactly(
                "error MESH-SLA-003 14:49 spec.sla.freshness.timestampField: timestampField \"ocurred_at\" is not in the contract of output port \"table\" (orders/contracts/v1.yaml) | use one of occurred_at");
        assertThat(show(validate(text.formatted("order_id"), contracts))).containsExactly(
                "error MESH-SLA-003 14:49 spec.sla.freshness.timestampField: timestampField \"order_id\" is of type string | use one of occurred_at");
    }

    @Test
    void testKnownDomains()
    {
        ContractLoader loader = path -> Optional.of(new Parsed<>(Optional.of(CONTRACT), List.of()));
        assertThat(new ProductValidation(loader, Set.of("orders", "customer")).validate("dataproduct.yaml", MINIMAL).findings()).isEmpty();
        assertThat(show(new ProductValidation(loader, Set.of("order", "customer")).validate("dataproduct.yaml", MINIMAL))).containsExactly(
                "error MESH-SPEC-005 5:11 metadata.domain: unknown domain \"orders\", did you mean order? | write  domain: order");
        assertThat(show(new ProductValidation(loader, Set.of("pricing", "customer")).validate("dataproduct.yaml", MINIMAL))).containsExactly(
                "error MESH-SPEC-005 5:11 metadata.domain: unknown domain \"orders\" | use one of customer, pricing, or add the domain to domains: in mesh.yaml");
    }

    @Test
    void testPaths()
    {
        assertThat(ContractPaths.resolve("dataproduct.yaml", "./contracts/v1.yaml")).isEqualTo("contracts/v1.yaml");
        assertThat(ContractPaths.resolve("a/b/dataproduct.yaml", "../contracts//v1.yaml")).isEqualTo("a/contracts/v1.yaml");
        assertThat(ContractPaths.resolve("a/dataproduct.yaml", "../../v1.yaml")).isEqualTo("../v1.yaml");
        assertThat(ContractPaths.resolve("/a/dataproduct.yaml", "../../../v1.yaml")).isEqualTo("/v1.yaml");
        assertThat(ContractPaths.resolve("../a/dataproduct.yaml", "v1.yaml")).isEqualTo("../a/v1.yaml");
        assertThat(SourceLocation.startOf("a")).hasToString("a:1:1");
    }
}
