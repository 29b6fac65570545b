package io.meshwright.bridge.reconciliation;

import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.CanonicalText;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.HashProfile;
import io.meshwright.model.fingerprint.LegacyDialect;
import io.meshwright.model.fingerprint.LegacyType;
import io.meshwright.model.fingerprint.MySqlDialect;
import io.meshwright.model.fingerprint.MySqlDialect.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestMariaDbDialect
        extends BaseDialectTest
{
    private TestingMariaDb database;

    @BeforeAll
    void start()
            throws IOException
    {
        database = TestingMariaDb.start();
    }

    @AfterAll
    void stop()
    {
        if (database != null) {
            database.close();
        }
    }

    @Override
    protected LegacyDialect dialect()
    {
        return new MySqlDialect(Product.MARIADB);
    }

    @Override
    protected List<HashProfile> profiles()
    {
        return List.of(HashProfile.MD5, HashProfile.SHA256);
    }

    @Override
    protected Connection connection()
            throws SQLException
    {
        Connection connection = database.connect();
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
                new TestedColumn("big", "bigint unsigned", "decimal(20, 0)", random -> {
                    Cell cell = RandomCells.decimal(random, 18, 0, 0);
                    return cell.literal().startsWith("-") ? new Cell(cell.literal().substring(1), ((BigDecimal) cell.product()).negate()) : cell;
                }),
                new TestedColumn("amount", "decimal(38, 9)", "decimal(38, 9)", random -> RandomCells.decimal(random, 38, 9, 9)),
                new TestedColumn("price", "decimal(18, 4)", "decimal(18, 2)", random -> RandomCells.decimal(random, 18, 4, 2)),
                new TestedColumn("units", "decimal(10, 0)", "long", random -> RandomCells.integer(random, 32)),
                new TestedColumn("happened", "datetime(6)", "timestamp", random -> RandomCells.timestamp(random, 6)),
                new TestedColumn("logged", "datetime(3)", "timestamp", random -> RandomCells.timestamp(random, 3)),
                new TestedColumn("occurred", "timestamp(6)", "timestamptz", random -> RandomCells.instant(random, "'%s'")),
                new TestedColumn("day", "date", "date", RandomCells::date),
                new TestedColumn("midnight", "datetime", "date", RandomCells::dateAsTimestamp),
                new TestedColumn("opens", "time(6)", "time", RandomCells::timeOfDay),
                new TestedColumn("flag", "bit(1)", "boolean", random -> random.nextBoolean() ? new Cell("b'1'", true) : new Cell("b'0'", false)),
                new TestedColumn("switched", "boolean", "boolean", random -> random.nextBoolean() ? new Cell("true", true) : new Cell("false", false)),
                new TestedColumn("code", "char(20)", "string", random -> RandomCells.text(random, 10)),
                new TestedColumn("title", "varchar(60)", "string", random -> RandomCells.text(random, 30)),
                new TestedColumn("remark", "text", "string", random -> RandomCells.text(random, 60)),
                new TestedColumn("token", "uuid", "string", RandomCells::uuid),
                new TestedColumn("bytes", "varbinary(40)", "binary", random -> RandomCells.bytes(random, "x'%s'")));
    }

    @Test
    void testDays()
            throws SQLException
    {
        verifyDays("timestamp", "datetime");
    }

    /**
     * A day that is none is not a missing one.
     */
    @Test
    void testDayZero()
            throws SQLException
    {
        try (Connection connection = connection()) {
            execute(connection, "CREATE TABLE zero (d date, t datetime(6))");
            execute(connection, "INSERT INTO zero VALUES ('0000-00-00', '0000-00-00 00:00:00')");
            for (String name : List.of("d", "t")) {
                ComparedColumn column = dialect().match(name, ReadOnlyExpression.parse(name), type(connection, "zero", name), name.equals("d") ? "date" : "timestamp", Optional.empty()).column().orElseThrow();
                Object value = CanonicalText.parse(column.type(), text(connection, "SELECT " + dialect().valueSql(column) + " FROM zero"));
                assertThat(value).isInstanceOf(String.class).asString().startsWith("0000-00-00");
            }
        }
    }

    @Test
    void testTypesWithoutACanonicalText()
            throws SQLException
    {
        try (Connection connection = connection()) {
            execute(connection, "CREATE TABLE others (document json, large longtext, picture longblob)");
            for (String name : List.of("document", "large", "picture")) {
                LegacyType type = type(connection, "others", name);
                assertThat(dialect().match(name, ReadOnlyExpression.parse(name), type, "string", Optional.empty()).reason())
                        .hasValue("the legacy type " + type + " is not compared; name an expression of another type below columns:");
            }
        }
    }

    @Test
    void testNothingIsWritten()
            throws SQLException
    {
        try (Connection connection = connection()) {
            execute(connection, "CREATE TABLE kept (n int)");
            for (String statement : dialect().begin()) {
                execute(connection, statement);
            }
            assertThatThrownBy(() -> execute(connection, "INSERT INTO kept VALUES (1)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("READ ONLY transaction");
        }
    }
}
