package io.meshwright.model.product;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.yaml.YamlRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static io.meshwright.model.product.SpecFixtures.MINIMAL;
import static io.meshwright.model.product.SpecFixtures.findings;
import static io.meshwright.model.product.SpecFixtures.replaced;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is wrong with the identity, the description and the ports of a specification, and how it is said.
 */
class TestSpecFindings
{
    static Stream<Arguments> identity()
    {
        return Stream.of(
                replaced(
                        "dataproduct.kloudvin.io/v1",
                        "dataproduct.kloudvin.io/v9",
                        "error MESH-SPEC-001 1:13 apiVersion: unknown apiVersion \"dataproduct.kloudvin.io/v9\", known: dataproduct.kloudvin.io/v1 | write  apiVersion: dataproduct.kloudvin.io/v1"),
                replaced(
                        "apiVersion: dataproduct.kloudvin.io/v1\n",
                        "",
                        "error MESH-YAML-021 1:1 apiVersion: apiVersion is missing in the document | add  apiVersion: dataproduct.kloudvin.io/v1"),
                replaced(
                        "kind: DataProduct",
                        "kind: DataProdct",
                        "error MESH-SPEC-002 2:7 kind: unknown kind \"DataProdct\", did you mean DataProduct? | write  kind: DataProduct"),
                replaced(
                        "kind: DataProduct",
                        "kind: Deployment",
                        "error MESH-SPEC-002 2:7 kind: unknown kind \"Deployment\" | write  kind: DataProduct"),
                replaced(
                        "kind: DataProduct",
                        "kind: DataContract",
                        "error MESH-SPEC-002 1:1 : this is a data contract, not a data product | check it with  mesh contract lint, and name the dataproduct.yaml here"),
                replaced(
                        "  name: order-events\n",
                        "",
                        "error MESH-YAML-021 3:1 metadata.name: name is missing in metadata | add  name: order-events"),
                replaced(
                        "name: order-events",
                        "name: Order_Events",
                        "error MESH-SPEC-003 4:9 metadata.name: name \"Order_Events\" is not in kebab-case, did you mean order-events? | write  name: order-events"),
                replaced(
                        "name: order-events",
                        "name: 42",
                        "error MESH-SPEC-003 4:9 metadata.name: name \"42\" is not in kebab-case | use lower-case letters, digits and single hyphens, beginning with a letter, at most 63 characters"),
                replaced(
                        "name: order-events",
                        "name: true",
                        "error MESH-YAML-022 4:9 metadata.name: name takes a text, not true | put it in quotes when it is a text: \"true\""),
                replaced(
                        "domain: orders",
                        "domain: information_schema",
                        "error MESH-SPEC-004 5:11 metadata.domain: domain \"information_schema\" is reserved | choose another name; reserved are information_schema, mesh, meta, system"),
                replaced(
                        "domain: orders",
                        "domain: mesh",
                        "error MESH-SPEC-004 5:11 metadata.domain: domain \"mesh\" is reserved | choose another name; reserved are information_schema, mesh, meta, system"),
                replaced(
                        "domain: orders",
                        "domian: orders",
                        "error MESH-YAML-021 3:1 metadata.domain: domain is missing in metadata | add  domain: orders",
                        "error MESH-YAML-020 5:3 metadata.domian: unknown key \"domian\", did you mean domain? | write  domain:"),
                replaced(
                        "owner: orders-data@retailer.example",
                        "owner: bob",
                        "error MESH-OWN-001 6:10 metadata.owner: owner \"bob\" is no e-mail address | name the owning team's mailbox, for example orders-data@retailer.example"),
                replaced(
                        "owner: orders-data@retailer.example",
                        "owner:",
                        "error MESH-YAML-024 6:3 metadata.owner: owner has no value | give owner a value, or remove the key"),
                replaced(
                        "  owner: orders-data@retailer.example\n",
                        "  owner: a@b.example\n  id: customer.orders\n",
                        "error MESH-SPEC-008 7:7 metadata.id: id \"customer.orders\" reads as the address of another product | use an id with a prefix, for example dp.customer.orders"),
                replaced(
                        "  owner: orders-data@retailer.example\n",
                        "  owner: a@b.example\n  id: a b\n",
                        "error MESH-SPEC-008 7:7 metadata.id: id \"a b\" is no identifier | use letters, digits and . : / - _, for example dp.customer.360"),
                replaced(
                        "  owner: orders-data@retailer.example\n",
                        "  owner: a@b.example\n  documentation_url: docs/index.html\n",
                        "error MESH-SPEC-007 7:22 metadata.documentation_url: documentation_url \"docs/index.html\" is no web address | write the whole address, beginning with https://"),
                replaced(
                        "  owner: orders-data@retailer.example\n",
                        "  owner: a@b.example\n  tags: orders\n  labels: [a]\n",
                        "error MESH-YAML-022 7:9 metadata.tags: tags takes a list, not the text \"orders\" | write  tags: [orders]",
                        "error MESH-YAML-022 8:11 metadata.labels: labels takes a mapping, not a list | write its keys indented below labels:"),
                replaced(
                        "spec:\n",
                        "x-note: free\nspec:\n  slas: {freshness: 1h}\n",
                        "error MESH-YAML-020 9:3 spec.slas: unknown key \"slas\", did you mean sla? | write  sla:"));
    }

