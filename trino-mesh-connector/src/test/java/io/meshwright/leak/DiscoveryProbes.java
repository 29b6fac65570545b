package io.meshwright.leak;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static io.meshwright.leak.Probe.probe;
import static io.meshwright.leak.Probe.smoke;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * That a private product exists, what a product for others holds, and where anything lies when its files fail.
 */
final class DiscoveryProbes
{
    /**
     * A private product, and one whose registration was damaged.
     */
    static final List<String> PRIVATE = List.of("hidden", "spoilt");

    private static final List<String> STATEMENTS = List.of(
            "SELECT * FROM {v}.%s",
            "SELECT count(*) FROM {v}.%s",
            "TABLE {v}.%s",
            "SELECT * FROM {v}.%s FOR VERSION AS OF 1",
            "SELECT * FROM {v}.%s FOR TIMESTAMP AS OF TIMESTAMP '2001-01-01 00:00:00 UTC'",
            "SELECT * FROM {v}.\"%s$files\"",
            "SELECT * FROM {v}.\"%s$snapshots\"",
            "DESCRIBE {v}.%s",
            "SHOW COLUMNS FROM {v}.%s",
            "SHOW CREATE TABLE {v}.%s",
            "SHOW CREATE VIEW {v}.%s",
            "SHOW STATS FOR {v}.%s",
            "SHOW BRANCHES FROM TABLE {v}.%s",
            "EXPLAIN SELECT * FROM {v}.%s",
            "EXPLAIN (TYPE IO) SELECT * FROM {v}.%s",
            "EXPLAIN (TYPE VALIDATE) SELECT * FROM {v}.%s",
            "ANALYZE {v}.%s",
            "INSERT INTO {v}.%s VALUES (1, 'x')",
            "DELETE FROM {v}.%s",
            "UPDATE {v}.%s SET id = 1",
            "MERGE INTO {v}.%s t USING (VALUES 1) s(x) ON true WHEN MATCHED THEN DELETE",
            "TRUNCATE TABLE {v}.%s",
            "DROP TABLE {v}.%s",
            "DROP VIEW {v}.%s",
            "ALTER TABLE {v}.%s ADD COLUMN x bigint",
            "ALTER TABLE {v}.%s EXECUTE optimize",
            "COMMENT ON TABLE {v}.%s IS 'x'",
            "GRANT SELECT ON {v}.%s TO USER eve",
            "CREATE TABLE {v}.%s (x bigint)",
            "CREATE VIEW {v}.%s AS SELECT 1 AS x",
            "CREATE OR REPLACE VIEW {e}.own_{x} AS SELECT * FROM {v}.%s",
            "CREATE TABLE {e}.own_like_{x} (LIKE {v}.%s)");

    private DiscoveryProbes() {}

    static Stream<Probe> all()
    {
        return Stream.of(
                smoke("discovery: a private product answers as if it were not there", DiscoveryProbes::privateAnswers),
                probe("discovery: a damaged registration", DiscoveryProbes::damagedRegistration),
                probe("discovery: a private product is in no listing", DiscoveryProbes::privateListings),
                probe("discovery: a product for other groups", DiscoveryProbes::limited),
                probe("failure: missing data files", attempt -> fails(attempt, "broken_data")),
                probe("failure: damaged data files", attempt -> fails(attempt, "broken_footer")),
                probe("failure: damaged manifests", attempt -> fails(attempt, "broken_manifest")),
                probe("failure: damaged metadata", attempt -> fails(attempt, "broken_metadata")));
    }

    private static void privateAnswers(Attempt attempt)
    {
        for (String statement : STATEMENTS) {
            String expected = attempt.ask(statement.formatted("nosuch")).error().orElse("no error");
            for (String name : PRIVATE) {
                assertThat(attempt.ask(statement.formatted(name)).error().orElse("no error").replace(name, "nosuch")).as("%s of %s", statement, name).isEqualTo(expected);
            }
        }
        assertThat(attempt.askAs(attempt.target().users().marketer(), Map.of(), Map.of(), "SELECT id, email FROM {v}.hidden").rows()).hasSize(40);
    }

    /**
     * Who found the product before is told, and nobody else.
     */
    private static void damagedRegistration(Attempt attempt)
    {
        for (String sql : List.of("SELECT * FROM {v}.spoilt", "DESCRIBE {v}.spoilt", "EXPLAIN SELECT * FROM {v}.\"spoilt\"")) {
            Answer damaged = attempt.askAs(attempt.target().users().marketer(), Map.of(), Map.of(), sql);
            assertThat(damaged.error().orElse("no error")).as(sql).startsWith("[MESH-TRINO-003] Product vault.spoilt is registered, but it cannot be read");
            attempt.refused(sql, "does not exist");
        }
    }

