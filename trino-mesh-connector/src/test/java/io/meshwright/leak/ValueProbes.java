package io.meshwright.leak;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static io.meshwright.leak.Answer.row;
import static io.meshwright.leak.Probe.probe;
import static io.meshwright.leak.Probe.smoke;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What comes out of expressions over masked columns.
 */
final class ValueProbes
{
    /**
     * Masked to something that is NULL only where the value is.
     */
    private static final List<String> SHOWN = List.of("email", "customer_id", "card_no", "pin", "born", "seen", "note", "phone");
    /**
     * Masked to NULL.
     */
    private static final List<String> NULLED = List.of("died", "met", "salary", "score", "ratio", "vip", "photo", "nick", "secret", "contacts", "aliases", "items", "by_key", "by_value");

    private static final String TOKEN = "[a-z2-7]{26}";

    private ValueProbes() {}

    static Stream<Probe> all()
    {
        return Stream.of(
                smoke("value: every column", ValueProbes::everyColumn),
                probe("value: nulls stay, and only they", ValueProbes::nulls),
                smoke("value: conditions on texts", ValueProbes::textConditions),
                probe("value: conditions on numbers and dates", ValueProbes::numberConditions),
                smoke("value: token finds its rows", ValueProbes::tokenFindsRows),
                probe("value: conditions in a CASE, a HAVING and a join", ValueProbes::conditionsElsewhere),
                smoke("value: texts of failing casts", ValueProbes::failingCasts),
                probe("value: a failure as an oracle", ValueProbes::failureAsOracle),
                probe("value: try and try_cast", ValueProbes::tryCast),
                probe("value: order and limit", ValueProbes::orderAndLimit),
                smoke("value: aggregates", ValueProbes::aggregates),
                probe("value: approximate aggregates", ValueProbes::approximations),
                probe("value: counts, groups and grouping sets are those of the clear reader", ValueProbes::groups),
                smoke("value: joins are those of the clear reader", ValueProbes::joins),
                probe("value: set operations with what is known", ValueProbes::setOperations),
                probe("value: window functions and row patterns", ValueProbes::windows),
                probe("value: samples", ValueProbes::samples),
                probe("value: text, binary and JSON functions", ValueProbes::functions),
                probe("value: correlated and lateral queries", ValueProbes::correlated),
                probe("value: dynamic filters", ValueProbes::dynamicFilters),
                probe("value: session properties of the engine", ValueProbes::engineProperties));
    }

    private static void everyColumn(Attempt attempt)
    {
        List<List<Object>> rows = attempt.rows("SELECT * FROM {v}.people ORDER BY id");
        assertThat(rows).hasSize(40);
        assertThat(rows.getFirst()).hasSize(27);
        for (List<Object> row : rows.subList(0, 39)) {
            assertThat((String) row.get(2)).as("email").matches(TOKEN);
            assertThat((String) row.get(3)).as("customer_id").matches(TOKEN);
            assertThat((String) row.get(6)).as("born").endsWith("-01-01");
            assertThat((String) row.get(8)).as("seen").contains("-01-01 00:00:00");
            assertThat(row.get(15)).as("note").isEqualTo("[redacted]");
        }
        assertThat(attempt.rows("TABLE {v}.people")).hasSize(40);
        attempt.same("SELECT id, grp, tags, joined, address.city, address.geo.area FROM {v}.people ORDER BY id");
    }

    private static void nulls(Attempt attempt)
    {
        attempt.same("SELECT %s FROM {v}.people".formatted(counts(SHOWN)));
        for (String column : SHOWN) {
            attempt.same("SELECT id FROM {v}.people WHERE %s IS NULL".formatted(column));
        }
        attempt.same("SELECT count(*) FROM {v}.people WHERE email IS NOT NULL AND card_no IS NOT NULL AND born IS NOT NULL AND address.street IS NOT NULL");
        assertThat(attempt.rows("SELECT %s FROM {v}.people".formatted(counts(NULLED))).getFirst()).containsOnly(0);
        attempt.blind("{v}.people", NULLED.stream().map(column -> column + " IS NOT NULL").toList());
        for (String column : NULLED) {
            assertThat(attempt.rows("SELECT count(*) FROM {v}.people WHERE %s IS NULL".formatted(column))).as(column).containsExactly(row(40));
        }
    }

