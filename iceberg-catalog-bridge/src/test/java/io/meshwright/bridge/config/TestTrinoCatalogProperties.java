package io.meshwright.bridge.config;

import io.meshwright.bridge.catalog.CatalogSettings;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestTrinoCatalogProperties
{
    @Test
    void testEveryCatalogIsFoundAgain()
    {
        assertFoundAgain(settings("jdbc", "jdbc:postgresql://db/catalog", "s3://lake/warehouse", Map.of(
                "jdbc.user", "u",
                "jdbc.password", "p",
                "jdbc.schema-version", "V1",
                "s3.endpoint", "http://s3:9000",
                "s3.access-key-id", "k",
                "s3.secret-access-key", "s",
                "s3.path-style-access", "true",
                "client.region", "eu-central-1")));
        assertFoundAgain(settings("rest", "https://catalog/api", "lake", Map.of(
                "credential", "id:secret",
                "scope", "PRINCIPAL_ROLE:ALL",
                "oauth2-server-uri", "https://login/token",
                "header.X-Iceberg-Access-Delegation", "vended-credentials")));
        assertFoundAgain(settings("nessie", "https://nessie/api/v2", "s3://lake/warehouse", Map.of("ref", "main", "authentication.token", "t", "authentication.type", "BEARER")));
    }

    @Test
    void testSqlite()
    {
        CatalogSettings settings = settings("jdbc", "jdbc:sqlite:/data/catalog.db", "file:///data/warehouse", Map.of("jdbc.schema-version", "V1"));
        TrinoCatalogProperties translated = TrinoCatalogProperties.of(EngineProperties.trinoIcebergProperties(settings), Map.of(), Map.of());
        assertThat(translated.settings().uri()).contains("jdbc:sqlite:/data/catalog.db?busy_timeout=30000");
        assertThat(translated.settings().warehouse()).isEqualTo(settings.warehouse());
        assertThat(translated.driver()).contains("org.sqlite.JDBC");
        assertThat(translated.untranslated()).isEmpty();
    }

    @Test
    void testVariablesAndOverrides()
    {
        Map<String, String> file = Map.of(
                "iceberg.catalog.type", "rest",
                "iceberg.rest-catalog.uri", "http://${ENV:HOST}:80",
                "iceberg.rest-catalog.sigv4", "x",
                "s3.iam-role", "arn:aws:iam::1:role/x",
                "iceberg.max-partitions-per-writer", "7");
        TrinoCatalogProperties translated = TrinoCatalogProperties.of(file, Map.of("warehouse", "w", "client.region", "eu-west-1"), Map.of("HOST", "a$1\\b"));
        assertThat(translated.settings().uri()).contains("http://a$1\\b:80");
        assertThat(translated.settings().warehouse()).contains("w");
        assertThat(translated.settings().properties()).isEqualTo(Map.of("client.region", "eu-west-1"));
        assertThat(translated.untranslated()).containsExactly("iceberg.rest-catalog.sigv4", "s3.iam-role");

        assertThatThrownBy(() -> TrinoCatalogProperties.of(file, Map.of(), Map.of()))
                .hasMessage("Property iceberg.rest-catalog.uri of the catalog file refers to the variable HOST, which is not set");
        assertThatThrownBy(() -> TrinoCatalogProperties.of(Map.of("iceberg.catalog.type", "jdbc", "iceberg.jdbc-catalog.connection-password", "${keystore:db}"), Map.of(), Map.of()))
                .hasMessage("Property iceberg.jdbc-catalog.connection-password of the catalog file is a secret of the provider keystore, which only Trino itself can ask");
        assertThatThrownBy(() -> TrinoCatalogProperties.of(Map.of("iceberg.catalog.type", "snowflake"), Map.of(), Map.of()))
                .hasMessage("The catalog file has iceberg.catalog.type=snowflake, which the event listener cannot open");
    }

    private static void assertFoundAgain(CatalogSettings settings)
    {
        TrinoCatalogProperties translated = TrinoCatalogProperties.of(EngineProperties.trinoIcebergProperties(settings), Map.of(), Map.of());
        assertThat(translated.settings()).isEqualTo(settings);
        assertThat(translated.untranslated()).isEmpty();
    }

    private static CatalogSettings settings(String type, String uri, String warehouse, Map<String, String> properties)
    {
        return new CatalogSettings("mesh", type, Optional.of(uri), Optional.of(warehouse), properties, false);
    }
}
