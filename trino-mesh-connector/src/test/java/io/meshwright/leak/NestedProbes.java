package io.meshwright.leak;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static io.meshwright.leak.Answer.row;
import static io.meshwright.leak.Probe.probe;
import static io.meshwright.leak.Probe.smoke;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Personal fields inside rows, arrays and maps, and ways of storing them.
 */
final class NestedProbes
{
    private NestedProbes() {}

    static Stream<Probe> all()
    {
        return Stream.of(
                smoke("nested: rows, whole and by field", NestedProbes::rowsWholeAndByField),
                probe("nested: arrays and maps", NestedProbes::arraysAndMaps),
                probe("nested: a column in place of another", NestedProbes::swappedFields),
                probe("stored: partitioned, sorted, in any format", NestedProbes::stored),
                probe("stored: conditions on partition values", NestedProbes::partitionConditions),
                probe("stored: deleted rows", NestedProbes::deletedRows),
                probe("stored: times and UUIDs", NestedProbes::otherTypes));
    }

    private static void rowsWholeAndByField(Attempt attempt)
    {
        attempt.same("SELECT count(*), count(address), count(address.city), count(address.street), count(address.geo), count(address.geo.area), count(DISTINCT address.street) FROM {v}.people");
        assertThat(attempt.rows("SELECT count(address.geo.lat), count(secret), count(secret.a), count(secret.b) FROM {v}.people")).containsExactly(row(0, 0, 0, 0));
        assertThat(attempt.rows("SELECT count(*) FROM {v}.people WHERE address.street = (SELECT address.street FROM {v}.people WHERE id = 2)")).containsExactly(row(37));
        assertThat(attempt.rows("SELECT count(*) FROM (SELECT address AS a FROM {v}.people OFFSET 0) WHERE a.street LIKE 'Kn0wn%' OR a.geo.lat > 0")).containsExactly(row(0));
        assertThat(attempt.rows("SELECT (IF(id > 0, address)).* FROM {v}.people ORDER BY 1")).hasSize(40);
        assertThat(attempt.rows("SELECT CAST(address AS json), ROW(address, email), CAST(address AS ROW(x varchar, y varchar, z ROW(l double, a varchar))).y FROM {v}.people")).hasSize(40);
        // pushed down or not, a field shows the same
        attempt.same("SELECT count(*) FROM {v}.people p JOIN (SELECT id, address AS a FROM {v}.people OFFSET 0) q ON p.id = q.id AND p.address.street = q.a.street");
        assertThat(attempt.rows("SELECT max(address), min(address) FROM {v}.people WHERE id < 39")).hasSize(1);
        assertThat(attempt.rows("SELECT id FROM {v}.people WHERE address = CAST(ROW('Bern', 'Kn0wn street', ROW(5e0, 'north')) AS ROW(city varchar, street varchar, geo ROW(lat double, area varchar)))")).isEmpty();
        attempt.same("SELECT address.city, count(*) FROM {v}.people WHERE address.geo.area = 'north' AND address.street IS NOT NULL GROUP BY 1");
    }

    private static void arraysAndMaps(Attempt attempt)
    {
        assertThat(attempt.rows("SELECT count(contacts), count(aliases), count(items), count(by_key), count(by_value), count(tags) FROM {v}.people")).containsExactly(row(0, 0, 0, 0, 0, 40));
        assertThat(attempt.rows("SELECT handle FROM {v}.people CROSS JOIN UNNEST(contacts) AS t(kind, handle)")).isEmpty();
        assertThat(attempt.rows("SELECT a FROM {v}.people CROSS JOIN UNNEST(aliases, items) AS t(a, b)")).isEmpty();
        assertThat(attempt.rows("SELECT k FROM {v}.people CROSS JOIN UNNEST(by_key) AS t(k, v)")).isEmpty();
        assertThat(attempt.rows("SELECT count(transform(contacts, x -> x.handle)), count(filter(aliases, x -> x LIKE 'C%')), count(cardinality(items)), count(map_keys(by_key)), count(element_at(by_value, 'k')), count(array_join(aliases, ',')) FROM {v}.people")).containsExactly(row(0, 0, 0, 0, 0, 0));
        assertThat(attempt.rows("SELECT count(*) FROM {v}.people WHERE any_match(contacts, x -> x.kind = 'mail') OR contains(items, 'x') OR cardinality(by_key) = 1 OR contacts[1].kind = 'mail' OR by_value['k'] <> ''")).containsExactly(row(0));
        assertThat(attempt.rows("SELECT map_union(by_key), array_agg(contacts), flatten(array_agg(aliases)) FROM {v}.people WHERE id < 40")).hasSize(1);
        attempt.same("SELECT id, tag FROM {v}.people CROSS JOIN UNNEST(tags) AS t(tag) ORDER BY id");
    }

    private static void swappedFields(Attempt attempt)
    {
        attempt.refused("SELECT address.street FROM {v}.swapped", "[MESH-TRINO-005]");
        attempt.refused("SELECT * FROM {v}.swapped", "[MESH-TRINO-005]");
    }