    private static String counts(List<String> columns)
    {
        return columns.stream().map("count(%s)"::formatted).collect(joining(", "));
    }

    private static void textConditions(Attempt attempt)
    {
        attempt.blind("{v}.people", List.of(
                "email = 'Kn0wn-bob@x.example'",
                "'Kn0wn-bob@x.example' = email",
                "email IN ('Kn0wn-bob@x.example', 'nobody')",
                "email IN (SELECT * FROM (VALUES 'Kn0wn-bob@x.example'))",
                "email = ANY (VALUES 'Kn0wn-bob@x.example')",
                "email LIKE 'Kn0wn%'",
                "email LIKE '%@x.example'",
                "email NOT LIKE '%no%' AND email LIKE '%x.example'",
                "email >= 'Kn0wn' AND email < 'Kn0wo'",
                "email BETWEEN 'Kn0wn' AND 'Kn0wo'",
                "upper(email) = 'KN0WN-BOB@X.EXAMPLE'",
                "lower(email) LIKE 'kn0wn%'",
                "concat(email, '') = 'Kn0wn-bob@x.example'",
                "email || 'x' = 'Kn0wn-bob@x.examplex'",
                "starts_with(email, 'Kn0wn')",
                "substr(email, 1, 5) = 'Kn0wn'",
                "strpos(email, '@') > 0",
                "length(email) <> 26",
                "regexp_like(email, '.*@.*')",
                "split_part(email, '@', 2) = 'x.example'",
                "levenshtein_distance(email, 'Kn0wn-bob@x.exampl') < 3",
                "reverse(email) LIKE 'elpmaxe%'",
                "md5(to_utf8(email)) = md5(to_utf8('Kn0wn-bob@x.example'))",
                "xxhash64(to_utf8(email)) = xxhash64(to_utf8('Kn0wn-bob@x.example'))",
                "CAST(email AS varbinary) = to_utf8('Kn0wn-bob@x.example')",
                "(id, email) = (1, 'Kn0wn-bob@x.example')",
                "(id, email) IN ((1, 'Kn0wn-bob@x.example'))",
                "coalesce(email, 'x') = 'Kn0wn-bob@x.example'",
                "nullif(email, 'Kn0wn-bob@x.example') IS NULL AND email IS NOT NULL",
                "email = 'Kn0wn-bob@x.example' AND grp = 'g1'",
                "email = 'Kn0wn-bob@x.example' OR id < 0",
                "note LIKE 'Kn0wn%'",
                "phone LIKE 'Kn0wn%'",
                "address.street = 'Kn0wn street'",
                "nick = 'Kn0wn'"));
        assertThat(attempt.rows("SELECT count(*) FROM {v}.people WHERE email <> 'Kn0wn-bob@x.example'")).as("every one of them differs").containsExactly(row(39));
        assertThat(attempt.rows("SELECT count(*) FROM {v}.people WHERE email IS DISTINCT FROM 'Kn0wn-bob@x.example'")).containsExactly(row(40));
    }

    private static void numberConditions(Attempt attempt)
    {
        attempt.blind("{v}.people", List.of(
                "card_no = 4111",
                "card_no IN (4111, 5)",
                "card_no BETWEEN 4000 AND 5000",
                "card_no % 1000 = 111 AND card_no < 5000 AND card_no > 0",
                "CAST(card_no AS varchar) = '4111'",
                "card_no = DECIMAL '4111'",
                "card_no = 4111e0",
                "pin = 4711",
                "pin > 4700 AND pin < 4720",
                "born = DATE '1990-05-05'",
                "born BETWEEN DATE '1990-05-01' AND DATE '1990-05-31'",
                "month(born) = 5",
                "day_of_week(born) = 6 AND born > DATE '1990-01-02' AND born < DATE '1990-12-31'",
                "died = DATE '2020-05-05'",
                "died > DATE '1900-01-01'",
                "seen = TIMESTAMP '1999-09-09 09:09:09.999999 UTC'",
                "date_trunc('month', seen) = TIMESTAMP '1999-09-01 00:00:00 UTC'",
                "CAST(seen AS date) = DATE '1999-09-09'",
                "met < TIMESTAMP '2000-01-01 00:00:00'",
                "salary = 1000",
                "salary > 0",
                "score = 5",
                "ratio < 10000",
                "vip",
                "NOT vip",
                "vip IS NOT NULL",
                "photo = to_utf8('Kn0wn')",
                "length(photo) > 0",
                "address.geo.lat = 5",
                "address.geo.lat > 0"));
        attempt.same("SELECT id FROM {v}.people WHERE year(born) = 1990");
        attempt.same("SELECT count(*) FROM {v}.people WHERE joined > DATE '2024-01-02' AND address.city = 'Bern' AND tags[1] = 't1'");
    }

