package io.meshwright.leak;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static io.meshwright.leak.Probe.probe;
import static io.meshwright.leak.Probe.smoke;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What products tell about themselves: the tables beside each product, and schema {@code meta}.
 */
final class ControlProbes
{
    private static final List<String> FACETS = List.of("contract", "sla", "quality", "reconciliation", "mask", "lineage", "history", "lifecycle", "sample");

    private static final List<String> STATEMENTS = List.of(
            "SELECT * FROM {v}.\"%s$%s\"",
            "SELECT count(*) FROM {v}.\"%s$%s\"",
            "SELECT product FROM {v}.\"%s$%s\" FOR VERSION AS OF 1",
            "DESCRIBE {v}.\"%s$%s\"",
            "SHOW COLUMNS FROM {v}.\"%s$%s\"",
            "SHOW CREATE TABLE {v}.\"%s$%s\"",
            "SHOW STATS FOR {v}.\"%s$%s\"",
            "EXPLAIN SELECT * FROM {v}.\"%s$%s\"",
            "EXPLAIN (TYPE IO) SELECT * FROM {v}.\"%s$%s\"",
            "EXECUTE IMMEDIATE 'SELECT * FROM {v}.\"%s$%s\"'",
            "CREATE OR REPLACE VIEW {e}.told_{x} AS SELECT * FROM {v}.\"%s$%s\"",
            "DROP TABLE {v}.\"%s$%s\"");

    private ControlProbes() {}

    static Stream<Probe> all()
    {
        return Stream.of(
                smoke("control: samples are masked, for everybody", ControlProbes::samples),
                probe("control: tables beside a product", ControlProbes::facets),
                probe("control: the newest data", ControlProbes::latest),
                probe("control: prepared statements", ControlProbes::prepared),
                probe("control: schema meta", ControlProbes::meta),
                probe("control: a private product", ControlProbes::privateProduct),
                probe("control: a product for other groups", ControlProbes::limited),
                probe("control: samples of what cannot be read", ControlProbes::brokenSamples));
    }

    private static void samples(Attempt attempt)
    {
        for (String table : List.of("people", "by_email", "deleted_v2")) {
            String sample = "SELECT * FROM {v}.\"%s$sample\"".formatted(table);
            assertThat(attempt.rows(sample)).as(table).isNotEmpty();
            Answer cleared = attempt.askAs(attempt.target().users().cleared(), Map.of(), Map.of(), sample);
            assertThat(cleared.error()).isEmpty();
            assertThat(cleared.rows()).as("%s for somebody with clearance", table).isNotEmpty();
        }
        assertThat(attempt.rows("SELECT * FROM {v}.\"people$sample\" WHERE email LIKE '%@%' OR card_no = 4111")).isEmpty();
        assertThat(attempt.rows("SHOW STATS FOR {v}.\"people$sample\"")).isNotEmpty();
        assertThat(attempt.ask("EXPLAIN ANALYZE SELECT * FROM {v}.\"people$sample\"").error()).isEmpty();
        assertThat(attempt.rows("SELECT * FROM {v}.\"people$sample\" ORDER BY 1").getFirst()).hasSize(27);
    }

    private static void facets(Attempt attempt)
    {
        for (String facet : FACETS) {
            for (String table : List.of("people", "history", "by_email")) {
                Answer answer = attempt.ask("SELECT * FROM {v}.\"%s$%s\"".formatted(table, facet));
                assertThat(answer.error()).as("%s of %s", facet, table).isEmpty();
                assertThat(answer.text()).as("%s of %s", facet, table).doesNotContain("file:", "warehouse", "metadata.json");
            }
        }
        assertThat(attempt.rows("SELECT * FROM {v}.\"people$mask\"")).isNotEmpty();
    }

    private static void latest(Attempt attempt)
    {
        assertThat(attempt.rows("SELECT * FROM {v}.\"people$latest\" ORDER BY id")).isEqualTo(attempt.rows("SELECT * FROM {v}.people ORDER BY id"));
        assertThat(attempt.rows("DESCRIBE {v}.\"people$latest\"")).isEqualTo(attempt.rows("DESCRIBE {v}.people"));
        attempt.blind("{v}.\"people$latest\"", List.of("email LIKE '%@%'", "card_no = 4111", "born = DATE '1990-05-05'", "address.street = 'Kn0wn street'"));
        attempt.same("SELECT count(*) FROM {v}.people a JOIN {v}.\"people$latest\" b ON a.email = b.email");
        for (List<Object> column : attempt.rows("SHOW STATS FOR {v}.\"people$latest\"")) {
            if (List.of("email", "card_no", "born", "salary").contains(String.valueOf(column.getFirst()))) {
                assertThat(column.subList(5, 7)).as("%s", column).containsOnlyNulls();
            }
        }
        for (String form : List.of("EXPLAIN ", "EXPLAIN (TYPE IO) ", "EXPLAIN ANALYZE VERBOSE ")) {
            assertThat(attempt.ask(form + "SELECT email, card_no FROM {v}.\"by_email$latest\" WHERE email > 'a'").text()).as(form).contains("by_email$latest").doesNotContain("file:", "metadata.json");
        }
        for (String table : List.of("people$latest$files", "people$latest$partitions", "people$latest$latest", "people$latest$nosuch", "people$nosuch")) {
            attempt.refused("SELECT * FROM {v}.\"%s\"".formatted(table), "does not exist");
        }
        attempt.refused("SELECT \"$path\", internal_note FROM {v}.\"people$latest\"", "cannot be resolved");
        attempt.refused("SELECT mail FROM {v}.\"history$latest\" FOR VERSION AS OF " + attempt.target().versions("history").get(1), "cannot be resolved");
        attempt.refused("INSERT INTO {v}.\"people$latest\" (id) VALUES 99", "Access Denied");
        attempt.refused("SELECT id FROM {v}.\"limited$latest\"", "[MESH-TRINO-007]");
        attempt.lendsAClearance("CREATE OR REPLACE VIEW {e}.newest_{x} AS SELECT * FROM {v}.\"people$latest\"");
        attempt.refused("SELECT email FROM {e}.newest_{x}", "sufficient privileges");
    }

