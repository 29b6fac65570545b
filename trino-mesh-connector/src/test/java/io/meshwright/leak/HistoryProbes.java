package io.meshwright.leak;

import java.util.List;
import java.util.stream.Stream;

import static io.meshwright.leak.Answer.row;
import static io.meshwright.leak.Probe.probe;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Older states of a table whose personal column had another name, and that had columns which are gone.
 */
final class HistoryProbes
{
    private HistoryProbes() {}

    static Stream<Probe> all()
    {
        return Stream.of(
                probe("history: versions", HistoryProbes::versions),
                probe("history: times", HistoryProbes::times),
                probe("history: branches and tags", HistoryProbes::branchesAndTags),
                probe("history: columns of other times", HistoryProbes::columnsOfOtherTimes),
                probe("history: statistics and plans of versions", HistoryProbes::statisticsOfVersions));
    }

    /**
     * Snapshot ids are no secret; an attacker gets them from whoever shows his own query.
     */
    private static List<String> versions(Attempt attempt, String table)
    {
        return attempt.target().versions(table);
    }

    private static void versions(Attempt attempt)
    {
        List<String> versions = versions(attempt, "history");
        assertThat(versions).hasSizeGreaterThan(1);
        for (String version : versions) {
            String from = "FROM {v}.history FOR VERSION AS OF " + version;
            attempt.same("SELECT count(*), count(email), count(DISTINCT email) " + from);
            assertThat(attempt.ask("SELECT * " + from).error()).isEmpty();
            assertThat(attempt.rows("SELECT count(*) " + from + " WHERE email = 'Kn0wn-bob@x.example' OR email LIKE '%@%'")).containsExactly(row(0));
            attempt.same("SELECT count(*) " + from + " JOIN {v}.people USING (email)");
        }
        // the first state that has rows: the column of today under its former name, and neither the dropped note nor gone
        List<List<Object>> rows = attempt.rows("SELECT * FROM {v}.history FOR VERSION AS OF %s ORDER BY id".formatted(versions.get(1)));
        assertThat(rows).hasSize(10).allSatisfy(row -> assertThat(row).hasSize(3));
        attempt.refused("SELECT * FROM {v}.history FOR VERSION AS OF 1", "[MESH-TRINO-012]");
        attempt.refused("SELECT * FROM {v}.people FOR VERSION AS OF " + versions.getFirst(), "[MESH-TRINO-012]");
    }

    private static void times(Attempt attempt)
    {
        assertThat(attempt.ask("SELECT * FROM {v}.history FOR TIMESTAMP AS OF current_timestamp(6) - INTERVAL '1' SECOND").error()).isEmpty();
        attempt.refused("SELECT * FROM {v}.history FOR TIMESTAMP AS OF TIMESTAMP '2001-01-01 00:00:00 UTC'", "[MESH-TRINO-012]");
        attempt.refused("SELECT * FROM {v}.history FOR TIMESTAMP AS OF DATE '2001-01-01'", "[MESH-TRINO-012]");
        attempt.refused("SELECT * FROM {v}.history FOR TIMESTAMP AS OF email", "");
        attempt.refused("SELECT * FROM {v}.history FOR TIMESTAMP AS OF CAST(NULL AS timestamp)", "");
        attempt.refused("SELECT * FROM {v}.history FOR VERSION AS OF (SELECT 1)", "");
    }

    private static void branchesAndTags(Attempt attempt)
    {
        for (String reference : List.of("main", "former", "release")) {
            String from = "FROM {v}.history FOR VERSION AS OF '%s'".formatted(reference);
            assertThat(attempt.ask("SELECT * " + from).error()).as(reference).isEmpty();
            attempt.same("SELECT count(*), count(DISTINCT email) " + from);
            assertThat(attempt.rows("SELECT count(*) " + from + " WHERE email LIKE '%@%'")).as(reference).containsExactly(row(0));
        }
        attempt.refused("SELECT * FROM {v}.history FOR VERSION AS OF 'nosuch'", "[MESH-TRINO-012]");
        attempt.refused("SELECT * FROM {v}.\"history@former\"", "does not exist");
        attempt.refused("SELECT * FROM {v}.\"history$branch_former\"", "does not exist");
    }

    private static void columnsOfOtherTimes(Attempt attempt)
    {
        List<String> versions = versions(attempt, "history");
        for (String version : versions.subList(0, 2)) {
            for (String column : List.of("mail", "gone", "note", "late")) {
                attempt.refused("SELECT %s FROM {v}.history FOR VERSION AS OF %s".formatted(column, version), "cannot be resolved");
            }
        }
        attempt.same("SELECT note, count(*) FROM {v}.history GROUP BY note ORDER BY 1");
        attempt.same("SELECT count(late), count(DISTINCT late) FROM {v}.history");
    }

    private static void statisticsOfVersions(Attempt attempt)
    {
        for (String version : versions(attempt, "history")) {
            assertThat(attempt.rows("SHOW STATS FOR (SELECT * FROM {v}.history FOR VERSION AS OF %s)".formatted(version))).isNotEmpty();
            assertThat(attempt.ask("EXPLAIN ANALYZE SELECT * FROM {v}.history FOR VERSION AS OF " + version).error()).isEmpty();
        }
    }
}
