package io.meshwright.leak;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static io.meshwright.leak.Answer.row;
import static io.meshwright.leak.Probe.probe;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reading by way of somebody else's rights, of another catalog, or of another statement.
 */
final class LendingProbes
{
    private LendingProbes() {}

    static Stream<Probe> all()
    {
        return Stream.of(
                probe("lending: a view of a cleared owner", LendingProbes::definerView),
                probe("lending: a view of a cleared owner over a view", LendingProbes::nestedView),
                probe("lending: a view with the reader's rights", LendingProbes::invokerView),
                probe("lending: a view of a masked owner", LendingProbes::maskedOwner),
                probe("lending: a view on a product for some groups", LendingProbes::widening),
                probe("lending: a materialized view of a cleared owner", LendingProbes::materializedView),
                probe("lending: a materialized view of a masked owner", LendingProbes::maskedMaterializedView),
                probe("lending: copies", LendingProbes::copies),
                probe("lending: the view port", LendingProbes::viewPort),
                probe("statement: prepared", LendingProbes::prepared),
                probe("statement: lists of queries", LendingProbes::queries),
                probe("statement: writes, procedures and functions", LendingProbes::proceduresAndFunctions),
                probe("statement: session properties of the catalog", LendingProbes::sessionProperties));
    }

    private static void definerView(Attempt attempt)
    {
        attempt.lendsAClearance("CREATE OR REPLACE VIEW {e}.lent_{x} AS SELECT * FROM {v}.people");
        for (String sql : List.of(
                "SELECT email FROM {e}.lent_{x}",
                "SELECT * FROM {e}.lent_{x}",
                "SELECT id FROM {e}.lent_{x}",
                "SELECT count(*) FROM {e}.lent_{x} WHERE email = 'Kn0wn-bob@x.example'",
                "SELECT max(address.street) FROM {e}.lent_{x}",
                "SHOW STATS FOR {e}.lent_{x}",
                "SHOW STATS FOR (SELECT card_no FROM {e}.lent_{x})",
                "EXPLAIN SELECT * FROM {e}.lent_{x}",
                "EXPLAIN ANALYZE SELECT email FROM {e}.lent_{x}")) {
            attempt.refused(sql, "View owner does not have sufficient privileges");
        }
        attempt.clear("SELECT email FROM {e}.lent_{x}");
    }

    private static void nestedView(Attempt attempt)
    {
        attempt.lendsAClearance("CREATE OR REPLACE VIEW {e}.inner_{x} SECURITY INVOKER AS SELECT id, email FROM {v}.people");
        attempt.lendsAClearance("CREATE OR REPLACE VIEW {e}.outer_{x} AS SELECT * FROM {e}.inner_{x}");
        attempt.refused("SELECT * FROM {e}.outer_{x}", "sufficient privileges");
        attempt.lendsAClearance("CREATE OR REPLACE VIEW {e}.port_{x} AS SELECT * FROM {v}.contacts");
        attempt.refused("SELECT * FROM {e}.port_{x}", "sufficient privileges");
    }

    private static void invokerView(Attempt attempt)
    {
        attempt.lendsAClearance("CREATE OR REPLACE VIEW {e}.invoked_{x} SECURITY INVOKER AS SELECT id, email, upper(email) AS loud FROM {v}.people WHERE email LIKE '%@%' OR id < 5");
        assertThat(attempt.rows("SELECT email FROM {e}.invoked_{x}")).hasSize(4);
        assertThat(attempt.clear("SELECT email FROM {e}.invoked_{x}")).hasSize(39);
        assertThat(attempt.rows("SHOW STATS FOR {e}.invoked_{x}")).isNotEmpty();
    }

    private static void maskedOwner(Attempt attempt)
    {
        assertThat(attempt.ask("CREATE OR REPLACE VIEW {e}.masked_{x} AS SELECT id, email FROM {v}.people").error()).isEmpty();
        List<List<Object>> masked = attempt.rows("SELECT email FROM {v}.people ORDER BY id");
        assertThat(attempt.rows("SELECT email FROM {e}.masked_{x} ORDER BY id")).isEqualTo(masked);
        assertThat(attempt.clear("SELECT email FROM {e}.masked_{x} ORDER BY id")).isEqualTo(masked);
    }

    private static void widening(Attempt attempt)
    {
        Answer created = attempt.askAs(attempt.target().users().marketer(), Map.of(), Map.of(), "CREATE OR REPLACE VIEW {e}.widened_{x} AS SELECT id FROM {v}.limited");
        assertThat(created.error()).isEmpty();
        attempt.refused("SELECT * FROM {e}.widened_{x}", "sufficient privileges");
    }