    private static void privateListings(Attempt attempt)
    {
        for (String sql : List.of(
                "SHOW TABLES FROM {v}",
                "SELECT * FROM {c}.information_schema.tables",
                "SELECT * FROM {c}.information_schema.columns",
                "SELECT * FROM {c}.information_schema.views",
                "SELECT * FROM {c}.information_schema.tables WHERE table_schema = 'vault' AND table_name = 'hidden'",
                "SELECT * FROM {c}.information_schema.columns WHERE table_schema = 'vault' AND table_name = 'hidden'",
                "SELECT * FROM {c}.information_schema.columns WHERE table_schema = 'vault' AND table_name IN ('hidden', 'spoilt')",
                "SELECT * FROM {c}.information_schema.table_privileges",
                "SELECT * FROM system.jdbc.tables WHERE table_cat = '{c}'",
                "SELECT * FROM system.jdbc.columns WHERE table_cat = '{c}'",
                "SELECT * FROM system.jdbc.columns WHERE table_cat = '{c}' AND table_schem = 'vault' AND table_name = 'hidden'",
                "SELECT * FROM system.metadata.table_comments WHERE catalog_name = '{c}'",
                "SELECT * FROM system.metadata.table_comments WHERE catalog_name = '{c}' AND schema_name = 'vault' AND table_name = 'hidden'")) {
            assertThat(attempt.rows(sql)).as(sql).noneMatch(values -> values.contains("hidden") || values.contains("spoilt"));
            Answer marketer = attempt.askAs(attempt.target().users().marketer(), Map.of(), Map.of(), sql);
            if (!sql.contains("views") && !sql.contains("privileges")) {
                assertThat(marketer.rows()).as(sql).anyMatch(values -> values.contains("hidden"));
            }
        }
    }

    private static void limited(Attempt attempt)
    {
        String denied = "[MESH-TRINO-007]";
        for (String sql : List.of(
                "SELECT id FROM {v}.limited",
                "SELECT count(*) FROM {v}.limited",
                "SELECT 1 FROM {v}.limited WHERE false",
                "SHOW STATS FOR {v}.limited",
                "SHOW CREATE TABLE {v}.limited",
                "EXPLAIN SELECT id FROM {v}.limited",
                "SELECT * FROM {v}.limited FOR TIMESTAMP AS OF current_timestamp(6) - INTERVAL '1' SECOND",
                "SELECT * FROM {v}.people WHERE id IN (SELECT id FROM {v}.limited)",
                "CREATE TABLE {e}.taken_{x} AS SELECT * FROM {v}.limited")) {
            attempt.refused(sql, denied);
        }
        assertThat(attempt.rows("DESCRIBE {v}.limited")).hasSize(2);
        Answer masked = attempt.askAs(attempt.target().users().marketer(), Map.of(), Map.of(), "SELECT id, email FROM {v}.limited");
        assertThat(masked.rows()).hasSize(40);
    }

    private static void fails(Attempt attempt, String table)
    {
        // few, since Iceberg tries again and again
        for (String sql : List.of(
                "SELECT * FROM {v}.%s",
                "EXPLAIN ANALYZE SELECT id, max(email) FROM {v}.%s WHERE id > 3 GROUP BY id",
                "CREATE TABLE {e}.broken_{x} AS SELECT id, email FROM {v}.%s")) {
            String message = attempt.refused(sql.formatted(table), "[MESH-TRINO-");
            assertThat(message).as(sql).doesNotContain("file:", "metadata.json", ".avro", ".parquet", "warehouse", "/");
        }
        // answered from partition values, where it can be
        Answer partitions = attempt.ask(Map.of("optimize_metadata_queries", "true"), Map.of(), "SELECT DISTINCT id FROM {v}.%s".formatted(table));
        assertThat(partitions.error()).as("partition values of %s", table).isPresent();
        assertThat(partitions.responses()).doesNotContain("file:", "metadata.json", ".avro", ".parquet");
        for (String sql : List.of("SHOW STATS FOR {v}.%s", "DESCRIBE {v}.%s", "SELECT * FROM {c}.information_schema.columns WHERE table_name = '%s'")) {
            assertThat(attempt.ask(sql.formatted(table)).responses()).as(sql).doesNotContain("file:", "metadata.json", ".avro\"", ".parquet");
        }
    }
}