    static Stream<Arguments> description()
    {
        return Stream.of(
                replaced(
                        "description: \"Orders.\"",
                        "description: \"\"",
                        "error MESH-DOC-001 8:3 spec.description: the product has no description | say in a sentence what the rows are and who needs them:  description: \"...\""),
                replaced(
                        "  description: \"Orders.\"\n",
                        "",
                        "error MESH-DOC-001 7:1 spec.description: the product has no description | say in a sentence what the rows are and who needs them:  description: \"...\""),
                replaced(
                        "description: \"Orders.\"",
                        "description: [a]",
                        "error MESH-YAML-022 8:16 spec.description: description takes a single value, not a list | write description: followed by one value"));
    }

    static Stream<Arguments> ports()
    {
        return Stream.of(
                replaced(
                        "type: iceberg",
                        "type: icberg",
                        "error MESH-YAML-023 11:13 spec.outputPorts[0].type: output port \"table\": unknown type \"icberg\", did you mean iceberg? | write  type: iceberg"),
                replaced(
                        "type: iceberg",
                        "type: table",
                        "error MESH-YAML-023 11:13 spec.outputPorts[0].type: output port \"table\": unknown type \"table\", did you mean iceberg? | write  type: iceberg"),
                replaced(
                        "type: iceberg",
                        "type: banana",
                        "error MESH-YAML-023 11:13 spec.outputPorts[0].type: output port \"table\": unknown type \"banana\" | use one of: iceberg, view, kafka, api, file"),
                replaced(
                        "type: iceberg",
                        "type: delta",
                        "error MESH-PORT-005 11:13 spec.outputPorts[0].type: output port \"table\": delta tables are not supported | convert with Iceberg's snapshotDeltaLakeTable action, Apache XTable or Delta UniForm, then write  type: iceberg"),
                replaced(
                        "type: iceberg",
                        "type: iceberg\n      location: s3://mesh-orders/order_events",
                        "error MESH-PORT-004 12:17 spec.outputPorts[0].location: output port table: iceberg location must be a directory prefix | end it with a slash:  location: s3://mesh-orders/order_events/"),
                replaced(
                        "type: iceberg",
                        "type: iceberg\n      topic: orders",
                        "error MESH-PORT-006 12:7 spec.outputPorts[0].topic: output port \"table\": topic does not belong to a port of type iceberg | remove topic, or change the type"),
                replaced(
                        "type: iceberg",
                        "type: kafka",
                        "error MESH-PORT-003 10:7 spec.outputPorts[0].topic: output port \"table\" has no topic, which a port of type kafka needs | add  topic: orders.order-events.v1"),
                replaced(
                        "type: iceberg",
                        "type: view",
                        "error MESH-PORT-007 10:7 spec.outputPorts[0].query: output port \"table\" has no query, which a port of type view needs | add  query: SELECT order_id FROM orders.order_events"),
                replaced(
                        "type: iceberg",
                        "type: api",
                        "error MESH-PORT-007 10:7 spec.outputPorts[0].url: output port \"table\" has no url, which a port of type api needs | add  url: https://orders.example/api"),
                replaced(
                        "type: iceberg",
                        "type: file",
                        "error MESH-PORT-007 10:7 spec.outputPorts[0].location: output port \"table\" has no location, which a port of type file needs | add  location: s3://mesh-orders/exports/",
                        "error MESH-PORT-007 10:7 spec.outputPorts[0].format: output port \"table\" has no format, which a port of type file needs | add  format: parquet"),
                replaced(
                        "type: iceberg",
                        "type: file\n      location: s3://exports/orders\n      format: parket",
                        "error MESH-PORT-004 12:17 spec.outputPorts[0].location: output port table: file location must be a directory prefix | end it with a slash:  location: s3://exports/orders/",
                        "error MESH-YAML-023 13:15 spec.outputPorts[0].format: unknown format \"parket\", did you mean parquet? | write  format: parquet"),
                replaced(
                        "type: iceberg",
                        "type: kafka\n      topic: t\n      compatibility: backwards",
                        "error MESH-YAML-023 13:22 spec.outputPorts[0].compatibility: unknown compatibility \"backwards\", did you mean BACKWARD? | write  compatibility: BACKWARD"),
                replaced(
                        "type: iceberg",
                        "type: iceberg\n      location: s3://key:secret@mesh-orders/order_events/",
                        "error MESH-PORT-008 12:17 spec.outputPorts[0].location: a secret is part of this value | remove it here, change it where it was valid, and keep the new one in the configuration"),
                replaced(
                        "type: iceberg",
                        "type: api\n      url: https://orders.example/api?api_key=abc",
                        "error MESH-PORT-008 12:12 spec.outputPorts[0].url: a secret is part of this value | remove it here, change it where it was valid, and keep the new one in the configuration"),
                replaced(
                        "contract: ./contracts/v1.yaml",
                        "contract: /contracts/v1.yaml",
                        "error MESH-PORT-011 12:17 spec.outputPorts[0].contract: output port \"table\": the contract's path \"/contracts/v1.yaml\" is not relative | write it relative to this file, for example ./contracts/order-events.v1.yaml"),
                replaced(
                        "contract: ./contracts/v1.yaml",
                        "contract: https://example/contracts/v1.yaml",
                        "error MESH-PORT-011 12:17 spec.outputPorts[0].contract: output port \"table\": the contract's path \"https://example/contracts/v1.yaml\" is not relative | write it relative to this file, for example ./contracts/order-events.v1.yaml"),
                replaced(
                        "      contract: ./contracts/v1.yaml\n",
                        "",
                        "error MESH-PORT-009 10:7 spec.outputPorts[0]: output port \"table\" has no contract, so readers would see no column | add  contract: ./contracts/order-events.v1.yaml"),
                replaced(
                        "      contract: ./contracts/v1.yaml\n",
                        "      contract: ./contracts/v1.yaml\n    - name: table\n      type: kafka\n      topic: orders\n",
                        "error MESH-PORT-002 13:7 spec.outputPorts[1].name: output port \"table\" is declared on lines 10 and 13 | give one of the two another name"),
                replaced(
                        "    - name: table\n      type: iceberg\n      contract: ./contracts/v1.yaml\n",
                        "    []\n",
                        "error MESH-PORT-001 9:3 spec.outputPorts: the product has no output port | add a port, for example  - {name: iceberg-curated, type: iceberg, contract: ./contracts/order-events.v1.yaml}"),
                replaced(
                        "    - name: table\n      type: iceberg\n      contract: ./contracts/v1.yaml\n",
                        "    - table\n",
                        "error MESH-YAML-022 10:7 spec.outputPorts[0]: outputPorts takes a list of mappings, not the text \"table\" | write the element's keys below the dash"),
                replaced(
                        "  outputPorts:\n    - name: table\n      type: iceberg\n      contract: ./contracts/v1.yaml\n",
                        "",
                        "error MESH-YAML-021 7:1 spec.outputPorts: outputPorts is missing in spec | add  outputPorts: [{name: iceberg-curated, type: iceberg, contract: ./contracts/order-events.v1.yaml}]"),
                replaced(
                        "    - name: table\n",
                        "    - description: d\n",
                        "error MESH-YAML-021 10:7 spec.outputPorts[0].name: name is missing in spec.outputPorts[0] | add  name: iceberg-curated"),
                replaced(
                        "  sla:",
                        "  inputPorts:\n    - {name: a, type: data-product, source: Orders}\n    - {name: a, type: postgres-cdc}\n    - {name: b}\n  sla:",
                        "error MESH-PORT-007 14:17 spec.inputPorts[0].source: input port \"a\" does not say which data product it reads | write the product's address, for example  source: customer.customer-profile",
                        "error MESH-PORT-002 15:8 spec.inputPorts[1].name: input port \"a\" is declared on lines 14 and 15 | give one of the two another name",
                        "error MESH-YAML-021 16:7 spec.inputPorts[2].type: type is missing in spec.inputPorts[2] | add  type: postgres-cdc"),
                replaced(
                        "  sla:",
                        "  transformation: {type: dbt}\n  sla:",
                        "error MESH-YAML-021 13:3 spec.transformation.reference: reference is missing in spec.transformation | add  reference: models/order_events.sql"));
    }