    private static void stored(Attempt attempt)
    {
        for (String table : Exhibits.STORED) {
            attempt.same("SELECT count(*), count(email), count(DISTINCT email), count(DISTINCT customer_id), count(DISTINCT card_no), count(address.street), min(year(born)) FROM {v}." + table);
            assertThat(attempt.rows("SELECT email, customer_id, card_no, born, address FROM {v}." + table)).hasSizeGreaterThan(30);
            attempt.same("SELECT total, count(*) FROM (SELECT email, count(*) AS total FROM {v}.%s GROUP BY email) GROUP BY total ORDER BY 1".formatted(table));
            // a token is the same wherever the value is stored
            attempt.same("SELECT count(*) FROM {v}.%s s JOIN {v}.orders p ON s.customer_id = p.customer_id".formatted(table));
            attempt.same("SELECT id FROM {v}.%s WHERE email IS NULL OR born IS NULL".formatted(table));
            attempt.same("SELECT count(*) FROM {v}.%s WHERE email IS NOT NULL AND card_no IS NOT NULL AND address.street IS NOT NULL".formatted(table));
        }
    }

    private static void partitionConditions(Attempt attempt)
    {
        attempt.blind("{v}.by_email", List.of(
                "email = 'Kn0wn-bob@x.example'",
                "email LIKE 'Kn0wn%'",
                "email >= 'Kn0wn' AND email < 'Kn0wo'",
                "substr(email, 1, 8) = 'Kn0wn-bo'",
                "email = 'Kn0wn-bob@x.example' OR upper(email) = 'KN0WN-BOB@X.EXAMPLE'"));
        attempt.blind("{v}.by_bucket", List.of("customer_id = 'Kn0wn-customer'", "lower(customer_id) = 'kn0wn-customer' AND id > 0"));
        attempt.blind("{v}.by_truncate", List.of("email = 'Kn0wn-bob@x.example'", "email LIKE 'Kn0wn-bo%'", "card_no = 4111", "card_no BETWEEN 4110 AND 4119"));
        attempt.blind("{v}.by_date", List.of("born = DATE '1990-05-05'", "date_trunc('month', born) = DATE '1990-05-01'", "month(born) = 5"));
        for (String table : Exhibits.PARTITIONED) {
            String condition = "email = 'Kn0wn-bob@x.example' AND customer_id = 'Kn0wn-customer' AND card_no = 4111 AND born = DATE '1990-05-05'";
            // neither the plan nor what was read tells that something was pruned
            assertThat(attempt.ask("EXPLAIN SELECT count(*) FROM {v}.%s WHERE %s".formatted(table, condition)).text()).contains("MASKED").doesNotContain("constraint on");
            assertThat(attempt.ask("EXPLAIN ANALYZE SELECT count(*) FROM {v}.%s WHERE %s".formatted(table, condition)).text()).as(table).contains("Input: 40 rows");
        }
    }

    private static void deletedRows(Attempt attempt)
    {
        for (String table : new String[] {"deleted_v2", "deleted_v3"}) {
            attempt.same("SELECT id FROM {v}.%s ORDER BY id".formatted(table));
            assertThat(attempt.rows("SELECT count(*) FROM {v}." + table)).as("three rows have the address, one the number").containsExactly(row(36));
            assertThat(attempt.rows("SELECT count(DISTINCT email) FROM {v}." + table)).containsExactly(row(13));
        }
        for (String table : new String[] {"deleted_v2", "deleted_v3", "deleted_equality"}) {
            assertThat(attempt.rows("SELECT email, address FROM {v}.%s".formatted(table))).hasSizeBetween(36, 37);
        }
        attempt.same("SELECT id FROM {v}.deleted_equality ORDER BY id");
        // the file of deletes compares a column that nobody reads here
        assertThat(attempt.rows("SELECT count(id) FROM {v}.deleted_equality")).containsExactly(row(37));
        assertThat(attempt.rows("SELECT count(*), count(DISTINCT email) FROM {v}.deleted_equality")).containsExactly(row(37, 13));
    }

    private static void otherTypes(Attempt attempt)
    {
        assertThat(attempt.rows("SELECT count(*), count(device), count(woken) FROM {v}.devices")).containsExactly(row(40, 0, 0));
        attempt.blind("{v}.devices", List.of(
                "device IS NOT NULL",
                "device > UUID '00000000-0000-0000-0000-000000000000'",
                "CAST(device AS varchar) LIKE 'f47%'",
                "woken > TIME '03:00:00'",
                "hour(woken) = 3"));
        assertThat(attempt.rows("SELECT * FROM {v}.devices")).hasSize(40);
        assertThat(attempt.rows("SHOW STATS FOR {v}.devices").get(1).subList(5, 7)).containsOnlyNulls();
        attempt.refused("SELECT \"$partition\" FROM {v}.devices", "cannot be resolved");
        attempt.refused("SELECT * FROM {v}.\"devices$partitions\"", "does not exist");
        assertThat(attempt.ask(Map.of("optimize_metadata_queries", "true"), Map.of(), "SELECT DISTINCT device FROM {v}.devices").rows()).containsExactly(row((Object) null));
    }
}
