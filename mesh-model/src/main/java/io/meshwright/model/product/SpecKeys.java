package io.meshwright.model.product;

import io.meshwright.model.yaml.KeySet;

import java.util.Map;

/**
 * The keys of {@code dataproduct.yaml}, section by section. The published JSON Schema lists the same.
 */
final class SpecKeys
{
    static final KeySet ROOT = KeySet.of("apiVersion", "kind", "metadata", "spec")
            .withSynonyms(Map.of("version", "apiVersion", "meta", "metadata", "specification", "spec"));
    static final KeySet METADATA = KeySet.of("name", "domain", "owner", "owner_team", "id", "version", "tags", "documentation_url", "labels", "annotations")
            .withSynonyms(Map.of("namespace", "domain", "team", "owner_team", "current_version", "version", "docs", "documentation_url", "product", "name", "email", "owner"));
    static final KeySet SPEC = KeySet.of("description", "documentation", "outputPorts", "inputPorts", "transformation", "sla", "classification", "retention", "retention_period_days", "access", "team", "migration", "quality")
            .withSynonyms(Map.of(
                    "slas", "sla",
                    "slo", "sla",
                    "servicelevels", "sla",
                    "service_levels", "sla",
                    "outputs", "outputPorts",
                    "ports", "outputPorts",
                    "inputs", "inputPorts",
                    "access_control", "access",
                    "retention_days", "retention_period_days",
                    "ownership", "team"));
    static final KeySet QUALITY = KeySet.of("completeness", "freshness", "framework", "checks")
            .withSynonyms(Map.of("rules", "checks", "metrics", "checks", "engine", "framework"));
    static final KeySet QUALITY_CHECK = KeySet.of("name", "metric", "column", "threshold", "description")
            .withSynonyms(Map.of("field", "column", "check", "name", "limit", "threshold"));
    static final KeySet OUTPUT_PORT = KeySet.of("name", "type", "description", "location", "contract", "topic", "url", "format", "query", "compatibility", "region", "serve", "deprecated")
            .withSynonyms(Map.of("path", "location", "schema", "contract", "sql", "query", "endpoint", "url", "serialization", "format", "serves", "serve", "deprecation", "deprecated", "sunset", "deprecated"));
    static final KeySet DEPRECATED = KeySet.of("until", "successor", "reason")
            .withSynonyms(Map.of("date", "until", "end", "until", "replacement", "successor", "replaced_by", "successor"));
    static final KeySet INPUT_PORT = KeySet.of("name", "type", "source", "location", "description")
            .withSynonyms(Map.of("system", "source", "product", "source"));
    static final KeySet TRANSFORMATION = KeySet.of("type", "reference", "description")
            .withSynonyms(Map.of("model", "reference", "job", "reference", "ref", "reference", "engine", "type"));
    static final KeySet SLA = KeySet.of("freshness", "freshnessHours", "availability", "completeness", "accuracy", "latency", "support")
            .withSynonyms(Map.of("uptime", "availability", "contact", "support"));
    static final KeySet FRESHNESS = KeySet.of("threshold", "timestampField")
            .withSynonyms(Map.of("max_age", "threshold", "column", "timestampField"));
    static final KeySet ACCURACY = KeySet.of("threshold", "check")
            .withSynonyms(Map.of("minimum", "threshold", "rule", "check", "quality", "check"));
    static final KeySet CLASSIFICATION = KeySet.of("contains_pii", "pii_fields", "residency", "sensitivity_level")
            .withSynonyms(Map.of("pii", "contains_pii", "pii_columns", "pii_fields", "sensitivity", "sensitivity_level", "region", "residency"));
    static final KeySet ACCESS = KeySet.of("discovery", "read", "clear")
            .withSynonyms(Map.of("visibility", "discovery", "readers", "read", "read_access", "read", "unmasked", "clear", "cleartext", "clear"));
    static final KeySet CLEARANCE = KeySet.of("group", "user", "until")
            .withSynonyms(Map.of("role", "group", "expires", "until", "principal", "user"));
    static final KeySet TEAM = KeySet.of("technical_owner", "developer", "business_owner", "steward", "on_call_rotation", "escalation_path", "communication_channel", "oncall", "members")
            .withSynonyms(Map.of("channel", "communication_channel", "slack", "communication_channel", "pager", "oncall", "escalation", "escalation_path"));
    static final KeySet MEMBER = KeySet.of("name", "role");
    static final KeySet MIGRATION = KeySet.of("replaces", "key", "columns", "where", "window", "grain", "compare", "profile", "settle", "lookback", "tolerances", "protect", "cutover")
            .withSynonyms(Map.of("legacy", "replaces", "keys", "key", "primary_key", "key", "filter", "where", "tolerance", "tolerances"));
    static final KeySet WHERE = KeySet.of("legacy", "mesh")
            .withSynonyms(Map.of("product", "mesh"));
    static final KeySet WINDOW = KeySet.of("column", "legacy", "size", "zone")
            .withSynonyms(Map.of("mesh", "column", "timezone", "zone"));
    static final KeySet PROTECT = KeySet.of("connections", "statement_timeout", "chunk_seconds", "blackout")
            .withSynonyms(Map.of("timeout", "statement_timeout"));
    static final KeySet CUTOVER = KeySet.of("green_days", "zero_consumers_days");

    private SpecKeys() {}
}
