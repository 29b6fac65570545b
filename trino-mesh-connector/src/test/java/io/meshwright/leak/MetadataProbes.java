package io.meshwright.leak;

import java.util.List;
import java.util.stream.Stream;

import static io.meshwright.leak.Answer.row;
import static io.meshwright.leak.Probe.probe;
import static io.meshwright.leak.Probe.smoke;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is told about products: metadata tables, hidden columns, statistics, plans, listings.
 */
final class MetadataProbes
{
    /**
     * All that Iceberg knows, whether Trino has it yet or not.
     */
    private static final List<String> METADATA_TABLES = List.of(
            "data",
            "files",
            "entries",
            "all_entries",
            "partitions",
            "manifests",
            "all_manifests",
            "snapshots",
            "refs",
            "properties",
            "metadata_log_entries",
            "position_deletes",
            "all_files",
            "all_data_files",
            "data_files",
            "delete_files",
            "all_delete_files",
            "materialized_view_storage",
            "FILES",
            "branches",
            "tags");
    private static final List<String> HIDDEN_COLUMNS = List.of(
            "$path", "$partition", "$file_modified_time", "$data_sequence_number", "$row_id", "$last_updated_sequence_number", "$row_position", "$bucket", "$file_size", "$merge_row_id", "$target_table_row_id", "$row_change_type", "_row_id", "internal_note", "mail", "gone");

    private MetadataProbes() {}

    static Stream<Probe> all()
    {
        return Stream.of(
                        METADATA_TABLES.stream().map(MetadataProbes::metadataTable),
                        HIDDEN_COLUMNS.stream().map(MetadataProbes::hiddenColumn),
                        Stream.of(
                                probe("metadata: statistics of tables", MetadataProbes::tableStatistics),
                                probe("metadata: statistics of queries", MetadataProbes::queryStatistics),
                                probe("metadata: SHOW CREATE", MetadataProbes::showCreate),
                                probe("metadata: EXPLAIN", MetadataProbes::explain),
                                probe("metadata: EXPLAIN ANALYZE", MetadataProbes::explainAnalyze),
                                probe("metadata: DESCRIBE and information_schema", MetadataProbes::informationSchema),
                                probe("metadata: system.jdbc", MetadataProbes::jdbc),
                                probe("metadata: system.metadata", MetadataProbes::systemMetadata),
                                probe("metadata: SHOW BRANCHES, FUNCTIONS, SESSION, GRANTS", MetadataProbes::otherListings),
                                probe("metadata: tables that are no products", MetadataProbes::noProducts)))
                .flatMap(probes -> probes);
    }

    private static Probe metadataTable(String suffix)
    {
        Probe.Attack attack = attempt -> {
            attempt.refused("SELECT * FROM {v}.\"by_email$%s\"".formatted(suffix), "does not exist");
            attempt.refused("SELECT * FROM {v}.\"deleted_v2$%s\"".formatted(suffix), "does not exist");
            attempt.refused("DESCRIBE {v}.\"people$%s\"".formatted(suffix), "does not exist");
            attempt.refused("SHOW STATS FOR {v}.\"people$%s\"".formatted(suffix), "does not exist");
        };
        return suffix.equals("files") || suffix.equals("entries") ? smoke("metadata table: $" + suffix, attack) : probe("metadata table: $" + suffix, attack);
    }

    private static Probe hiddenColumn(String column)
    {
        Probe.Attack attack = attempt -> {
            attempt.refused("SELECT \"%s\" FROM {v}.by_email".formatted(column), "cannot be resolved");
            attempt.refused("SELECT count(*) FROM {v}.deleted_v3 WHERE \"%s\" IS NOT NULL".formatted(column), "cannot be resolved");
            attempt.refused("SELECT id FROM {v}.people ORDER BY \"%s\"".formatted(column), "cannot be resolved");
        };
        return probe("hidden column: " + column, attack);
    }

    private static void tableStatistics(Attempt attempt)
    {
        for (String table : Stream.concat(Stream.of("people", "orders", "history"), Exhibits.STORED.stream()).toList()) {
            List<List<Object>> statistics = attempt.rows("SHOW STATS FOR {v}." + table);
            for (List<Object> column : statistics) {
                String name = String.valueOf(column.getFirst());
                if (List.of("email", "customer_id", "card_no", "pin", "born", "died", "seen", "met", "salary", "score", "ratio", "late").contains(name)) {
                    assertThat(column.subList(5, 7)).as(table + "." + name).containsOnlyNulls();
                }
                assertThat(name).as("a column that is not declared").isNotEqualTo("internal_note");
            }
            assertThat(statistics.getLast().get(4)).as("rows of %s", table).isNotNull();
        }
    }

