package io.meshwright.model.product;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.yaml.YamlRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static io.meshwright.model.product.SpecFixtures.MINIMAL;
import static io.meshwright.model.product.SpecFixtures.findings;
import static io.meshwright.model.product.SpecFixtures.minimal;
import static org.assertj.core.api.Assertions.assertThat;

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

    static Stream<Arguments> serviceLevels()
    {
        return Stream.of(
                replaced(
                        "  sla:\n    freshness: 24h\n",
                        "",
                        "error MESH-SLA-001 7:1 spec.sla.freshness: every data product must publish a freshness SLA | add below spec:  sla: {freshness: \"<= 24h\"}"),
                replaced(
                        "freshness: 24h",
                        "availability: 99.5%",
                        "error MESH-SLA-001 13:3 spec.sla.freshness: every data product must publish a freshness SLA | add below spec:  sla: {freshness: \"<= 24h\"}"),
                replaced(
                        "freshness: 24h",
                        "freshness: \"< banana\"",
                        "error MESH-SLA-002 14:19 spec.sla.freshness: freshness: \"banana\" is no duration | write for example 15m, 24h or PT15M"),
                replaced(
                        "freshness: 24h",
                        "freshness: 15",
                        "error MESH-SLA-002 14:16 spec.sla.freshness: freshness: \"15\" has no unit | write the unit, for example 15m or 15h"),
                replaced(
                        "freshness: 24h",
                        "freshness: [1h]",
                        "error MESH-YAML-022 14:16 spec.sla.freshness: freshness takes a duration, not a list | write  freshness: \"<= 15m\""),
                replaced(
                        "freshness: 24h",
                        "freshness: {timestampField: t}",
                        "error MESH-YAML-021 14:16 spec.sla.freshness.threshold: threshold is missing in spec.sla.freshness | add  threshold: 15m"),
                replaced(
                        "freshness: 24h",
                        "freshness:",
                        "error MESH-YAML-024 14:5 spec.sla.freshness: freshness has no value | give freshness a value, or remove the key"),
                replaced(
                        "freshness: 24h",
                        "freshness: 24h\n    freshnessHours: 1",
                        "error MESH-SLA-002 15:5 spec.sla.freshnessHours: freshness and freshnessHours are both given | keep one of them"),
                replaced(
                        "freshness: 24h",
                        "freshnessHours: soon",
                        "error MESH-SLA-002 14:21 spec.sla.freshnessHours: freshnessHours takes a number of hours above zero, not the text \"soon\" | write for example  freshnessHours: 1"),
                replaced(
                        "freshness: 24h",
                        "freshness: 24h\n    availability: 99.5",
                        "error MESH-SLA-002 15:19 spec.sla.availability: availability: 99.5 is no share, did you mean 99.5% or 0.995? | write  \"99.5%\"  or  0.995"),
                replaced(
                        "freshness: 24h",
                        "freshness: 24h\n    completeness: 101%\n    accuracy: high",
                        "error MESH-SLA-002 15:19 spec.sla.completeness: completeness: \"101%\" is more than everything | write at most 100%",
                        "error MESH-SLA-002 16:15 spec.sla.accuracy: accuracy: \"high\" is no share | write for example 99.5% or 0.995"));
    }

    static Stream<Arguments> classification()
    {
        return Stream.of(
                replaced(
                        "  sla:",
                        "  classification: {contains_pii: true}\n  sla:",
                        "warning MESH-PII-001 13:20 spec.classification.pii_fields: contains_pii is true, but pii_fields names no field, so nothing is masked for it | list the fields that hold personal data:  pii_fields: [customer_id]"),
                replaced(
                        "  sla:",
                        "  classification: {pii_fields: [a]}\n  sla:",
                        "error MESH-PII-002 13:33 spec.classification.contains_pii: pii_fields names \"a\", but contains_pii is not true | write  contains_pii: true"),
                replaced(
                        "  sla:",
                        "  classification: {contains_pii: false, pii_fields: [a]}\n  sla:",
                        "error MESH-PII-002 13:20 spec.classification.contains_pii: pii_fields names \"a\", but contains_pii is not true | write  contains_pii: true"),
                replaced(
                        "  sla:",
                        "  classification: {contains_pii: yes}\n  sla:",
                        "error MESH-YAML-022 13:34 spec.classification.contains_pii: contains_pii takes true or false, not the text \"yes\" | did you mean contains_pii: true?"),
                replaced(
                        "      contract: ./contracts/v1.yaml\n  sla:",
                        "  classification: {contains_pii: true, pii_fields: [a]}\n  sla:",
                        "error MESH-PII-003 10:7 spec.outputPorts[0]: output port \"table\" has no contract; in a product with personal data every output port needs one | add  contract: ./contracts/order-events.v1.yaml"),
                replaced(
                        "  sla:",
                        "  classification: {sensitivity_level: secret}\n  sla:",
                        "error MESH-YAML-023 13:39 spec.classification.sensitivity_level: unknown sensitivity_level \"secret\" | use one of: public, internal, confidential, restricted"),
                replaced(
                        "  sla:",
                        "  classification: {residency: EU}\n  sla:",
                        "error MESH-RES-002 10:7 spec.outputPorts[0]: output port \"table\" declares no region, so residency EU cannot be shown to hold | add the region of the store, for example  region: eu-central-1"),
                replaced(
                        "  sla:",
                        "  classification: {residency: Mordor}\n  sla:",
                        "error MESH-RES-003 13:31 spec.classification.residency: unknown residency \"Mordor\" | use one of EU, UK, CH, US, CA, APAC, or the beginning of a region's name, for example eu-central-1"),
                replaced(
                        "  sla:",
                        "  retention: 730\n  sla:",
                        "error MESH-SPEC-006 13:14 spec.retention: retention: \"730\" has no unit | write the unit, for example 730d"),
                replaced(
                        "  sla:",
                        "  retention: 3y\n  retention_period_days: 730\n  sla:",
                        "error MESH-SPEC-006 14:3 spec.retention_period_days: retention and retention_period_days are both given | keep one of them"),
                replaced(
                        "  sla:",
                        "  retention_period_days: 0\n  sla:",
                        "error MESH-YAML-022 13:26 spec.retention_period_days: retention_period_days takes a whole number from 1 to 100000, not the number 0 | write a whole number from 1 to 100000, without quotes"));
    }

    static Stream<Arguments> access()
    {
        return Stream.of(
                replaced(
                        "  sla:",
                        "  access: {discovery: hidden}\n  sla:",
                        "error MESH-YAML-023 13:23 spec.access.discovery: unknown discovery \"hidden\" | use one of: public, private"),
                replaced(
                        "  sla:",
                        "  access: {read: []}\n  sla:",
                        "error MESH-SPEC-009 13:12 spec.access.read: read names no group, so it is unclear whether everybody may read or nobody | name the groups that may read, or remove the key, so that the sensitivity level decides (without one, everybody reads)"),
                replaced(
                        "  sla:",
                        "  access: {read: }\n  sla:",
                        "error MESH-YAML-024 13:12 spec.access.read: read has no value | give read a value, or remove the key"),
                replaced(
                        "  sla:",
                        "  classification: {sensitivity_level: restricted}\n  access: {discovery: public, read: [g]}\n  sla:",
                        "warning MESH-SPEC-011 14:12 spec.access.discovery: everybody finds the product, which is looser than its sensitivity_level restricted | remove the key, so that only its readers find it, or lower the level"),
                replaced(
                        "  sla:",
                        "  classification: {sensitivity_level: confidential}\n  sla:",
                        "warning MESH-SPEC-011 13:20 spec.classification.sensitivity_level: nobody may read the product: sensitivity_level confidential is for those whom access names | add below spec:  access: {read: [GROUP]}"),
                replaced(
                        "  sla:",
                        "  access: {clear: [{group: g, user: u}]}\n  sla:",
                        "error MESH-SPEC-009 13:20 spec.access.clear[0]: a clearance names a group and a user | write one entry for each:  - group: NAME  or  - user: NAME"),
                replaced(
                        "  sla:",
                        "  access: {clear: [{until: 2027-03-31}]}\n  sla:",
                        "error MESH-SPEC-009 13:20 spec.access.clear[0]: a clearance names neither group nor user | write one entry for each:  - group: NAME  or  - user: NAME"),
                replaced(
                        "  sla:",
                        "  access: {clear: [{group: g, until: 2027-02-30}]}\n  sla:",
                        "error MESH-SPEC-009 13:38 spec.access.clear[0].until: until \"2027-02-30\" is no date | write the last day as YYYY-MM-DD, for example 2027-03-31"),
                replaced(
                        "  sla:",
                        "  access: {clear: [g]}\n  sla:",
                        "error MESH-YAML-022 13:20 spec.access.clear[0]: clear takes a list of mappings, not the text \"g\" | write the element's keys below the dash"),
                replaced(
                        "  sla:",
                        "  team: {members: [{name: Ada}], pager: x}\n  sla:",
                        "error MESH-YAML-021 13:20 spec.team.members[0].role: role is missing in spec.team.members[0] | add  role: data product owner",
                        "error MESH-YAML-020 13:34 spec.team.pager: unknown key \"pager\", did you mean oncall? | write  oncall:"));
    }

    static Stream<Arguments> migration()
    {
        return Stream.of(
                replaced(
                        "  sla:",
                        "  migration: {key: [a]}\n  sla:",
                        "error MESH-YAML-021 13:3 spec.migration.replaces: replaces is missing in spec.migration | add  replaces: legacy_warehouse.fct_orders"),
                replaced(
                        "  sla:",
                        "  migration: {replaces: fct_orders, key: [a]}\n  sla:",
                        "error MESH-SPEC-010 13:25 spec.migration.replaces: replaces \"fct_orders\" names no legacy table | write the reference below legacy: in mesh.yaml, a dot and the table, for example legacy_warehouse.fct_orders"),
                replaced(
                        "  sla:",
                        "  migration: {replaces: legacy.t}\n  sla:",
                        "error MESH-SPEC-010 13:3 spec.migration.key: migration has no key, without which rows cannot be matched | name the columns that identify a row, for example  key: [order_id]  , or write  compare: counts"),
                replaced(
                        "  sla:",
                        "  migration: {replaces: legacy.t, key: []}\n  sla:",
                        "error MESH-SPEC-010 13:35 spec.migration.key: key names no column | name the columns that identify a row, for example  key: [order_id]"),
                replaced(
                        "  sla:",
                        "  migration: {replaces: legacy.t, key: [a], grain: distinct, compare: count, profile: crc}\n  sla:",
                        "error MESH-YAML-023 13:52 spec.migration.grain: unknown grain \"distinct\", did you mean distinct key? | write  grain: distinct key",
                        "error MESH-YAML-023 13:71 spec.migration.compare: unknown compare \"count\", did you mean counts? | write  compare: counts",
                        "error MESH-YAML-023 13:87 spec.migration.profile: unknown profile \"crc\" | use one of: auto, native, md5, sha256"),
                replaced(
                        "  sla:",
                        "  migration: {replaces: legacy.t, key: [a], window: {size: week, zone: Mars}}\n  sla:",
                        "error MESH-YAML-021 13:45 spec.migration.window.column: column is missing in spec.migration.window | add  column: occurred_at",
                        "error MESH-YAML-023 13:60 spec.migration.window.size: unknown size \"week\" | use one of: day",
                        "error MESH-SPEC-010 13:72 spec.migration.window.zone: unknown time zone \"Mars\" | write UTC or a name such as Europe/Berlin"),
                replaced(
                        "  sla:",
                        "  migration: {replaces: legacy.t, key: [a], settle: soon, lookback: 35, tolerances: {a: -1}}\n  sla:",
                        "error MESH-SPEC-010 13:53 spec.migration.settle: settle: \"soon\" is no duration | write for example 15m, 24h or PT15M",
                        "error MESH-SPEC-010 13:69 spec.migration.lookback: lookback: \"35\" has no unit | write the unit, for example 35m or 35h",
                        "error MESH-SPEC-010 13:89 spec.migration.tolerances.a: the tolerance of a is the number -1 | write the greatest difference that counts as equal, for example 0.01"),
                replaced(
                        "  sla:",
                        "  migration: {replaces: legacy.t, key: [a], protect: {connections: 0, blackout: \"8-18\"}, cutover: {green_days: x}}\n  sla:",
                        "error MESH-YAML-022 13:68 spec.migration.protect.connections: connections takes a whole number from 1 to 16, not the number 0 | write a whole number from 1 to 16, without quotes",
                        "error MESH-SPEC-010 13:81 spec.migration.protect.blackout: blackout \"8-18\" names no hours | write  blackout: \"08:00-18:00\"",
                        "error MESH-YAML-022 13:112 spec.migration.cutover.green_days: green_days takes a whole number from 1 to 3650, not the text \"x\" | write a whole number from 1 to 3650, without quotes"));
    }

    @ParameterizedTest
    @MethodSource({"identity", "description", "ports", "serviceLevels", "classification", "access", "migration"})
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

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            // region, location, expected rule
            "eu-central-1, -,                                    -",
            "europe-west3, -,                                    -",
            "westeurope,   -,                                    -",
            "EU-WEST-1,    -,                                    -",
            "us-east-1,    -,                                    MESH-RES-001",
            "eu-west-2,    -,                                    MESH-RES-001",
            "-,            s3://lake-eu-central-1/orders/,       -",
            "-,            s3://eu-lake/orders/,                 -",
            "-,            s3://us-backup/eu-old/,               MESH-RES-001",
            "-,            s3://lake-us-east-1/eu-central-1/,    MESH-RES-001",
            "-,            s3://museu-us/orders/,                MESH-RES-002",
            "-,            s3://mesh-orders/eu-central-1/,       MESH-RES-002",
            "-,            file:///warehouse/eu-central-1/,      MESH-RES-002",
            "-,            -,                                    MESH-RES-002",
            "eu-central-1, s3://mesh-orders/orders/,             -",
            "eu-central-1, s3://lake-us-east-1/orders/,          MESH-RES-001",
    })
    void testResidency(String region, String location, String expected)
    {
        String port = (region == null ? "" : "      region: " + region + "\n") + (location == null ? "" : "      location: " + location + "\n");
        String text = minimal("      contract:", port + "      contract:").replace("  sla:", "  classification: {residency: EU}\n  sla:");
        assertThat(findings(text)).extracting(finding -> finding.split(" ")[1]).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void testResidencyMessages()
    {
        String text = minimal("      contract:", "      region: us-east-1\n      contract:").replace("  sla:", "  classification: {residency: EU}\n  sla:");
        assertThat(findings(text)).containsExactly(
                "error MESH-RES-001 10:7 spec.outputPorts[0]: output port \"table\" is outside residency EU: region us-east-1 | move the store into the region, or correct  region:");
        assertThat(findings(text.replace("region: us-east-1", "location: s3://us-backup/eu-old/"))).containsExactly(
                "error MESH-RES-001 10:7 spec.outputPorts[0]: output port \"table\" is outside residency EU: its location names us-backup | move the store into the region, or correct  region:");
        assertThat(findings(text.replace("residency: EU", "residency: us-east-1"))).isEmpty();
        assertThat(findings(text.replace("residency: EU", "residency: us"))).isEmpty();
        String kafka = text.replace("region: us-east-1", "region: eu-central-1");
        assertThat(findings(kafka.replace("  classification:", "    - {name: stream, type: kafka, topic: t}\n  classification:"))).containsExactly(
                "error MESH-RES-002 14:7 spec.outputPorts[1]: output port \"stream\" declares no region, so residency EU cannot be shown to hold | add the region of the store, for example  region: eu-central-1");
    }

    @Test
    void testRulesAreComplete()
    {
        List<Rule> rules = Stream.<Rule>concat(Arrays.stream(SpecRule.values()), Arrays.stream(YamlRule.values())).toList();
        assertThat(rules).extracting(Rule::id).doesNotHaveDuplicates().allMatch(id -> id.matches("MESH-[A-Z]+-\\d{3}"));
        assertThat(rules).extracting(Rule::title).doesNotHaveDuplicates().allMatch(title -> title.matches("[A-Z]+(-[A-Z]+)*"));
        assertThat(rules).extracting(Rule::rationale).allMatch(rationale -> rationale.length() > 30 && rationale.endsWith("."));
    }

    private static Arguments replaced(String target, String replacement, String... expected)
    {
        return Arguments.of(minimal(target, replacement), expected);
    }
}
