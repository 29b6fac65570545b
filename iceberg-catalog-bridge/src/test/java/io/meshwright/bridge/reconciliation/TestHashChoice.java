package io.meshwright.bridge.reconciliation;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.MigrationSpec.Profile;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.Verdict;
import io.meshwright.model.reconciliation.WindowResult.State;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A hash that the server and Java do not compute alike is never believed.
 */
final class TestHashChoice
{
    private static TestingLegacy legacy;
    private static GeneratedTable generated;
    private static List<Map<String, Object>> rows;
    private static String table;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start()
            throws IOException, SQLException
    {
        legacy = new TestingLegacy(folder);
        generated = new GeneratedTable(new Random(3));
        rows = generated.rows(30);
        table = legacy.create(generated, rows);
        // what a user's path finds first hides the server's own function
        legacy.execute("CREATE FUNCTION public.hashint4extended(integer, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $2 + 1'");
        legacy.execute("CREATE SCHEMA other_digest");
        legacy.execute("CREATE FUNCTION other_digest.md5(bytea) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT pg_catalog.md5($1 || ''x''::bytea)'");
        for (String role : List.of("other_hash", "other_md5")) {
            legacy.execute("CREATE ROLE " + role + " LOGIN");
            legacy.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + role);
        }
        legacy.execute("GRANT USAGE ON SCHEMA other_digest TO other_md5");
        legacy.execute("ALTER ROLE other_hash SET search_path = public, pg_catalog");
        legacy.execute("ALTER ROLE other_md5 SET search_path = other_digest, public, pg_catalog");
    }

    @AfterAll
    static void stop()
            throws IOException
    {
        legacy.close();
    }

    private static ReconciliationReport run(String table, Profile profile, String user)
    {
        return legacy.reconciliation(generated, table).profile(profile).user(user).full().over(() -> new ListedProduct(generated.schema(), GeneratedTable.listed(rows))).run();
    }

    @Test
    void testServerThatHashesAsJavaDoes()
    {
        ReconciliationReport report = run(table, Profile.NATIVE, "postgres");
        assertThat(report.profile()).isEqualTo("native");
        assertThat(report.rules()).noneMatch(rule -> rule.startsWith("profile: "));
        assertThat(report.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void testServerThatHashesOtherwiseIsAskedForMd5()
    {
        for (Profile profile : List.of(Profile.AUTO, Profile.NATIVE)) {
            ReconciliationReport report = run(table, profile, "other_hash");
            assertThat(report.profile()).isEqualTo("md5");
            assertThat(report.rules().get(0)).matches("profile: md5, because the server hashes .* to -?\\d+ and Java to -?\\d+");
            assertThat(report.verdict()).as(report.reasons().toString()).isEqualTo(Verdict.OK);
        }
    }

    @Test
    void testServerWithoutAnyHashIsRefused()
    {
        assertThatThrownBy(() -> run(table, Profile.AUTO, "other_md5"))
                .isInstanceOf(MeshException.class)
                .hasMessageMatching("Rows cannot be compared by md5: the server hashes .* to -?\\d+ and Java to -?\\d+");
        assertThatThrownBy(() -> run(table, Profile.MD5, "other_md5"))
                .isInstanceOf(MeshException.class)
                .hasMessageStartingWith("Rows cannot be compared by md5: the server hashes ");
        assertThat(run(table, Profile.SHA256, "other_md5").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void testAnotherServerAtTheSecondRead()
    {
        legacy.execute("CREATE ROLE moved LOGIN");
        legacy.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO moved");
        List<Map<String, Object>> product = new ArrayList<>(rows);
        product.remove(0);
        ReconciliationReport report = legacy.reconciliation(generated, table).user("moved").full().over(() -> {
            legacy.execute("ALTER ROLE moved SET search_path = public, pg_catalog");
            return new ListedProduct(generated.schema(), GeneratedTable.listed(product));
        }).run();
        assertThat(report.profile()).isEqualTo("native");
        assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(report.windows()).filteredOn(window -> window.state() != State.OK).singleElement().satisfies(window -> {
            assertThat(window.state()).isEqualTo(State.SKIPPED);
            assertThat(window.reason()).hasValueSatisfying(reason -> assertThat(reason).startsWith("Another server answers now than at first: the server hashes "));
        });
    }

    @Test
    void testCollationThatHoldsTextsForEqual()
            throws SQLException
    {
        legacy.execute("CREATE COLLATION without_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
        String collated = legacy.create(generated, rows);
        legacy.execute("ALTER TABLE " + collated + " ALTER COLUMN comment TYPE varchar(40) COLLATE without_case");
        ReconciliationReport report = run(collated, Profile.AUTO, "postgres");
        assertThat(report.profile()).isEqualTo("md5");
        assertThat(report.rules().get(0)).isEqualTo("profile: md5, because column comment has the nondeterministic collation without_case");
        assertThat(report.verdict()).as(report.reasons().toString()).isEqualTo(Verdict.OK);
    }
}