    private static void tokenFindsRows(Attempt attempt)
    {
        String token = (String) attempt.rows("SELECT email FROM {v}.people WHERE id = 3").getFirst().getFirst();
        List<List<Object>> clear = attempt.clear("SELECT count(*) FROM {v}.people WHERE email = 'C0a9y1-mail-3@x.example'");
        assertThat(attempt.rows("SELECT count(*) FROM {v}.people WHERE email = '%s'".formatted(token))).isEqualTo(clear);
        assertThat(attempt.rows("SELECT count(*) FROM {v}.people WHERE email LIKE '%s%%'".formatted(token.substring(0, 20)))).isEqualTo(clear);
        Number number = (Number) attempt.rows("SELECT card_no FROM {v}.people WHERE id = 1").getFirst().getFirst();
        assertThat(attempt.rows("SELECT id FROM {v}.people WHERE card_no = " + number)).containsExactly(row(1));
        assertThat(attempt.rows("SELECT id FROM {v}.people WHERE born = DATE '1990-01-01'")).containsExactly(row(1));
    }

    private static void conditionsElsewhere(Attempt attempt)
    {
        assertThat(attempt.rows("SELECT sum(CASE WHEN email = 'Kn0wn-bob@x.example' THEN 1 ELSE 0 END), count_if(email LIKE '%@%'), count(*) FILTER (WHERE card_no = 4111) FROM {v}.people"))
                .containsExactly(row(0, 0, 0));
        assertThat(attempt.rows("SELECT email, count(*) FROM {v}.people GROUP BY email HAVING email LIKE '%@%'")).isEmpty();
        assertThat(attempt.rows("SELECT p.id FROM {v}.people p JOIN (VALUES 'Kn0wn-bob@x.example') k(email) ON p.email = k.email")).isEmpty();
        assertThat(attempt.rows("SELECT p.id FROM {v}.people p JOIN (VALUES '%@x.example') k(pattern) ON p.email LIKE k.pattern")).isEmpty();
        assertThat(attempt.rows("SELECT count(*) FROM {v}.people p LEFT JOIN (VALUES 4111) k(card_no) ON p.card_no = k.card_no WHERE k.card_no IS NOT NULL")).containsExactly(row(0));
        assertThat(attempt.rows("SELECT max(IF(born = DATE '1990-05-05', 'yes', 'no')) FROM {v}.people")).containsExactly(row("no"));
    }

