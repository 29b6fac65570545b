package io.meshwright.trino;

import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.mask.TokenFunction;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import static io.meshwright.trino.AdmittedProducts.VERIFIED;
import static io.meshwright.trino.AdmittedProducts.contract;
import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.KEYS;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The address serves the last snapshot that passed its contract.
 */
class TestServedSnapshots
        extends BaseMeshTest
{
    private AdmittedProducts products;

    @BeforeAll
    void setUp()
    {
        products = new AdmittedProducts(mesh);
    }

    @Test
    void testTheAddressMovesWithTheVerdict()
    {
        verified("moving");
        assertThat(failure(ANALYST, "SELECT * FROM shop.moving")).isEqualTo(
                "[MESH-TRINO-036] Product shop.moving serves only data that passed its contract (version 1.0.0), and none has passed it yet. Ask shop@shop.example, or read shop.\"moving$latest\", whose data is not verified.");

        long first = products.insert("moving", "(1, 'a@mail.example')");
        assertThat(failure(ANALYST, "SELECT * FROM shop.moving")).startsWith("[MESH-TRINO-036]");
        assertThat(ids("shop.\"moving$latest\"")).containsExactly(1L);
        products.tested("moving", "curated", first, CheckStatus.PASSED);
        assertThat(ids("shop.moving")).containsExactly(1L);

        long bad = products.insert("moving", "(2, 'b@mail.example')");
        assertThat(ids("shop.moving")).as("a load that nobody tested stays unseen").containsExactly(1L);
        products.tested("moving", "curated", bad, CheckStatus.FAILED);
        assertThat(ids("shop.moving")).as("a bad load stays unseen").containsExactly(1L);
        for (CheckStatus unsure : List.of(CheckStatus.ERROR, CheckStatus.SKIPPED)) {
            products.tested("moving", "curated", products.insert("moving", "(3, 'c@mail.example')"), unsure);
            assertThat(ids("shop.moving")).as(unsure.label()).containsExactly(1L);
        }

        long good = products.insert("moving", "(4, 'd@mail.example')");
        products.tested("moving", "curated", good, CheckStatus.WARNING);
        assertThat(ids("shop.moving")).containsExactly(1L, 2L, 3L, 3L, 4L);
        assertThat(ids("shop.moving FOR VERSION AS OF " + bad)).as("whoever names a version gets it").containsExactly(1L, 2L);

        // the last run on a snapshot decides
        products.tested("moving", "curated", good, CheckStatus.FAILED);
        assertThat(ids("shop.moving")).containsExactly(1L);
    }

    @Test
    void testMasksAreTheSameForEverySnapshot()
    {
        verified("masked");
        products.tested("masked", "curated", products.insert("masked", "(1, 'a@mail.example')"), CheckStatus.PASSED);
        products.insert("masked", "(2, 'b@mail.example')");
        TokenFunction tokens = TokenFunction.create(KEYS, "email");
        assertThat(rows(ANALYST, "SELECT email FROM shop.masked")).containsExactly(List.of(tokens.token("a@mail.example")));
        assertThat(rows(ANALYST, "SELECT email FROM shop.\"masked$latest\" WHERE id = 2")).containsExactly(List.of(tokens.token("b@mail.example")));
        assertThat(rows(OFFICER, "SELECT email FROM shop.\"masked$latest\" WHERE id = 2")).containsExactly(List.of("b@mail.example"));
        assertThat(rows(ANALYST, "SELECT count(*) FROM shop.masked a JOIN shop.\"masked$latest\" b ON a.email = b.email")).containsExactly(List.of(1L));
        assertThat(rows(ANALYST, "DESCRIBE shop.\"masked$latest\"").get(1).get(3)).isEqualTo("(masked for you: token by email; ask shop@shop.example for clearance)");
        assertThat(rows(ANALYST, "SHOW TABLES FROM shop LIKE 'masked%'")).containsExactly(List.of("masked"));
        assertThat(failure(OFFICER, "SELECT * FROM shop.\"masked$latest$latest\"")).contains("does not exist");
        assertThat(failure(OFFICER, "INSERT INTO shop.\"masked$latest\" VALUES (9, 'x')")).contains("Access Denied");
    }

    @Test
    void testColumnsThatCameLaterAreNotInTheVerifiedSnapshot()
    {
        verified("widened");
        products.tested("widened", "curated", products.insert("widened", "(1, 'a@mail.example')"), CheckStatus.PASSED);
        products.apply("widened", VERIFIED, Map.of("v1.yaml", contract("widened", "1.1.0", "id: {type: long}\nemail: {type: string}\nextra: {type: string}")));
        // the verdict was about another contract
        assertThat(failure(ANALYST, "SELECT * FROM shop.widened")).startsWith("[MESH-TRINO-036]").contains("(version 1.1.0), and none has passed it yet");
        products.tested("widened", "curated", products.currentSnapshot("widened"), CheckStatus.PASSED);
        assertThat(rows(OFFICER, "SELECT id FROM shop.widened")).containsExactly(List.of(1L));
    }

    @Test
    void testContractOfTheSameVersionWithAnotherText()
    {
        verified("reworded");
        products.tested("reworded", "curated", products.insert("reworded", "(1, 'a@mail.example')"), CheckStatus.PASSED);
        assertThat(ids("shop.reworded")).containsExactly(1L);
        products.apply("reworded", VERIFIED, Map.of("v1.yaml", contract("reworded", "1.0.0", "id: {type: long, minimum: 5}\nemail: {type: string}")));
        assertThat(failure(ANALYST, "SELECT * FROM shop.reworded")).startsWith("[MESH-TRINO-036]");
    }

    /**
     * Contract tests count such a file as often, too.
     */
    @Test
    void testFileThatIsListedTwiceIsReadTwice()
    {
        verified("imported");
        products.insert("imported", "(1, 'a@mail.example'), (2, 'b@mail.example')");
        Table table = products.table("imported");
        table.newAppend().appendFile(table.currentSnapshot().addedDataFiles(table.io()).iterator().next()).commit();
        assertThat(ids("shop.\"imported$latest\"")).containsExactly(1L, 1L, 2L, 2L);
        assertThat(rows(ANALYST, "SELECT count(*), count_if(id > 1) FROM shop.\"imported$latest\"")).containsExactly(List.of(4L, 2L));
    }

    @Test
    void testRollback()
    {
        verified("rolled");
        long first = products.insert("rolled", "(1, 'a@mail.example')");
        products.tested("rolled", "curated", first, CheckStatus.PASSED);
        products.tested("rolled", "curated", products.insert("rolled", "(2, 'b@mail.example')"), CheckStatus.PASSED);
        assertThat(ids("shop.rolled")).containsExactly(1L, 2L);
        products.table("rolled").manageSnapshots().rollbackTo(first).commit();
        assertThat(ids("shop.rolled")).as("what was rolled back is not served, verified or not").containsExactly(1L);
        products.insert("rolled", "(3, 'c@mail.example')");
        assertThat(ids("shop.rolled")).containsExactly(1L);
    }

    @Test
    void testExpiry()
    {
        verified("expired");
        products.tested("expired", "curated", products.insert("expired", "(1, 'a@mail.example')"), CheckStatus.PASSED);
        products.insert("expired", "(2, 'b@mail.example')");
        assertThat(ids("shop.expired")).containsExactly(1L);
        products.table("expired").expireSnapshots().expireOlderThan(Instant.now().plusSeconds(60).toEpochMilli()).retainLast(1).commit();
        assertThat(failure(ANALYST, "SELECT * FROM shop.expired")).isEqualTo(
                "[MESH-TRINO-036] Product shop.expired serves only data that passed its contract (version 1.0.0), and the snapshot that passed is not in the table's history any more. Ask shop@shop.example, or read shop.\"expired$latest\", whose data is not verified.");
        assertThat(ids("shop.\"expired$latest\"")).containsExactly(1L, 2L);
    }

    @Test
    void testCompactionIsNotTested()
    {
        verified("compacted");
        products.insert("compacted", "(1, 'a@mail.example')");
        long second = products.insert("compacted", "(2, 'b@mail.example')");
        products.tested("compacted", "curated", second, CheckStatus.PASSED);
        mesh.producer("ALTER TABLE lake.shop.compacted EXECUTE optimize");
        assertThat(products.currentSnapshot("compacted")).isNotEqualTo(second);
        assertThat(ids("shop.compacted")).containsExactly(1L, 2L);
        products.insert("compacted", "(3, 'c@mail.example')");
        assertThat(ids("shop.compacted")).containsExactly(1L, 2L);
    }

    @Test
    void testBranch()
    {
        verified("branched");
        products.tested("branched", "curated", products.insert("branched", "(1, 'a@mail.example')"), CheckStatus.PASSED);
        Table table = products.table("branched");
        table.manageSnapshots().createBranch("audit", table.currentSnapshot().snapshotId()).commit();
        table.newAppend().appendFile(table.currentSnapshot().addedDataFiles(table.io()).iterator().next()).toBranch("audit").commit();
        long onBranch = table.refs().get("audit").snapshotId();
        assertThat(onBranch).isNotEqualTo(table.currentSnapshot().snapshotId());
        products.tested("branched", "curated", onBranch, CheckStatus.PASSED);
        assertThat(ids("shop.branched")).as("tested on a branch, not published").containsExactly(1L);
        table.manageSnapshots().fastForwardBranch("main", "audit").commit();
        assertThat(ids("shop.branched")).as("published as it was tested").containsExactly(1L, 1L);
    }

    @Test
    void testServedDataIsTold()
    {
        verified("told");
        long first = products.insert("told", "(1, 'a@mail.example')");
        products.tested("told", "curated", first, CheckStatus.PASSED);
        Instant committed = Instant.ofEpochMilli(products.table("told").snapshot(first).timestampMillis()).truncatedTo(ChronoUnit.SECONDS);
        products.insert("told", "(2, 'b@mail.example')");
        assertThat((String) rows(ANALYST, "SHOW CREATE TABLE shop.told").getFirst().getFirst())
                .contains("COMMENT 'Rows of the shop. (data product shop.told, owner shop@shop.example) (serves the last snapshot that passed its contract) (data of %s)'".formatted(committed));
        assertThat(rows(ANALYST, "SELECT snapshot_id, snapshot_at < latest_at, verified, tested_at IS NOT NULL, latest_snapshot_id FROM shop.\"told$lifecycle\" WHERE name = 'shop.told'"))
                .containsExactly(List.of(String.valueOf(first), true, true, true, String.valueOf(products.currentSnapshot("told"))));
        assertThat((String) rows(ANALYST, "SHOW CREATE TABLE shop.\"told$latest\"").getFirst().getFirst()).contains("(the newest data, verified or not)'");
        assertThat(rows(ANALYST, "SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'shop' AND table_name LIKE 'told%'"))
                .containsExactly(List.of("Rows of the shop. (data product shop.told, owner shop@shop.example) (serves the last snapshot that passed its contract)"));
    }

    @Test
    void testStatisticsAndPlanAreThoseOfTheSnapshot()
    {
        verified("planned");
        products.tested("planned", "curated", products.insert("planned", "(1, 'a@mail.example'), (2, 'b@mail.example')"), CheckStatus.PASSED);
        products.insert("planned", "(3, 'c@mail.example')");
        assertThat(rows(ANALYST, "SHOW STATS FOR shop.planned").getLast().get(4)).isEqualTo(2.0);
        assertThat(rows(ANALYST, "SHOW STATS FOR shop.\"planned$latest\"").getLast().get(4)).isEqualTo(3.0);
    }

    private void verified(String name)
    {
        products.apply(name, VERIFIED, Map.of("v1.yaml", contract(name, "1.0.0", "id: {type: long}\nemail: {type: string}")));
    }

    private List<Object> ids(String relation)
    {
        return column(OFFICER, "SELECT id FROM " + relation + " ORDER BY id");
    }
}
