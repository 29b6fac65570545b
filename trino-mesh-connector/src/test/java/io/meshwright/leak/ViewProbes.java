package io.meshwright.leak;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static io.meshwright.leak.Probe.probe;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Views that are products: what they are made of, and the products behind them that the reader may not know.
 */
final class ViewProbes
{
    private ViewProbes() {}

    static Stream<Probe> all()
    {
        return Stream.of(
                probe("view: over a private product", ViewProbes::overPrivate),
                probe("view: what it tells about itself", ViewProbes::facets),
                probe("view: its definition", ViewProbes::definitions),
                probe("view: lent by somebody who may read its inputs", ViewProbes::lent));
    }

    private static void overPrivate(Attempt attempt)
    {
        for (String sql : List.of(
                "SELECT * FROM {v}.blended",
                "SELECT count(*) FROM {v}.blended",
                "SELECT 1 FROM {v}.blended WHERE false",
                "SELECT * FROM {v}.contacts c JOIN {v}.blended b ON c.email = b.email",
                "SHOW STATS FOR {v}.blended",
                "SHOW STATS FOR (SELECT id FROM {v}.blended)",
                "EXPLAIN SELECT * FROM {v}.blended",
                "EXPLAIN (TYPE IO) SELECT * FROM {v}.blended",
                "EXPLAIN (TYPE VALIDATE) SELECT * FROM {v}.blended",
                "EXPLAIN ANALYZE SELECT * FROM {v}.blended",
                "EXECUTE IMMEDIATE 'SELECT * FROM {v}.blended'",
                "CREATE TABLE {e}.blended_{x} AS SELECT * FROM {v}.blended")) {
            attempt.refused(sql, "[MESH-TRINO-038] Product vault.blended cannot be read by you");
            assertThat(attempt.ask(sql).responses()).as(sql).doesNotContain("hidden");
        }
        for (String sql : List.of("DESCRIBE {v}.blended", "SHOW COLUMNS FROM {v}.blended", "SHOW CREATE VIEW {v}.blended", "SHOW CREATE TABLE {v}.blended", "CREATE VIEW {e}.over_blended_{x} AS SELECT * FROM {v}.blended")) {
            assertThat(attempt.ask(sql).responses()).as(sql).doesNotContain("hidden");
        }
        Answer marketer = attempt.askAs(attempt.target().users().marketer(), Map.of(), Map.of(), "SELECT id, email FROM {v}.blended");
        assertThat(marketer.error()).isEmpty();
        assertThat(marketer.rows()).hasSize(40);
    }

    private static void facets(Attempt attempt)
    {
        for (String facet : List.of("contract", "sla", "quality", "reconciliation", "mask", "lineage", "history", "lifecycle", "sample", "latest")) {
            for (String statement : List.of("SELECT * FROM {v}.\"blended$%s\"", "DESCRIBE {v}.\"blended$%s\"", "EXPLAIN SELECT * FROM {v}.\"blended$%s\"")) {
                assertThat(attempt.ask(statement.formatted(facet)).responses()).as(statement.formatted(facet)).doesNotContain("hidden", "SELECT id, email");
            }
        }
        for (String facet : List.of("contract", "sla", "history", "lifecycle")) {
            assertThat(attempt.rows("SELECT * FROM {v}.\"blended$%s\"".formatted(facet))).as(facet).isNotEmpty();
        }
        assertThat(attempt.rows("SELECT * FROM {v}.\"blended$lineage\"")).isEmpty();
        assertThat(attempt.rows("SELECT * FROM {c}.meta.lineage WHERE product = 'vault.blended'")).isEmpty();
    }

    private static void definitions(Attempt attempt)
    {
        for (String user : List.of(attempt.target().users().attacker(), attempt.target().users().marketer(), attempt.target().users().cleared())) {
            for (String condition : List.of("true", "table_schema = 'vault'", "table_schema LIKE 'v%'", "table_name LIKE 'b%'")) {
                Answer views = attempt.askAs(user, Map.of(), Map.of(), "SELECT table_name, view_definition FROM {c}.information_schema.views WHERE " + condition);
                assertThat(views.error()).as(condition).isEmpty();
                assertThat(views.text()).as("%s for %s", condition, user).contains("blended").doesNotContain("SELECT", "vault.", "hidden", "people");
            }
        }
        // by its exact name it is opened as a query opens it
        Answer named = attempt.ask("SELECT * FROM {c}.information_schema.views WHERE table_schema = 'vault' AND table_name = 'blended'");
        assertThat(named.responses()).doesNotContain("hidden");
        for (String sql : List.of(
                "SELECT * FROM system.metadata.table_comments WHERE catalog_name = '{c}' AND schema_name = 'vault' AND table_name = 'blended'",
                "SELECT * FROM system.metadata.table_comments WHERE catalog_name = '{c}'",
                "SELECT * FROM system.metadata.materialized_views WHERE catalog_name = '{c}'",
                "SELECT * FROM system.jdbc.tables WHERE table_cat = '{c}'",
                "SELECT * FROM system.jdbc.columns WHERE table_cat = '{c}'",
                "SELECT * FROM {c}.information_schema.columns")) {
            assertThat(attempt.ask(sql).responses()).as(sql).doesNotContain("vault.hidden", "FROM vault");
        }
        attempt.refused("SHOW CREATE VIEW {v}.contacts", "Access Denied");
    }

    private static void lent(Attempt attempt)
    {
        Answer created = attempt.askAs(attempt.target().users().marketer(), Map.of(), Map.of(), "CREATE OR REPLACE VIEW {e}.blend_{x} AS SELECT id, email FROM {v}.blended");
        assertThat(created.error()).isEmpty();
        Answer lent = attempt.ask("SELECT * FROM {e}.blend_{x}");
        assertThat(lent.error()).as("rows %s", lent.rows()).isPresent();
        assertThat(lent.responses()).doesNotContain("hidden");
        attempt.lendsAClearance("CREATE OR REPLACE VIEW {e}.clear_blend_{x} AS SELECT id, email FROM {v}.blended");
        Answer clear = attempt.ask("SELECT * FROM {e}.clear_blend_{x}");
        assertThat(clear.error()).as("rows %s", clear.rows()).isPresent();
        assertThat(clear.responses()).doesNotContain("hidden");
    }
}