    private static void failingCasts(Attempt attempt)
    {
        attempt.refused("SELECT CAST(email AS bigint) FROM {v}.people WHERE id = 3", "Cannot cast");
        attempt.refused("SELECT CAST(email AS double) FROM {v}.people WHERE id = 3", "Cannot cast");
        attempt.refused("SELECT CAST(phone AS integer) FROM {v}.people WHERE id = 3", "Cannot cast");
        attempt.refused("SELECT CAST(note AS date) FROM {v}.people WHERE id = 3", "Value cannot be cast to date");
        attempt.refused("SELECT CAST(email AS timestamp) FROM {v}.people WHERE id = 3", "cannot be cast to timestamp");
        attempt.refused("SELECT CAST(email AS uuid) FROM {v}.people WHERE id = 3", "Cannot cast value to UUID");
        attempt.refused("SELECT CAST(email AS decimal(5, 2)) FROM {v}.people WHERE id = 3", "Cannot cast");
        attempt.refused("SELECT CAST(card_no AS tinyint) FROM {v}.people WHERE id = 3", "Out of range for tinyint");
        attempt.refused("SELECT CAST(pin AS tinyint) FROM {v}.people WHERE id = 3", "Out of range for tinyint");
        attempt.refused("SELECT json_parse(email) FROM {v}.people WHERE id = 3", "Cannot convert value to JSON");
        attempt.refused("SELECT from_base64(note) FROM {v}.people WHERE id = 3", "");
        attempt.refused("SELECT date_parse(email, '%Y') FROM {v}.people WHERE id = 3", "Invalid format");
        attempt.refused("SELECT parse_datetime(email, 'y') FROM {v}.people WHERE id = 3", "Invalid format");
        attempt.refused("SELECT from_iso8601_date(email) FROM {v}.people WHERE id = 3", "");
        attempt.refused("SELECT regexp_like('x', '(' || email) FROM {v}.people WHERE id = 3", "");
        attempt.refused("SELECT fail(email) FROM {v}.people WHERE id = 3", "");
        attempt.refused("SELECT CAST(fail('x' || phone) AS bigint) FROM {v}.people WHERE id = 3", "");
        attempt.refused("SELECT element_at(ARRAY[1], pin) / 0 FROM {v}.people WHERE id = 3 AND card_no / 0 = 1", "");
        attempt.refused("SELECT card_no * card_no * card_no FROM {v}.people WHERE id = 3", "bigint multiplication overflow");
        attempt.refused("SELECT map_agg(email, 1)[note] FROM {v}.people WHERE id = 3 GROUP BY note", "Key not present in map");
        attempt.refused("SELECT MAP(ARRAY[email, email], ARRAY[1, 2]) FROM {v}.people WHERE id = 3", "Duplicate map keys");
        attempt.refused("SELECT (SELECT email FROM {v}.people WHERE id < 9)", "Scalar sub-query has returned multiple rows");
    }

    private static void failureAsOracle(Attempt attempt)
    {
        for (String condition : List.of("email = 'Kn0wn-bob@x.example'", "card_no = 4111", "born = DATE '1990-05-05'", "salary = 1000", "address.street LIKE 'Kn0wn%'")) {
            assertThat(attempt.rows("SELECT sum(1 / IF(%s, 0, 1)) FROM {v}.people".formatted(condition))).as(condition).containsExactly(row(40));
            assertThat(attempt.rows("SELECT count(*) FROM {v}.people WHERE IF(%s, CAST('x' AS bigint), 1) = 1".formatted(condition))).as(condition).containsExactly(row(40));
        }
    }

    private static void tryCast(Attempt attempt)
    {
        String sql = "SELECT count(try_cast(card_no AS smallint)), count(try(CAST(pin AS smallint))) FROM {v}.people";
        assertThat(attempt.clear(sql)).containsExactly(row(1, 1));
        assertThat(attempt.rows(sql)).containsExactly(row(0, 0));
        assertThat(attempt.rows("SELECT count(try_cast(email AS bigint)), count(try_cast(nick AS boolean)) FROM {v}.people")).containsExactly(row(0, 0));
    }

    private static void orderAndLimit(Attempt attempt)
    {
        for (String column : SHOWN) {
            assertThat(attempt.rows("SELECT %1$s FROM {v}.people ORDER BY %1$s DESC NULLS LAST LIMIT 3".formatted(column))).as(column).hasSize(3);
        }
        // by the order of tokens, which is not that of the values
        assertThat(attempt.rows("SELECT DISTINCT email FROM {v}.people WHERE email IS NOT NULL ORDER BY email")).hasSize(14).extracting(row -> (String) row.getFirst()).isSorted();
        assertThat(attempt.rows("SELECT id FROM {v}.people ORDER BY email OFFSET 3 ROWS FETCH FIRST 2 ROWS WITH TIES")).isNotEmpty();
        assertThat(attempt.rows("SELECT email FROM {v}.people LIMIT 5")).hasSize(5);
        attempt.same("SELECT id FROM {v}.people ORDER BY joined, id LIMIT 7");
    }

