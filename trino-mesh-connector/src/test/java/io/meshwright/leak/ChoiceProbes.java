package io.meshwright.leak;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static io.meshwright.leak.Answer.row;
import static io.meshwright.leak.Probe.probe;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The session properties by which a reader chooses the risk, and the figures of service levels: both look at data that he sees
 * masked.
 */
final class ChoiceProbes
{
    private static final String STALE = "[MESH-TRINO-035] Product vault.aged is stale: its data is older, or of unknown age (how old comes from a column that is masked for you), and its SLO freshness promises at most 365d (on_stale = FAIL). Ask vault@shop.example.";
    private static final String NO_BOUND = "[MESH-TRINO-035] Product vault.aged is refused: how old its data is comes from a column that is masked for you, so your max_age cannot be held against it; on_stale = FAIL can. Ask vault@shop.example.";

    private ChoiceProbes() {}

    static Stream<Probe> all()
    {
        return Stream.of(
                probe("choice: data that is stale by a masked column", ChoiceProbes::stale),
                probe("choice: an age that is searched by halves", ChoiceProbes::bound),
                probe("choice: the last verified data", ChoiceProbes::lastVerified),
                probe("choice: figures of service levels", ChoiceProbes::figures),
                probe("choice: a private product", ChoiceProbes::privateProduct));
    }

    private static void stale(Attempt attempt)
    {
        Map<String, String> fail = choice(attempt, "on_stale", "FAIL");
        for (String table : List.of("{v}.aged", "{v}.\"aged$latest\"")) {
            for (String sql : List.of(
                    "SELECT * FROM %s",
                    "SELECT count(*) FROM %s WHERE seen > TIMESTAMP '1990-01-01 00:00:00 UTC'",
                    "SELECT id FROM {v}.people WHERE id IN (SELECT id FROM %s)",
                    "EXPLAIN SELECT * FROM %s",
                    "EXPLAIN ANALYZE SELECT * FROM %s",
                    "EXECUTE IMMEDIATE 'SELECT * FROM %s'",
                    "CREATE TABLE {e}.stale_{x} AS SELECT * FROM %s")) {
                assertThat(attempt.refused(fail, sql.formatted(table), "")).as(sql.formatted(table)).isEqualTo(STALE);
            }
        }
        assertThat(attempt.ask(fail, Map.of(), "DESCRIBE {v}.aged").error()).isEmpty();
        assertThat(attempt.refused(fail, "SHOW STATS FOR {v}.aged", "")).isEqualTo(STALE);
        Answer cleared = attempt.askAs(attempt.target().users().cleared(), fail, Map.of(), "SELECT * FROM {v}.aged");
        assertThat(cleared.error().orElse("no error")).contains(" old, measured at", "by seen (declared)");
    }

    private static void bound(Attempt attempt)
    {
        for (String age : List.of("1s", "1.00d", "20000d", "23000d", "36500d")) {
            assertThat(attempt.refused(choice(attempt, "max_age", age), "SELECT id FROM {v}.aged", "")).as(age).isEqualTo(NO_BOUND);
        }
        // of other products the age is no secret
        assertThat(attempt.rows(choice(attempt, "max_age", "1d"), "SELECT count(*) FROM {v}.people")).containsExactly(row(40));
        Answer cleared = attempt.askAs(attempt.target().users().cleared(), choice(attempt, "max_age", "36500d"), Map.of(), "SELECT count(*) FROM {v}.aged");
        assertThat(cleared.rows()).containsExactly(row(39));
    }

    private static void lastVerified(Attempt attempt)
    {
        Map<String, String> verified = choice(attempt, "on_stale", "LAST_VERIFIED");
        assertThat(attempt.refused(verified, "SELECT * FROM {v}.aged", "[MESH-TRINO-036]")).doesNotContainPattern("[0-9]d\\b");
        assertThat(attempt.rows(verified, "SELECT count(*) FROM {v}.people WHERE email LIKE '%@%' OR card_no = 4111")).containsExactly(row(0));
    }

    private static void figures(Attempt attempt)
    {
        String figures = "SELECT slo, status, actual, message FROM {v}.\"aged$sla\"";
        assertThat(attempt.rows(figures)).containsExactly(row("freshness", "missed", null, null));
        assertThat(attempt.clear(figures)).hasSize(1).allSatisfy(figure -> assertThat(figure.get(2)).isNotNull());
        for (String sql : List.of("SELECT actual FROM {c}.meta.sla WHERE product IN ('vault.aged', 'vault.limited')", "SELECT actual FROM {v}.\"limited$sla\"")) {
            assertThat(attempt.rows(sql)).as(sql).isNotEmpty().containsOnly(row((Object) null));
        }
    }

    private static void privateProduct(Attempt attempt)
    {
        for (Map<String, String> choice : List.of(
                choice(attempt, "on_stale", "FAIL"),
                choice(attempt, "on_stale", "LAST_VERIFIED"),
                choice(attempt, "max_age", "1ms"),
                choice(attempt, "allow_deprecated", "false"),
                choice(attempt, "sample_clear", "true"))) {
            for (String table : List.of("%s", "%s$latest", "%s$sample", "%s$lifecycle", "%s$sla")) {
                for (String statement : List.of("SELECT * FROM {v}.\"%s\"", "EXPLAIN SELECT * FROM {v}.\"%s\"", "DESCRIBE {v}.\"%s\"")) {
                    String sql = statement.formatted(table);
                    String expected = attempt.refused(choice, sql.formatted("nosuch"), "does not exist");
                    for (String name : DiscoveryProbes.PRIVATE) {
                        assertThat(attempt.refused(choice, sql.formatted(name), "").replace(name, "nosuch")).as("%s with %s", sql.formatted(name), choice).isEqualTo(expected);
                    }
                }
            }
            Answer blended = attempt.ask(choice, Map.of(), "SELECT * FROM {v}.blended");
            assertThat(blended.error().orElse("no error")).as("%s", choice).startsWith("[MESH-TRINO-038]").doesNotContain("hidden");
        }
        Answer marketer = attempt.askAs(attempt.target().users().marketer(), choice(attempt, "allow_deprecated", "false"), Map.of(), "SELECT * FROM {v}.hidden");
        assertThat(marketer.error().orElse("no error")).startsWith("[MESH-TRINO-037] Version 1.0.0 of product vault.hidden is deprecated");
    }

    private static Map<String, String> choice(Attempt attempt, String property, String value)
    {
        return Map.of(attempt.target().catalog() + "." + property, value);
    }
}