    private static void prepared(Attempt attempt)
    {
        for (String table : List.of("people$latest", "people$sample", "people$mask", "people$sla", "people$quality", "people$contract", "people$lifecycle", "people$lineage", "people$history")) {
            Map<String, String> prepared = attempt.ask("PREPARE mine FROM SELECT * FROM {v}.\"%s\"".formatted(table)).prepared();
            assertThat(prepared).as(table).containsKey("mine");
            assertThat(attempt.ask(Map.of(), prepared, "EXECUTE mine").error()).as(table).isEmpty();
            assertThat(attempt.ask(Map.of(), prepared, "DESCRIBE OUTPUT mine").rows()).as(table).isNotEmpty();
            assertThat(attempt.ask("EXPLAIN ANALYZE SELECT * FROM {v}.\"%s\"".formatted(table)).error()).as(table).isEmpty();
        }
        for (String facet : List.of("latest", "sample", "lifecycle", "contract")) {
            for (String sql : List.of("EXECUTE mine", "DESCRIBE OUTPUT mine")) {
                String expected = failure(attempt, "nosuch", facet, sql);
                assertThat(expected).contains("does not exist");
                for (String name : DiscoveryProbes.PRIVATE) {
                    assertThat(failure(attempt, name, facet, sql).replace(name, "nosuch")).as("%s of %s", facet, name).isEqualTo(expected);
                }
            }
        }
    }

    private static String failure(Attempt attempt, String table, String facet, String sql)
    {
        Map<String, String> prepared = attempt.ask("PREPARE mine FROM SELECT * FROM {v}.\"%s$%s\"".formatted(table, facet)).prepared();
        return attempt.ask(Map.of(), prepared, sql).error().orElse("no error");
    }

    private static void meta(Attempt attempt)
    {
        List<List<Object>> tables = attempt.rows("SHOW TABLES FROM {c}.meta");
        assertThat(tables).hasSizeGreaterThan(5);
        for (List<Object> table : tables) {
            Answer answer = attempt.ask("SELECT * FROM {c}.meta.\"%s\"".formatted(table.getFirst()));
            assertThat(answer.error()).as("%s", table).isEmpty();
            assertThat(answer.text()).as("%s", table).doesNotContain("file:", "warehouse", "metadata.json", "hidden", "spoilt");
        }
        assertThat(attempt.ask("SELECT * FROM {c}.meta.products").text()).contains("vault.people");
    }

    private static void privateProduct(Attempt attempt)
    {
        for (String facet : Stream.concat(FACETS.stream(), Stream.of("latest")).toList()) {
            for (String statement : STATEMENTS) {
                String expected = attempt.ask(statement.formatted("nosuch", facet)).error().orElse("no error");
                assertThat(expected).as(facet).isNotEqualTo("no error");
                for (String name : DiscoveryProbes.PRIVATE) {
                    assertThat(attempt.ask(statement.formatted(name, facet)).error().orElse("no error").replace(name, "nosuch")).as(statement.formatted(name, facet)).isEqualTo(expected);
                }
            }
        }
        Answer marketer = attempt.askAs(attempt.target().users().marketer(), Map.of(), Map.of(), "SELECT * FROM {v}.\"hidden$sample\"");
        assertThat(marketer.error()).isEmpty();
        assertThat(marketer.rows()).isNotEmpty();
    }

    private static void limited(Attempt attempt)
    {
        attempt.refused("SELECT * FROM {v}.\"limited$sample\"", "[MESH-TRINO-007]");
        attempt.refused("SELECT count(*) FROM {v}.\"limited$sample\"", "[MESH-TRINO-007]");
        assertThat(attempt.ask("SELECT * FROM {v}.\"limited$mask\"").responses()).doesNotContain("file:");
    }

    private static void brokenSamples(Attempt attempt)
    {
        for (String table : List.of("broken_data", "broken_footer", "broken_manifest", "broken_metadata", "swapped")) {
            String message = attempt.refused("SELECT * FROM {v}.\"%s$sample\"".formatted(table), "[MESH-TRINO-");
            assertThat(message).as(table).doesNotContain("file:", "metadata.json", ".avro", ".parquet", "/");
            for (String facet : FACETS) {
                assertThat(attempt.ask("SELECT * FROM {v}.\"%s$%s\"".formatted(table, facet)).responses()).as("%s of %s", facet, table).doesNotContain("file:", ".avro\"", ".parquet");
            }
        }
    }
}