    private static void materializedView(Attempt attempt)
    {
        attempt.lendsAClearance("CREATE OR REPLACE MATERIALIZED VIEW {e}.stored_{x} AS SELECT id, email, card_no FROM {v}.people");
        attempt.refused("SELECT email FROM {e}.stored_{x}", "sufficient privileges");
        attempt.refused("SELECT count(*) FROM {e}.stored_{x} WHERE email = 'Kn0wn-bob@x.example'", "sufficient privileges");
        // whoever refreshes stores what he himself sees; when its owner does, the view is a copy like any other
        assertThat(attempt.ask("REFRESH MATERIALIZED VIEW {e}.stored_{x}").error()).isEmpty();
        assertThat(attempt.rows("SELECT email FROM {e}.stored_{x} ORDER BY id")).isEqualTo(attempt.rows("SELECT email FROM {v}.people ORDER BY id"));
        assertThat(attempt.rows("SELECT count(*) FROM {e}.stored_{x} WHERE email LIKE '%@%' OR card_no = 4111")).containsExactly(row(0));
    }

    private static void maskedMaterializedView(Attempt attempt)
    {
        assertThat(attempt.ask("CREATE OR REPLACE MATERIALIZED VIEW {e}.stored_masked_{x} AS SELECT id, email FROM {v}.people").error()).isEmpty();
        List<List<Object>> masked = attempt.rows("SELECT email FROM {v}.people ORDER BY id");
        assertThat(attempt.rows("SELECT email FROM {e}.stored_masked_{x} ORDER BY id")).isEqualTo(masked);
        assertThat(attempt.ask("REFRESH MATERIALIZED VIEW {e}.stored_masked_{x}").error()).isEmpty();
        assertThat(attempt.rows("SELECT email FROM {e}.stored_masked_{x} ORDER BY id")).isEqualTo(masked);
        assertThat(attempt.clear("SELECT email FROM {e}.stored_masked_{x} ORDER BY id")).isEqualTo(masked);
    }

    private static void copies(Attempt attempt)
    {
        attempt.ask("DROP TABLE IF EXISTS {e}.copied_{x}");
        assertThat(attempt.ask("CREATE TABLE {e}.copied_{x} AS SELECT id, email, card_no, born, salary, address.street AS street FROM {v}.people").error()).isEmpty();
        assertThat(attempt.ask("INSERT INTO {e}.copied_{x} SELECT id, email, card_no, born, salary, address.street FROM {v}.people").error()).isEmpty();
        assertThat(attempt.rows("SELECT * FROM {e}.copied_{x}")).hasSize(80);
        assertThat(attempt.rows("SELECT count(*) FROM {e}.copied_{x} WHERE email LIKE '%@%' OR salary IS NOT NULL OR card_no = 4111")).containsExactly(row(0));
        assertThat(attempt.ask("SELECT * FROM {e}.\"copied_{x}$files\"").error()).isEmpty();
        assertThat(attempt.ask("SHOW STATS FOR {e}.copied_{x}").error()).isEmpty();
        attempt.refused("CREATE TABLE {e}.like_{x} (LIKE {v}.people INCLUDING PROPERTIES)", "");
    }

    private static void viewPort(Attempt attempt)
    {
        assertThat(attempt.rows("SELECT email FROM {v}.contacts ORDER BY id")).isEqualTo(attempt.rows("SELECT email FROM {v}.people ORDER BY id"));
        attempt.same("SELECT count(*), count(DISTINCT email) FROM {v}.contacts");
        assertThat(attempt.rows("SELECT id FROM {v}.contacts WHERE email LIKE '%@%'")).isEmpty();
        assertThat(attempt.ask("EXPLAIN SELECT * FROM {v}.contacts").text()).contains("MASKED(TOKEN)");
    }

