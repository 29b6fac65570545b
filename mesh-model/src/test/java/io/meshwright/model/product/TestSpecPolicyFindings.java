package io.meshwright.model.product;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

import static io.meshwright.model.product.SpecFixtures.findings;
import static io.meshwright.model.product.SpecFixtures.minimal;
import static io.meshwright.model.product.SpecFixtures.replaced;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is wrong with what a specification promises, protects, allows and replaces, and how it is said.
 */
class TestSpecPolicyFindings
{
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
                        "error MESH-YAML-022 13:68 spec.migration.protect.connections: connections takes a whole number of at least 1, not the number 0 | write a whole number of at least 1, without quotes",
                        "error MESH-SPEC-010 13:81 spec.migration.protect.blackout: blackout \"8-18\" names no hours | write  blackout: \"08:00-18:00\"",
                        "error MESH-YAML-022 13:112 spec.migration.cutover.green_days: green_days takes a whole number from 1 to 3650, not the text \"x\" | write a whole number from 1 to 3650, without quotes"),
                replaced(
                        "  sla:",
                        "  migration: {replaces: legacy.t, key: [a], protect: {connections: 4}}\n  sla:",
                        "error MESH-SPEC-010 13:68 spec.migration.protect.connections: connections is 4, and a run never opens more than one | write  connections: 1  , or leave it out"));
    }

    @ParameterizedTest
    @MethodSource({"serviceLevels", "classification", "access", "migration"})
    void testFinding(String text, String[] expected)
    {
        assertThat(findings(text)).containsExactly(expected);
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
}
