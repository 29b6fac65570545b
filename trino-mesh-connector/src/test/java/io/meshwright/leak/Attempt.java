package io.meshwright.leak;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.leak.Answer.row;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * One probe at work on one target. Whatever comes back to somebody who reads masked is searched for canaries.
 */
final class Attempt
{
    private final Target target;

    Attempt(Target target)
    {
        this.target = requireNonNull(target, "target is null");
    }

    Target target()
    {
        return target;
    }

    Answer ask(String sql)
    {
        return ask(Map.of(), Map.of(), sql);
    }

    Answer ask(Map<String, String> session, Map<String, String> prepared, String sql)
    {
        return askAs(target.users().attacker(), session, prepared, sql);
    }

    Answer askAs(String user, Map<String, String> session, Map<String, String> prepared, String sql)
    {
        String named = target.named(sql);
        Answer answer = target.client().run(user, session, prepared, named);
        search(named, "answer", Canaries.find(answer.responses()));
        search(named, "query's details", Canaries.find(answer.details()));
        search(named, "answer", Canaries.findPhysical(answer.responses()));
        return answer;
    }

    /**
     * The rows that the attacker gets; the statement has to succeed.
     */
    List<List<Object>> rows(String sql)
    {
        return rows(Map.of(), sql);
    }

    List<List<Object>> rows(Map<String, String> session, String sql)
    {
        Answer answer = ask(session, Map.of(), sql);
        assertThat(answer.error()).as("error of %s", sql).isEmpty();
        return answer.rows();
    }

    /**
     * The rows that somebody with clearance gets.
     */
    List<List<Object>> clear(String sql)
    {
        Answer answer = target.client().run(target.users().cleared(), Map.of(), Map.of(), target.named(sql));
        assertThat(answer.error()).as("error of %s for %s", sql, target.users().cleared()).isEmpty();
        return answer.rows();
    }

    /**
     * Masked and clear reader get the same, which is not nothing: a mask may not change counts, groups and joins.
     */
    void same(String sql)
    {
        List<List<Object>> expected = clear(sql);
        assertThat(expected).as("clear rows of %s", sql).isNotEmpty();
        assertThat(rows(sql)).as(sql).isEqualTo(expected);
    }

    /**
     * Conditions on clear values, each of which holds for some rows, hold for none.
     */
    void blind(String table, List<String> conditions)
    {
        String counts = conditions.stream().map("count_if(%s)"::formatted).collect(joining(", "));
        assertThat(clear("SELECT %s FROM %s".formatted(counts, table)).getFirst())
                .as("clear rows of %s for each of %s", table, conditions)
                .allSatisfy(count -> assertThat((Integer) count).isPositive());
        // one by one, since that is how they are pushed down
        for (String condition : conditions) {
            String sql = "SELECT count(*) FROM %s WHERE %s".formatted(table, condition);
            assertThat(rows(sql)).as(sql).containsExactly(row(0));
        }
    }

    /**
     * @return the error's message
     */
    String refused(String sql, String reason)
    {
        return refused(Map.of(), sql, reason);
    }

    String refused(Map<String, String> session, String sql, String reason)
    {
        Answer answer = ask(session, Map.of(), sql);
        assertThat(answer.error()).as("error of %s; it returned %s", sql, answer.rows()).isPresent();
        assertThat(answer.error().orElseThrow()).as("error of %s", sql).contains(reason);
        return answer.error().orElseThrow();
    }

    /**
     * Done by somebody with clearance, as a part of the attack.
     */
    void lendsAClearance(String sql)
    {
        clear(sql);
    }

    private static void search(String sql, String where, Optional<String> found)
    {
        if (found.isPresent()) {
            throw new LeakFound(sql, where, found.orElseThrow());
        }
    }
}