    private static void aggregates(Attempt attempt)
    {
        for (String column : SHOWN) {
            assertThat(attempt.rows("SELECT min(%1$s), max(%1$s), arbitrary(%1$s), min_by(%1$s, id), max_by(%1$s, id), max(%1$s, 3), array_agg(%1$s), histogram(%1$s) FROM {v}.people".formatted(column))).as(column).hasSize(1);
        }
        assertThat(attempt.rows("SELECT sum(salary), avg(score), bool_or(vip), max(photo), max(nick), sum(ratio), min(died), max(met) FROM {v}.people"))
                .containsExactly(row(null, null, null, null, null, null, null, null));
        assertThat(attempt.rows("SELECT listagg(email, ',') WITHIN GROUP (ORDER BY id), map_agg(id, phone), multimap_agg(grp, note), reduce_agg(email, '', (a, b) -> a || b, (a, b) -> a || b), CAST(array_agg(email) AS json) FROM {v}.people")).hasSize(1);
        assertThat(attempt.rows("SELECT checksum(email) = (SELECT checksum(email) FROM (VALUES 'Kn0wn-bob@x.example') t(email)) FROM {v}.people WHERE id = 1")).containsExactly(row(false));
        assertThat(attempt.rows("SELECT sum(card_no), avg(card_no), sum(pin), stddev(pin), geometric_mean(abs(CAST(pin AS bigint))), bitwise_or_agg(pin) FROM {v}.people WHERE id = 1")).hasSize(1)
                .noneMatch(values -> values.contains(4111) || values.contains(4711));
    }

    private static void approximations(Attempt attempt)
    {
        attempt.same("SELECT approx_distinct(email) BETWEEN 12 AND 16, approx_distinct(customer_id) BETWEEN 7 AND 9, approx_distinct(card_no) FROM {v}.people");
        assertThat(attempt.rows("SELECT approx_most_frequent(3, email, 100), approx_most_frequent(3, pin, 100), approx_percentile(pin, ARRAY[0.1, 0.9]), numeric_histogram(3, CAST(pin AS double)), approx_set(email) FROM {v}.people")).hasSize(1);
    }

    private static void groups(Attempt attempt)
    {
        attempt.same("SELECT count(DISTINCT email), count(DISTINCT customer_id), count(DISTINCT card_no), count(DISTINCT pin), count(DISTINCT address.street), count(DISTINCT year(born)) FROM {v}.people");
        attempt.same("SELECT total, count(*) FROM (SELECT email, count(*) AS total FROM {v}.people GROUP BY email) GROUP BY total ORDER BY 1");
        attempt.same("SELECT grp, count(DISTINCT customer_id), count(*) FROM {v}.people GROUP BY grp ORDER BY 1");
        attempt.same("SELECT members, count(*) FROM (SELECT email, customer_id, grp, count(*) AS members FROM {v}.people GROUP BY GROUPING SETS ((email), (customer_id, grp), ())) GROUP BY members ORDER BY 1");
        attempt.same("SELECT count(*), sum(members) FROM (SELECT email, grp, card_no, count(*) AS members FROM {v}.people GROUP BY CUBE (email, grp, card_no))");
        attempt.same("SELECT count(*) FROM (SELECT DISTINCT email, customer_id, address.street, pin FROM {v}.people)");
        assertThat(attempt.rows("SELECT nick, salary, count(*) FROM {v}.people GROUP BY nick, salary")).containsExactly(row(null, null, 40));
    }

    private static void joins(Attempt attempt)
    {
        attempt.same("SELECT p.grp, count(*), sum(o.amount) FROM {v}.people p JOIN {v}.orders o ON p.customer_id = o.customer_id GROUP BY p.grp ORDER BY 1");
        attempt.same("SELECT count(*) FROM {v}.people p LEFT JOIN {v}.orders o ON p.customer_id = o.customer_id AND o.amount > 200");
        attempt.same("SELECT count(*) FROM {v}.people WHERE customer_id IN (SELECT customer_id FROM {v}.orders WHERE amount < 100)");
        attempt.same("SELECT count(*) FROM {v}.people p WHERE NOT EXISTS (SELECT 1 FROM {v}.orders o WHERE o.customer_id = p.customer_id AND o.amount > 300)");
        attempt.same("SELECT count(*) FROM {v}.people a JOIN {v}.people b ON a.email = b.email AND a.card_no = b.card_no");
        attempt.same("SELECT count(*) FROM {v}.people p FULL JOIN {v}.by_email e ON p.email = e.email");
        attempt.same("SELECT count(*) FROM {v}.people a JOIN {v}.people b ON a.address.street = b.address.street");
    }