    @ParameterizedTest
    @MethodSource({"identity", "description", "ports"})
    void testFinding(String text, String[] expected)
    {
        assertThat(findings(text)).containsExactly(expected);
    }

    @Test
    void testAllFindingsAtOnce()
    {
        String text = MINIMAL
                .replace("kind: DataProduct", "kind: DataProdct")
                .replace("owner: orders-data@retailer.example", "owner: bob")
                .replace("Orders.", "")
                .replace("type: iceberg", "type: icberg")
                .replace("freshness: 24h", "freshness: soon");
        assertThat(findings(text)).extracting(finding -> finding.split(" ")[1]).containsExactly("MESH-SPEC-002", "MESH-OWN-001", "MESH-DOC-001", "MESH-YAML-023", "MESH-SLA-002");
    }

    @Test
    void testFilesThatAreNoSpecification()
    {
        assertThat(findings("")).containsExactly("error MESH-YAML-010 1:1 : the file is empty | write the declaration, or name the right file");
        assertThat(findings("dataContractSpecification: 1.1.0\nid: a\n")).containsExactly(
                "error MESH-SPEC-002 1:1 : this is a data contract, not a data product | check it with  mesh contract lint, and name the dataproduct.yaml here");
        assertThat(findings("a: 1\n")).extracting(finding -> finding.split(" ")[1]).containsExactly("MESH-YAML-020", "MESH-YAML-021", "MESH-YAML-021", "MESH-YAML-021", "MESH-YAML-021");
    }

    @Test
    void testRulesAreComplete()
    {
        List<Rule> rules = Stream.<Rule>concat(Arrays.stream(SpecRule.values()), Arrays.stream(YamlRule.values())).toList();
        assertThat(rules).extracting(Rule::id).doesNotHaveDuplicates().allMatch(id -> id.matches("MESH-[A-Z]+-\\d{3}"));
        assertThat(rules).extracting(Rule::title).doesNotHaveDuplicates().allMatch(title -> title.matches("[A-Z]+(-[A-Z]+)*"));
        assertThat(rules).extracting(Rule::rationale).allMatch(rationale -> rationale.length() > 30 && rationale.endsWith("."));
    }
}