    private static void prepared(Attempt attempt)
    {
        Map<String, String> prepared = new HashMap<>(attempt.ask("PREPARE mine FROM SELECT email, id FROM {v}.people WHERE email = ? OR id < ?").prepared());
        assertThat(prepared).containsKey("mine");
        Answer answer = attempt.ask(Map.of(), prepared, "EXECUTE mine USING 'Kn0wn-bob@x.example', 1");
        assertThat(answer.error()).isEmpty();
        assertThat(answer.rows()).isEmpty();
        assertThat(attempt.ask(Map.of(), prepared, "EXECUTE mine USING 'x', 3").rows()).hasSize(2);
        assertThat(attempt.ask(Map.of(), prepared, "DESCRIBE OUTPUT mine").rows()).hasSize(2);
        assertThat(attempt.ask(Map.of(), prepared, "DESCRIBE INPUT mine").rows()).hasSize(2);
        assertThat(attempt.rows("EXECUTE IMMEDIATE 'SELECT count(*) FROM {v}.people WHERE email = ?' USING 'Kn0wn-bob@x.example'")).containsExactly(row(0));
        attempt.refused("EXECUTE IMMEDIATE 'SELECT CAST(email AS bigint) FROM {v}.people WHERE id = ?' USING 3", "Cannot cast");
    }

    private static void queries(Attempt attempt)
    {
        // what others typed is shown or hidden by the system access control
        assertThat(attempt.rows("SELECT * FROM system.runtime.queries WHERE \"user\" = current_user")).isNotEmpty();
        assertThat(attempt.ask("SELECT t.* FROM system.runtime.tasks t JOIN system.runtime.queries q ON t.query_id = q.query_id WHERE q.\"user\" = current_user").error()).isEmpty();
        assertThat(attempt.ask("SELECT * FROM system.runtime.transactions").error()).isEmpty();
    }

    private static void proceduresAndFunctions(Attempt attempt)
    {
        for (String sql : List.of(
                "SELECT * FROM TABLE({c}.system.table_changes('vault', 'people', 0, 1))",
                "SELECT * FROM TABLE({c}.system.table_changes(SCHEMA_NAME => 'vault', TABLE_NAME => 'history', START_SNAPSHOT_ID => 1, END_SNAPSHOT_ID => 2))",
                "SELECT * FROM TABLE({c}.system.query('SELECT 1'))",
                "SELECT {c}.system.token('Kn0wn-bob@x.example')",
                "SELECT {c}.system.bucket('Kn0wn-bob@x.example', 4)",
                "CALL {c}.system.rollback_to_snapshot('vault', 'people', 1)",
                "CALL {c}.system.register_table('vault', 'mine', 'file:///tmp')",
                "CALL {c}.system.migrate('vault', 'people')")) {
            attempt.refused(sql, "not registered");
        }
        for (String sql : List.of(
                "ALTER TABLE {v}.people EXECUTE optimize",
                "ALTER TABLE {v}.people EXECUTE add_files(location => 'file:///tmp', format => 'PARQUET')",
                "ALTER TABLE {v}.people EXECUTE expire_snapshots(retention_threshold => '0s')")) {
            attempt.refused(sql, "Access Denied");
        }
        for (String sql : List.of(
                "INSERT INTO {v}.people (id) VALUES 99",
                "INSERT INTO {v}.orders SELECT id, email, card_no FROM {v}.people",
                "UPDATE {v}.people SET email = 'x' WHERE email LIKE 'Kn0wn%'",
                "DELETE FROM {v}.people WHERE email = 'Kn0wn-bob@x.example'",
                "MERGE INTO {v}.people p USING (VALUES 'Kn0wn-bob@x.example') k(e) ON p.email = k.e WHEN MATCHED THEN DELETE",
                "ANALYZE {v}.people",
                "CREATE TABLE {v}.mine AS SELECT 1 AS x",
                "CREATE VIEW {v}.mine AS SELECT 1 AS x",
                "CREATE FUNCTION {v}.mine() RETURNS bigint RETURN 1",
                "CREATE BRANCH mine IN TABLE {v}.people",
                "ALTER TABLE {v}.people SET PROPERTIES extra_properties = MAP()",
                "ALTER TABLE {v}.people RENAME COLUMN email TO clear",
                "COMMENT ON COLUMN {v}.people.email IS 'x'")) {
            attempt.refused(sql, "");
        }
    }

    private static void sessionProperties(Attempt attempt)
    {
        attempt.refused("SET SESSION {c}.projection_pushdown_enabled = false", "Access Denied");
        attempt.refused("SET SESSION {c}.parquet_ignore_statistics = true", "Access Denied");
        // as a client sets them without a statement
        attempt.refused(Map.of(attempt.target().catalog() + ".statistics_enabled", "true"), "SELECT email FROM {v}.people", "Access Denied");
        attempt.refused(Map.of(attempt.target().catalog() + ".nosuch", "true"), "SELECT email FROM {v}.people", "");
        attempt.refused("SET ROLE admin IN {c}", "");
    }
}