    private static void setOperations(Attempt attempt)
    {
        assertThat(attempt.rows("SELECT email FROM {v}.people INTERSECT VALUES 'Kn0wn-bob@x.example'")).isEmpty();
        assertThat(attempt.rows("VALUES 'Kn0wn-bob@x.example' EXCEPT SELECT email FROM {v}.people")).hasSize(1);
        assertThat(attempt.rows("SELECT count(*) FROM (SELECT email FROM {v}.people UNION SELECT email FROM {v}.by_email UNION VALUES 'Kn0wn-bob@x.example')")).containsExactly(row(16));
        attempt.same("SELECT count(*) FROM (SELECT customer_id FROM {v}.people EXCEPT SELECT customer_id FROM {v}.orders)");
        attempt.same("SELECT count(*) FROM (SELECT customer_id FROM {v}.people INTERSECT ALL SELECT customer_id FROM {v}.orders)");
    }

    private static void windows(Attempt attempt)
    {
        assertThat(attempt.rows("SELECT lag(email) OVER (ORDER BY id), first_value(phone) OVER (PARTITION BY email ORDER BY id), nth_value(note, 2) OVER (ORDER BY id), lead(card_no) OVER (ORDER BY id), array_agg(email) OVER (ORDER BY id ROWS 3 PRECEDING) FROM {v}.people")).hasSize(40);
        attempt.same("SELECT id, count(*) OVER (PARTITION BY email), rank() OVER (PARTITION BY customer_id ORDER BY id) FROM {v}.people ORDER BY id");
        assertThat(attempt.rows(
                """
                SELECT * FROM {v}.people MATCH_RECOGNIZE (
                    ORDER BY id MEASURES A.email AS first_email, LAST(B.phone) AS last_phone, CLASSIFIER() AS found ALL ROWS PER MATCH
                    PATTERN (A B+) DEFINE B AS email <> 'Kn0wn-bob@x.example')
                """)).hasSizeGreaterThan(30);
        assertThat(attempt.rows("SELECT id FROM {v}.people MATCH_RECOGNIZE (ORDER BY id ALL ROWS PER MATCH PATTERN (A) DEFINE A AS email = 'Kn0wn-bob@x.example')")).isEmpty();
    }

    private static void samples(Attempt attempt)
    {
        attempt.same("SELECT count(*), count(email) FROM {v}.people TABLESAMPLE BERNOULLI (100)");
        attempt.same("SELECT count(*), count(email) FROM {v}.people TABLESAMPLE SYSTEM (100)");
        assertThat(attempt.rows("SELECT * FROM {v}.people TABLESAMPLE BERNOULLI (50)")).hasSizeLessThan(41);
        assertThat(attempt.rows("SELECT email FROM {v}.people TABLESAMPLE BERNOULLI (100) WHERE email LIKE '%@%'")).isEmpty();
    }

    private static void functions(Attempt attempt)
    {
        assertThat(attempt.rows(
                """
                SELECT reverse(email), upper(email), lower(email), to_utf8(email), to_hex(to_utf8(email)), to_base64(to_utf8(email)), split(email, '-'), regexp_extract_all(email, '.'),
                    translate(email, 'C', 'X'), substr(phone, 1, 6), format('%s', note), CAST(card_no AS varchar), to_base(card_no, 16), CAST(born AS varchar), date_format(seen, '%Y-%m-%d'), to_unixtime(seen),
                    json_format(CAST(ROW(email, phone, card_no) AS json)), json_format(CAST(address AS json)), json_object('e' VALUE email), json_array(email, note), word_stem(email), soundex(email), url_encode(email), normalize(email), bar(1, 3)
                FROM {v}.people
                """)).hasSize(40);
        attempt.same("SELECT id, json_extract_scalar(CAST(ROW(id, grp) AS json), '$[1]'), json_query(json_object('g' VALUE grp), 'lax $.g') FROM {v}.people ORDER BY id");
        assertThat(attempt.rows("SELECT * FROM {v}.people CROSS JOIN JSON_TABLE(json_object('e' VALUE email), 'lax $' COLUMNS (e varchar PATH 'lax $.e'))")).hasSize(40);
    }