    private static void queryStatistics(Attempt attempt)
    {
        for (String table : List.of("people", "by_email", "by_date")) {
            for (String query : List.of(
                    "SELECT card_no, born FROM {v}.%s",
                    "SELECT card_no + 0 AS c, born FROM {v}.%s WHERE card_no > 5",
                    "SELECT max(card_no) AS c, min(born) AS b FROM {v}.%s GROUP BY grp",
                    "SELECT * FROM {v}.%s WHERE id < 9",
                    "SELECT card_no, CAST(born AS timestamp) AS b FROM {v}.%s WHERE born > DATE '1900-01-01'")) {
                assertThat(attempt.rows("SHOW STATS FOR (%s)".formatted(query.formatted(table)))).isNotEmpty();
            }
            List<List<Object>> rows = attempt.rows("SHOW STATS FOR (SELECT card_no, born FROM {v}.%s WHERE card_no IS NOT NULL)".formatted(table));
            assertThat(rows.get(0).subList(5, 7)).containsOnlyNulls();
            assertThat(rows.get(1).subList(5, 7)).containsOnlyNulls();
        }
    }

    private static void showCreate(Attempt attempt)
    {
        for (String table : Stream.concat(Stream.of("people"), Exhibits.STORED.stream()).toList()) {
            assertThat(attempt.ask("SHOW CREATE TABLE {v}." + table).text())
                    .contains("CREATE TABLE " + attempt.target().named("{v}." + table))
                    .doesNotContain("location", "partitioning", "sorted_by", "internal_note", "format");
        }
        assertThat(attempt.ask("SHOW CREATE SCHEMA {v}").text()).isEqualTo("CREATE SCHEMA " + attempt.target().named("{v}"));
        attempt.refused("SHOW CREATE VIEW {v}.contacts", "Access Denied");
        attempt.refused("SHOW CREATE VIEW {v}.people", "");
        attempt.refused("SHOW CREATE MATERIALIZED VIEW {v}.people", "");
        attempt.refused("SHOW CREATE FUNCTION {v}.token", "");
    }

    private static void explain(Attempt attempt)
    {
        for (String form : List.of(
                "EXPLAIN ",
                "EXPLAIN (TYPE LOGICAL) ",
                "EXPLAIN (TYPE LOGICAL, FORMAT JSON) ",
                "EXPLAIN (TYPE LOGICAL, FORMAT GRAPHVIZ) ",
                "EXPLAIN (TYPE DISTRIBUTED) ",
                "EXPLAIN (TYPE DISTRIBUTED, FORMAT JSON) ",
                "EXPLAIN (TYPE DISTRIBUTED, FORMAT GRAPHVIZ) ",
                "EXPLAIN (TYPE IO) ",
                "EXPLAIN (TYPE IO, FORMAT JSON) ")) {
            for (String table : List.of("people", "by_email", "by_truncate", "by_date")) {
                String plan = attempt.ask(form + "SELECT email, card_no, born, address.street FROM {v}.%s WHERE email > 'a' AND card_no > 1 AND born IS NOT NULL AND grp = 'g1'".formatted(table)).text();
                assertThat(plan).as(form).contains(table).doesNotContain("metadata.json", "file:", "$data@", "snapshot");
            }
        }
        attempt.same("EXPLAIN (TYPE VALIDATE) SELECT email FROM {v}.people");
        assertThat(attempt.ask("EXPLAIN SELECT * FROM {v}.people").text()).contains("MASKED(TOKEN)", "MASKED(PERMUTE)", "MASKED(NULL)", "MASKED(ROW)");
        assertThat(attempt.ask("EXPLAIN EXPLAIN SELECT email FROM {v}.people").error()).isEmpty();
    }

    private static void explainAnalyze(Attempt attempt)
    {
        for (String form : List.of("EXPLAIN ANALYZE ", "EXPLAIN ANALYZE VERBOSE ")) {
            for (String table : Stream.concat(Stream.of("people"), Exhibits.STORED.stream()).toList()) {
                String plan = attempt.ask(form + "SELECT email, max(card_no) FROM {v}.%s WHERE email <> 'x' OR card_no > 1 GROUP BY email ORDER BY 2 LIMIT 3".formatted(table)).text();
                assertThat(plan).contains("MASKED").doesNotContain("file:", "metadata.json", ".parquet", ".orc", ".avro");
            }
        }
    }

