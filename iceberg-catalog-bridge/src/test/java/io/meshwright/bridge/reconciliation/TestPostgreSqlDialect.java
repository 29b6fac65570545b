package io.meshwright.bridge.reconciliation;

import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.CanonicalText;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.HashProfile;
import io.meshwright.model.fingerprint.LegacyDialect;
import io.meshwright.model.fingerprint.PostgreSqlDialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class TestPostgreSqlDialect
        extends BaseDialectTest
{
    private EmbeddedPostgres postgres;

    @BeforeAll
    void start()
            throws IOException
    {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    void stop()
            throws IOException
    {
        postgres.close();
    }

    @Override
    protected LegacyDialect dialect()
    {
        return new PostgreSqlDialect();
    }

    @Override
    protected List<HashProfile> profiles()
    {
        return List.of(HashProfile.values());
    }

    @Override
    protected Connection connection()
            throws SQLException
    {
        Connection connection = postgres.getPostgresDatabase().getConnection();
        setUp(connection);
        return connection;
    }

    @Override
    protected List<TestedColumn> columns()
    {
        return List.of(
                new TestedColumn("id", "bigint", "long", random -> RandomCells.integer(random, 64)),
                new TestedColumn("number", "int", "long", random -> RandomCells.integer(random, 32)),
                new TestedColumn("small", "smallint", "int", random -> RandomCells.integer(random, 16)),
                new TestedColumn("amount", "numeric(38, 9)", "decimal(38, 9)", random -> RandomCells.decimal(random, 38, 9, 9)),
                new TestedColumn("price", "numeric(18, 4)", "decimal(18, 2)", random -> RandomCells.decimal(random, 18, 4, 2)),
                new TestedColumn("rate", "numeric", "decimal(20, 3)", random -> RandomCells.decimal(random, 15, 3, 3)),
                new TestedColumn("whole", "bigint", "decimal(19, 0)", random -> RandomCells.decimal(random, 18, 0, 0)),
                new TestedColumn("units", "numeric(10, 0)", "long", random -> RandomCells.integer(random, 32)),
                new TestedColumn("happened", "timestamp", "timestamp", random -> RandomCells.timestamp(random, 6)),
                new TestedColumn("logged", "timestamp(3)", "timestamp", random -> RandomCells.timestamp(random, 3)),
                new TestedColumn("occurred", "timestamptz", "timestamptz", random -> RandomCells.instant(random, "'%s+00'")),
                new TestedColumn("shown", "timestamp", "timestamptz", random -> RandomCells.clock(random, BERLIN)),
                new TestedColumn("day", "date", "date", RandomCells::date),
                new TestedColumn("midnight", "timestamp", "date", RandomCells::dateAsTimestamp),
                new TestedColumn("opens", "time", "time", RandomCells::timeOfDay),
                new TestedColumn("flag", "boolean", "boolean", random -> random.nextBoolean() ? new Cell("true", true) : new Cell("false", false)),
                new TestedColumn("bit", "smallint", "boolean", random -> random.nextBoolean() ? new Cell("1", true) : new Cell("0", false)),
                new TestedColumn("code", "char(20)", "string", random -> RandomCells.text(random, 10)),
                new TestedColumn("title", "varchar(60)", "string", random -> RandomCells.text(random, 30)),
                new TestedColumn("remark", "text", "string", random -> RandomCells.text(random, 60)),
                new TestedColumn("token", "uuid", "string", RandomCells::uuid),
                new TestedColumn("bytes", "bytea", "binary", random -> RandomCells.bytes(random, "decode('%s', 'hex')")));
    }

    @Test
    void testDays()
            throws SQLException
    {
        verifyDays("timestamptz", "timestamp");
    }

    @Test
    void testValuesThatTheProductCannotHave()
            throws SQLException
    {
        try (Connection connection = connection()) {
            execute(connection, "CREATE TABLE beyond (d date, t timestamp, n numeric)");
            execute(connection, "INSERT INTO beyond VALUES ('infinity', '-infinity', 'NaN')");
            ComparedColumn day = column(connection, "d", "date");
            ComparedColumn time = column(connection, "t", "timestamp");
            ComparedColumn number = column(connection, "n", "decimal(18, 2)");
            List<ComparedColumn> columns = List.of(day, time, number);
            List<Object> values = List.of(Long.MAX_VALUE, Long.MIN_VALUE, "NaN");
            for (int index = 0; index < columns.size(); index++) {
                String text = text(connection, "SELECT " + dialect().valueSql(columns.get(index)) + " FROM beyond");
                assertThat(CanonicalText.parse(columns.get(index).type(), text)).isEqualTo(values.get(index));
            }
            for (HashProfile profile : profiles()) {
                String hash = text(connection, "SELECT " + dialect().rowHashSql(profile, List.of(day, time)) + " FROM beyond");
                assertThat(Long.parseLong(hash)).as("%s", profile).isEqualTo(dialect().rowHash(profile, List.of(day, time)).hash(values.subList(0, 2)));
            }
            String notANumber = text(connection, "SELECT " + dialect().rowHashSql(HashProfile.NATIVE, List.of(number)) + " FROM beyond");
            String missing = text(connection, "SELECT " + dialect().rowHashSql(HashProfile.NATIVE, List.of(number)) + " FROM (SELECT NULL::numeric AS n) r");
            assertThat(notANumber).as("no number is not a missing one").isNotEqualTo(missing);
        }
    }

    @Test
    void testCollationsThatTheHashDoesNotFollow()
            throws SQLException
    {
        try (Connection connection = connection()) {
            execute(connection, "CREATE TABLE plain (name text)");
            assertThat(text(connection, dialect().nativeRefusals("plain").orElseThrow())).isNull();
            execute(connection, "CREATE COLLATION ignoring_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
            execute(connection, "CREATE TABLE collated (name text COLLATE ignoring_case)");
            assertThat(text(connection, dialect().nativeRefusals("collated").orElseThrow())).isEqualTo("column name has the nondeterministic collation ignoring_case");
        }
    }

    private ComparedColumn column(Connection connection, String name, String iceberg)
            throws SQLException
    {
        return dialect().match(name, ReadOnlyExpression.parse(name), type(connection, "beyond", name), iceberg, Optional.empty()).column().orElseThrow();
    }
}