    private static void correlated(Attempt attempt)
    {
        assertThat(attempt.rows("SELECT (SELECT max(o.customer_id) FROM {v}.orders o WHERE o.customer_id = p.customer_id) FROM {v}.people p")).hasSize(40);
        assertThat(attempt.rows("SELECT p.id FROM {v}.people p WHERE EXISTS (SELECT 1 FROM (VALUES 'Kn0wn-bob@x.example') k(e) WHERE k.e = p.email)")).isEmpty();
        assertThat(attempt.rows("SELECT p.id, t.c FROM {v}.people p CROSS JOIN LATERAL (SELECT p.email || 'x' AS c) t")).hasSize(40);
        attempt.same("WITH RECURSIVE t(n, c) AS (SELECT BIGINT '1', 0 UNION ALL SELECT n + 1, 1 FROM t WHERE n < 3) SELECT count(*) FROM t JOIN {v}.people p ON p.id = t.n AND p.email IS NOT NULL");
        attempt.same("SELECT id FROM {v}.people p WHERE amount_of(p.customer_id) > 0".replace("amount_of(p.customer_id)", "(SELECT count(*) FROM {v}.orders o WHERE o.customer_id = p.customer_id)") + " ORDER BY id");
    }

    private static void dynamicFilters(Attempt attempt)
    {
        String join = "SELECT count(*) FROM {v}.people p JOIN {v}.orders o ON p.customer_id = o.customer_id AND p.id = o.order_id WHERE o.amount < 100";
        attempt.same(join);
        for (String form : List.of("EXPLAIN ANALYZE ", "EXPLAIN ANALYZE VERBOSE ")) {
            assertThat(attempt.ask(form + join).text()).contains("dynamicFilter");
        }
        for (String table : List.of("by_email", "by_bucket")) {
            attempt.same("SELECT count(*) FROM {v}.%1$s p JOIN {v}.orders o ON p.customer_id = o.customer_id WHERE o.amount < 100".formatted(table));
            attempt.same("SELECT count(*) FROM {v}.people p JOIN {v}.%1$s o ON p.email = o.email WHERE o.id < 5".formatted(table));
            assertThat(attempt.ask("EXPLAIN ANALYZE VERBOSE SELECT count(*) FROM {v}.%1$s p JOIN {v}.people o ON p.email = o.email WHERE o.id < 5".formatted(table)).error()).isEmpty();
        }
    }

    private static void engineProperties(Attempt attempt)
    {
        String join = "SELECT count(*) FROM {v}.by_bucket a JOIN {v}.by_bucket b ON a.customer_id = b.customer_id";
        List<List<Object>> joined = attempt.clear(join);
        for (Map<String, String> session : List.of(
                Map.of("optimize_metadata_queries", "true", "statistics_precalculation_for_pushdown_enabled", "true"),
                Map.of("enable_dynamic_filtering", "false", "complex_expression_pushdown", "false"),
                Map.of("allow_pushdown_into_connectors", "false", "hide_inaccessible_columns", "true"),
                Map.of("use_table_scan_node_partitioning", "true", "colocated_join", "true", "join_distribution_type", "PARTITIONED"))) {
            assertThat(attempt.rows(session, "SELECT DISTINCT email FROM {v}.by_email")).as("%s", session).hasSize(15);
            assertThat(attempt.rows(session, "SELECT min(email), max(email), min(born), max(card_no) FROM {v}.by_email")).hasSize(1);
            assertThat(attempt.rows(session, "SELECT count(*) FROM {v}.by_email WHERE email = 'Kn0wn-bob@x.example' OR card_no = 4111")).containsExactly(row(0));
            assertThat(attempt.rows(session, "SELECT count(*) FROM {v}.by_bucket WHERE customer_id = 'Kn0wn-customer'")).containsExactly(row(0));
            assertThat(attempt.rows(session, join)).isEqualTo(joined);
        }
    }
}