    private static void informationSchema(Attempt attempt)
    {
        assertThat(attempt.rows("DESCRIBE {v}.people")).hasSize(27);
        assertThat(attempt.rows("SHOW COLUMNS FROM {v}.people LIKE '%e%'")).isNotEmpty();
        assertThat(attempt.rows("SELECT * FROM {c}.information_schema.columns WHERE table_name = 'people'")).hasSize(27);
        assertThat(attempt.rows("SELECT * FROM {c}.information_schema.tables WHERE table_schema = 'vault'")).isNotEmpty();
        assertThat(attempt.rows("SELECT table_name FROM {c}.information_schema.views WHERE table_schema = 'vault'")).containsExactlyInAnyOrder(row("blended"), row("contacts"));
        assertThat(attempt.rows("SELECT * FROM {c}.information_schema.schemata")).isNotEmpty();
        assertThat(attempt.rows("SELECT * FROM {c}.information_schema.table_privileges")).isEmpty();
        assertThat(attempt.rows("SELECT column_name FROM {c}.information_schema.columns WHERE column_name LIKE 'internal%' OR column_name LIKE '$%'")).isEmpty();
    }

    private static void jdbc(Attempt attempt)
    {
        assertThat(attempt.rows("SELECT * FROM system.jdbc.tables WHERE table_cat = '{c}' AND table_schem = 'vault'")).isNotEmpty();
        assertThat(attempt.rows("SELECT * FROM system.jdbc.columns WHERE table_cat = '{c}' AND table_schem = 'vault' AND table_name = 'people'")).hasSize(27);
        assertThat(attempt.rows("SELECT * FROM system.jdbc.schemas WHERE table_catalog = '{c}'")).hasSize(3);
        assertThat(attempt.rows("SELECT * FROM system.jdbc.tables WHERE table_cat = '{c}' AND table_name LIKE '%$%'")).isEmpty();
        assertThat(attempt.rows("SELECT * FROM system.jdbc.columns WHERE table_cat = '{c}' AND (column_name LIKE '$%' OR column_name = 'internal_note')")).isEmpty();
    }

    private static void systemMetadata(Attempt attempt)
    {
        assertThat(attempt.rows("SELECT comment FROM system.metadata.table_comments WHERE catalog_name = '{c}' AND schema_name = 'vault' AND table_name = 'people'"))
                .containsExactly(row("Something to steal. (data product vault.people, owner vault@shop.example)"));
        assertThat(attempt.rows("SELECT * FROM system.metadata.materialized_views WHERE catalog_name = '{c}'")).isEmpty();
        for (String table : List.of("table_properties", "analyze_properties", "schema_properties", "column_properties", "materialized_view_properties", "view_properties")) {
            assertThat(attempt.ask("SELECT * FROM system.metadata." + table + " WHERE catalog_name = '{c}'").rows()).as(table).isEmpty();
        }
        assertThat(attempt.rows("SELECT * FROM system.metadata.catalogs WHERE catalog_name = '{c}'")).hasSize(1);
    }

    private static void otherListings(Attempt attempt)
    {
        attempt.refused("SHOW BRANCHES FROM TABLE {v}.people", "");
        attempt.refused("SHOW FUNCTIONS FROM {v}", "Access Denied");
        assertThat(attempt.rows("SHOW GRANTS ON TABLE {v}.people")).isEmpty();
        assertThat(attempt.rows("SHOW SESSION LIKE '{c}.%'")).allSatisfy(property -> assertThat(String.valueOf(property)).doesNotContain("key", "file:"));
        attempt.refused("SHOW ROLES FROM {c}", "");
    }

    private static void noProducts(Attempt attempt)
    {
        for (String table : List.of("{c}.mesh.products", "{c}.mesh.\"products$snapshots\"", "{c}.vault.nosuch", "{c}.system.iceberg_tables", "{c}.information_schema.nosuch", "{c}.\"vault.people\".x")) {
            attempt.refused("SELECT * FROM " + table, "does not exist");
        }
        assertThat(attempt.rows("SHOW SCHEMAS FROM {c}")).containsExactly(row("information_schema"), row("meta"), row("vault"));
    }
}
