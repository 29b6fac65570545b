package io.meshwright.spark.producer;

import com.google.common.base.Throwables;
import io.meshwright.spark.job.TestingProduct;
import io.meshwright.spark.session.TestingLake;
import org.apache.iceberg.Snapshot;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestContractExtension
{
    private static final String TABLE = "mesh.quality.guarded_orders";

    private final TestingLake lake = TestingLake.get();

    private SparkSession producer;
    private Path config;

    @BeforeAll
    void setUp(@TempDir Path folder)
    {
        TestingProduct product = new TestingProduct(folder);
        config = product.config("");
        product.apply(
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata: {name: guarded-orders, domain: quality, owner: quality@retailer.example}
                spec:
                  description: "Orders of the shop."
                  outputPorts:
                    - {name: curated, type: iceberg, contract: ./contract.yaml}
                  sla: {freshness: "<= 365d"}
                """,
                """
                dataContractSpecification: 1.2.1
                id: quality.guarded-orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields:
                      order_id: {type: string, required: true, pattern: '^ORD-'}
                      total: {type: long, minimum: 0}
                      state: {type: string, enum: [open, paid]}
                      address:
                        type: record
                        fields:
                          zip: {type: string, maxLength: 5}
                    quality:
                      - {type: library, metric: rowCount, mustBeGreaterThan: 0}
                """);
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
        producer = org.apache.spark.sql.classic.SparkSession.builder().withExtensions(new ContractExtension()).getOrCreate();
        lake.session().conf().getAll().foreach(setting -> {
            if (setting._1().startsWith("spark.sql.catalog.mesh")) {
                producer.conf().set(setting._1(), setting._2());
            }
            return null;
        });
        producer.conf().set(ContractExtension.CONFIG, config.toString());
        // so that every session sees what the other did
        producer.conf().set("spark.sql.catalog.mesh.cache-enabled", "false");
        insert("('ORD-1', 5, 'open', named_struct('zip', '10115'))");
    }

    @AfterAll
    void tearDown()
    {
        SparkSession.setDefaultSession(lake.session());
        SparkSession.setActiveSession(lake.session());
    }

    @Test
    void testWhatKeepsTheContractIsWritten()
    {
        Optional<Snapshot> before = snapshot();
        insert("('ORD-2', NULL, NULL, NULL)", "('ORD-3', 0, 'paid', named_struct('zip', NULL))");
        assertThat(snapshot()).isNotEqualTo(before);
        sql("MERGE INTO " + TABLE + " t USING (SELECT 'ORD-2' id) s ON t.order_id = s.id WHEN MATCHED THEN UPDATE SET total = 7");
        sql("UPDATE " + TABLE + " SET total = 8 WHERE order_id = 'ORD-2'");
        assertThat(producer.sql("SELECT total FROM " + TABLE + " WHERE order_id = 'ORD-2'").first().getLong(0)).isEqualTo(8);
        sql("DELETE FROM " + TABLE + " WHERE order_id IN ('ORD-2', 'ORD-3')");
        assertThat(producer.table(TABLE).count()).isEqualTo(1);
    }

    @Test
    void testRowsThatBreakARuleAreNotWritten()
    {
        assertRefused("field order_id, rule order_id.pattern", "secret", () -> insert("('ORD-2', 1, NULL, NULL)", "('secret', 1, NULL, NULL)"));
        assertRefused("field total, rule total.minimum", "-77", () -> insert("('ORD-2', -77, NULL, NULL)"));
        assertRefused("field state, rule state.enum", "secret", () -> insert("('ORD-2', 1, 'secret', NULL)"));
        assertRefused("field address.zip, rule address.zip.maxLength", "1234567", () -> insert("('ORD-2', 1, NULL, named_struct('zip', '1234567'))"));
        assertRefused("order_id", "77", () -> insert("(NULL, 77, NULL, NULL)"));
    }

    @Test
    void testEveryKindOfWrite()
            throws Exception
    {
        String bad = "SELECT concat('ORD-', id) order_id, if(id = 900, -77L, id) total, 'open' state, named_struct('zip', '1') address FROM range(0, 1000, 1, 4)";
        String minimum = "field total, rule total.minimum";
        assertRefused(minimum, "-77", () -> sql("INSERT INTO " + TABLE + " " + bad));
        assertRefused(minimum, "-77", () -> sql("INSERT OVERWRITE " + TABLE + " " + bad));
        assertRefused(minimum, "-77", () -> sql("WITH bad AS (" + bad + ") INSERT INTO " + TABLE + " SELECT * FROM bad UNION ALL SELECT * FROM bad"));
        assertRefused(minimum, "-77", () -> producer.sql(bad).writeTo(TABLE).append());
        assertRefused(minimum, "-77", () -> producer.sql(bad).writeTo(TABLE).overwrite(org.apache.spark.sql.functions.lit(true)));
        assertRefused(minimum, "-77", () -> producer.sql(bad).writeTo(TABLE).overwritePartitions());
        assertRefused(minimum, "-77", () -> producer.sql(bad).write().format("iceberg").mode("append").saveAsTable(TABLE));
        for (String mode : new String[] {"copy-on-write", "merge-on-read"}) {
            sql("ALTER TABLE " + TABLE + " SET TBLPROPERTIES ('write.merge.mode'='" + mode + "', 'write.update.mode'='" + mode + "')");
            assertRefused(minimum, "-77", () -> sql("MERGE INTO " + TABLE + " t USING (" + bad + ") s ON t.order_id = s.order_id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *"));
            assertRefused(minimum, "-77", () -> sql("UPDATE " + TABLE + " SET total = -77 WHERE order_id = 'ORD-1'"));
        }
        assertRefused("its table is not replaced", "-77", () -> sql("CREATE OR REPLACE TABLE " + TABLE + " USING iceberg AS " + bad));
        assertRefused("its table is not replaced", "-77", () -> sql("REPLACE TABLE " + TABLE + " (order_id STRING) USING iceberg"));
    }

    @Test
    void testColumnsThatDoNotMatch()
    {
        sql("ALTER TABLE " + TABLE + " SET TBLPROPERTIES ('write.spark.accept-any-schema'='true')");
        try {
            assertRefused("required field order_id is not written", "77", () -> producer.sql("SELECT 77L total").writeTo(TABLE).option("mergeSchema", "true").append());
            assertRefused("field total is string", "77", () -> producer.sql("SELECT 'ORD-2' order_id, '77' total").writeTo(TABLE).option("mergeSchema", "true").append());
            assertRefused("field more is neither in the contract nor in the table", "77", () -> producer.sql("SELECT 'ORD-2' order_id, 77 more").writeTo(TABLE).option("mergeSchema", "true").append());
        }
        finally {
            sql("ALTER TABLE " + TABLE + " UNSET TBLPROPERTIES ('write.spark.accept-any-schema')");
        }
    }

    @Test
    void testOtherTablesAreWrittenAsEver()
    {
        sql("CREATE TABLE mesh.quality.unguarded USING iceberg AS SELECT 'x' order_id, -1L total");
        sql("INSERT INTO mesh.quality.unguarded VALUES ('y', -2)", "CREATE OR REPLACE TABLE mesh.quality.unguarded USING iceberg AS SELECT 1 one", "DROP TABLE mesh.quality.unguarded");
    }

    @Test
    void testNothingIsWrittenWhileTheRegistryCannotBeRead()
    {
        producer.conf().set(ContractExtension.CONFIG, config.resolveSibling("no-such.yaml").toString());
        try {
            assertRefused("no-such.yaml", "ORD-2", () -> insert("('ORD-2', 1, NULL, NULL)"));
        }
        finally {
            producer.conf().set(ContractExtension.CONFIG, config.toString());
        }
    }

    private void assertRefused(String reason, String value, ThrowingCallable write)
    {
        Optional<Snapshot> before = snapshot();
        Throwable failure = catchThrowable(write);
        assertThat(failure).as(reason).isNotNull();
        assertThat(Throwables.getCausalChain(failure).stream().map(cause -> String.valueOf(cause.getMessage())).filter(message -> message.contains(reason)).findFirst())
                .as("%s", Throwables.getStackTraceAsString(failure)).isPresent()
                .get().asString().doesNotContain(value);
        assertThat(snapshot()).as(reason).isEqualTo(before);
    }

    private Optional<Snapshot> snapshot()
    {
        return Optional.ofNullable(lake.table("quality", "guarded_orders").currentSnapshot());
    }

    private void insert(String... rows)
    {
        sql("INSERT INTO " + TABLE + " VALUES " + String.join(", ", rows));
    }

    private void sql(String... statements)
    {
        for (String statement : statements) {
            producer.sql(statement);
        }
    }
}
