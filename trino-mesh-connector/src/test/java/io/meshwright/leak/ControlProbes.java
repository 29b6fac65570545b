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
    private static final List<String> FACETS = List.of("contract", "sla", "quality", "mask", "lineage", "history", "sample");

    private ControlProbes() {}

    static Stream<Probe> all()
    {
        return Stream.of(
                smoke("control: samples are masked, for everybody", ControlProbes::samples),
                probe("control: tables beside a product", ControlProbes::facets),
                probe("control: schema meta", ControlProbes::meta),
                probe("control: a private product", ControlProbes::privateProduct),
                probe("control: a product for other groups", ControlProbes::limited),
                probe("control: samples of what cannot be read", ControlProbes::brokenSamples));
    }

    private static void samples(Attempt attempt)
    {
        for (String table : List.of("people", "by_email", "deleted_v2", "history")) {
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

    private static void meta(Attempt attempt)
    {
        List<List<Object>> tables = attempt.rows("SHOW TABLES FROM {c}.meta");
        assertThat(tables).hasSizeGreaterThan(5);
        for (List<Object> table : tables) {
            Answer answer = attempt.ask("SELECT * FROM {c}.meta.\"%s\"".formatted(table.getFirst()));
            assertThat(answer.error()).as("%s", table).isEmpty();
            assertThat(answer.text()).as("%s", table).doesNotContain("file:", "warehouse", "metadata.json", "hidden");
        }
        assertThat(attempt.ask("SELECT * FROM {c}.meta.products").text()).contains("vault.people");
    }

    private static void privateProduct(Attempt attempt)
    {
        for (String facet : FACETS) {
            for (String statement : List.of("SELECT * FROM {v}.\"%s$%s\"", "DESCRIBE {v}.\"%s$%s\"", "SHOW CREATE TABLE {v}.\"%s$%s\"", "SHOW STATS FOR {v}.\"%s$%s\"")) {
                String expected = attempt.ask(statement.formatted("nosuch", facet)).error().orElse("no error");
                assertThat(expected).as(facet).isNotEqualTo("no error");
                assertThat(attempt.ask(statement.formatted("hidden", facet)).error().orElse("no error").replace("hidden", "nosuch")).as(statement.formatted("hidden", facet)).isEqualTo(expected);
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
