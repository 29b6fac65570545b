package io.meshwright.bridge.config;

import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.model.finding.MeshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestEngineProperties
{
    @TempDir
    private Path folder;

    @Test
    void testSqliteOnLocalFiles()
            throws Exception
    {
        Path database = folder.resolve("50%25 of.db");
        CatalogSettings settings = settings("jdbc", "jdbc:sqlite:" + database, "file:///lake/50%25 of", Map.of());
        Map<String, String> trino = EngineProperties.trinoIcebergProperties(settings);
        assertThat(trino).isEqualTo(Map.of(
                "iceberg.catalog.type", "jdbc",
                "iceberg.jdbc-catalog.catalog-name", "lake",
                "iceberg.jdbc-catalog.connection-url", "jdbc:sqlite:" + database + "?busy_timeout=30000",
                "iceberg.jdbc-catalog.default-warehouse-dir", "file:///lake/50%25 of",
                "iceberg.jdbc-catalog.driver-class", "org.sqlite.JDBC",
                "iceberg.jdbc-catalog.schema-version", "V1",
                "fs.local.enabled", "true",
                "local.location", "/"));
        try (Connection connection = DriverManager.getConnection(trino.get("iceberg.jdbc-catalog.connection-url"));
                Statement statement = connection.createStatement();
                ResultSet timeout = statement.executeQuery("PRAGMA busy_timeout")) {
            assertThat(timeout.getInt(1)).isEqualTo(30000);
        }
        assertThat(database).exists();
        assertThat(EngineProperties.sparkCatalogProperties(settings)).isEqualTo(Map.of(
                "", "org.apache.iceberg.spark.SparkCatalog",
                "type", "jdbc",
                "uri", "jdbc:sqlite:" + database,
                "warehouse", "file:///lake/50%25 of",
                "jdbc.schema-version", "V1",
                "jdbc.busy_timeout", "30000"));
    }

    @Test
    void testPostgresOnObjectStore()
    {
        CatalogSettings settings = settings("jdbc", "jdbc:postgresql://host/lake", "s3://lake/warehouse", Map.of(
                "jdbc.user", "mesh", "jdbc.password", "secret", "s3.endpoint", "http://store:9000", "s3.path-style-access", "true", "client.region", "eu-central-1"));
        assertThat(EngineProperties.trinoIcebergProperties(settings))
                .containsEntry("iceberg.jdbc-catalog.driver-class", "org.postgresql.Driver")
                .containsEntry("iceberg.jdbc-catalog.connection-user", "mesh")
                .containsEntry("iceberg.jdbc-catalog.connection-password", "secret")
                .containsEntry("fs.s3.enabled", "true")
                .containsEntry("s3.endpoint", "http://store:9000")
                .containsEntry("s3.path-style-access", "true")
                .containsEntry("s3.region", "eu-central-1")
                .doesNotContainKey("fs.local.enabled");
        assertThat(EngineProperties.sparkCatalogProperties(settings))
                .containsEntry("io-impl", "org.apache.iceberg.aws.s3.S3FileIO")
                .containsEntry("s3.endpoint", "http://store:9000");
    }

    @Test
    void testOtherCatalogs()
    {
        assertThat(EngineProperties.trinoIcebergProperties(settings("rest", "https://catalog", "lake", Map.of("credential", "id:secret"))))
                .containsEntry("iceberg.catalog.type", "rest")
                .containsEntry("iceberg.rest-catalog.uri", "https://catalog")
                .containsEntry("iceberg.rest-catalog.security", "OAUTH2")
                .containsEntry("iceberg.rest-catalog.oauth2.credential", "id:secret");
        assertThat(EngineProperties.trinoIcebergProperties(settings("hive", "thrift://host:9083", "s3://lake", Map.of())))
                .containsEntry("iceberg.catalog.type", "hive_metastore")
                .containsEntry("hive.metastore.uri", "thrift://host:9083");
        assertThat(EngineProperties.trinoIcebergProperties(settings("glue", "unused", "s3://lake", Map.of("client.region", "eu-west-1"))))
                .containsEntry("hive.metastore.glue.region", "eu-west-1");
        assertThatThrownBy(() -> EngineProperties.trinoIcebergProperties(settings("com.example.Catalog", "x", "y", Map.of())))
                .isInstanceOf(MeshException.class)
                .hasMessage("Trino cannot open a catalog of type com.example.Catalog");
        assertThat(EngineProperties.sparkCatalogProperties(settings("com.example.Catalog", "x", "y", Map.of())))
                .containsEntry("catalog-impl", "com.example.Catalog");
    }

    @Test
    void testStorageBehindAServer()
    {
        assertThat(EngineProperties.trinoIcebergProperties(settings("rest", "https://catalog", "lake", Map.of())))
                .containsEntry("iceberg.rest-catalog.warehouse", "lake")
                .containsEntry("fs.local.enabled", "true");
        assertThat(EngineProperties.trinoIcebergProperties(settings("rest", "https://catalog", "lake", Map.of("client.region", "eu-west-1"))))
                .containsEntry("fs.s3.enabled", "true")
                .containsEntry("s3.region", "eu-west-1")
                .doesNotContainKey("fs.local.enabled");
        assertThat(EngineProperties.trinoIcebergProperties(settings("rest", "https://catalog", "gs://lake", Map.of())))
                .doesNotContainKeys("fs.local.enabled", "fs.s3.enabled");
        assertThat(EngineProperties.trinoIcebergProperties(settings("rest", "https://catalog", "lake", Map.of("header.X-Iceberg-Access-Delegation", "vended-credentials"))))
                .containsEntry("iceberg.rest-catalog.vended-credentials-enabled", "true");
        assertThat(EngineProperties.trinoIcebergProperties(settings("rest", "https://catalog", "lake", Map.of("header.X-Iceberg-Access-Delegation", "remote-signing"))))
                .doesNotContainKey("iceberg.rest-catalog.vended-credentials-enabled");
    }

    private static CatalogSettings settings(String type, String uri, String warehouse, Map<String, String> properties)
    {
        return new CatalogSettings("lake", type, Optional.of(uri), Optional.of(warehouse), properties, false);
    }
}
