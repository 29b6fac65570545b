package io.meshwright.bridge.reconciliation;

import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.CanonicalText;
import io.meshwright.model.fingerprint.ColumnMatch;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.ComparedType;
import io.meshwright.model.fingerprint.Handshake;
import io.meshwright.model.fingerprint.HashProfile;
import io.meshwright.model.fingerprint.LegacyDay;
import io.meshwright.model.fingerprint.LegacyDialect;
import io.meshwright.model.fingerprint.LegacyType;
import io.meshwright.model.fingerprint.RowHash;
import io.meshwright.model.reconciliation.DayRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether a server and Java make the same numbers of the same rows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BaseDialectTest
{
    protected static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static final int ROWS = 3_000;
    private static final int ROWS_OF_A_STATEMENT = 1_000;

    /**
     * @param definition the column's type in the legacy database
     * @param iceberg the type of the product's column
     * @param value one for the legacy side and the same for the product
     */
    protected record TestedColumn(String name, String definition, String iceberg, Function<Random, Cell> value) {}

    /**
     * @param literal in the legacy database's SQL
     * @param product in the class of the kind of the product's type
     */
    protected record Cell(String literal, Object product) {}

    protected abstract LegacyDialect dialect();

    protected abstract List<HashProfile> profiles();

    protected abstract List<TestedColumn> columns();

    /**
     * A connection that {@link LegacyDialect#session} has set up.
     */
    protected abstract Connection connection()
            throws SQLException;

    protected final void setUp(Connection connection)
            throws SQLException
    {
        for (String statement : dialect().session(Duration.ofSeconds(60))) {
            execute(connection, statement);
        }
    }

    @Test
    void testHandshake()
            throws SQLException
    {
        List<ComparedColumn> all = Arrays.stream(ComparedType.Kind.values())
                .filter(ComparedType.Kind::isHashed)
                .map(kind -> new ComparedColumn(kind.name(), ReadOnlyExpression.parse("a"), LegacyType.of("any"), ComparedType.of(kind), ComparedType.of(kind), Optional.empty(), false))
                .collect(toImmutableList());
        try (Connection connection = connection(); Statement statement = connection.createStatement()) {
            for (HashProfile profile : profiles()) {
                Handshake handshake = Handshake.of(dialect(), profile, all);
                assertThat(handshake.probes()).hasSizeGreaterThan(50);
                List<Long> answers = new ArrayList<>();
                try (ResultSet result = statement.executeQuery(handshake.sql())) {
                    result.next();
                    for (int column = 1; column <= handshake.probes().size(); column++) {
                        answers.add(result.getLong(column));
                    }
                }
                assertThat(handshake.refusal(answers)).as("%s", profile).isEmpty();
                answers.set(1, answers.get(1) + 1);
                assertThat(handshake.refusal(answers)).hasValueSatisfying(reason -> assertThat(reason).startsWith("the server hashes integer 1 to "));
            }
        }
    }

    @Test
    void testRandomRows()
            throws SQLException
    {
        Random random = new Random(20261121);
        List<List<Object>> product = new ArrayList<>();
        try (Connection connection = connection()) {
            create(connection, "random_rows");
            List<String> rows = new ArrayList<>();
            for (int row = 0; row < ROWS; row++) {
                List<Object> values = new ArrayList<>();
                List<String> literals = new ArrayList<>();
                for (TestedColumn column : columns()) {
                    // one value in eight is missing
                    Cell cell = random.nextInt(8) == 0 ? new Cell("NULL", null) : column.value().apply(random);
                    literals.add(cell.literal());
                    values.add(cell.product());
                }
                product.add(values);
                rows.add("(" + row + ", " + String.join(", ", literals) + ")");
                if (rows.size() == ROWS_OF_A_STATEMENT) {
                    execute(connection, "INSERT INTO random_rows VALUES " + String.join(", ", rows));
                    rows.clear();
                }
            }
            List<ComparedColumn> compared = compared(connection, "random_rows");
            List<ComparedColumn> hashed = compared.stream().filter(column -> column.type().kind().isHashed()).collect(toImmutableList());
            for (HashProfile profile : profiles()) {
                verify(connection, profile, compared, hashed, product);
            }
        }
    }

    private void verify(Connection connection, HashProfile profile, List<ComparedColumn> compared, List<ComparedColumn> hashed, List<List<Object>> product)
            throws SQLException
    {
        RowHash hash = dialect().rowHash(profile, hashed);
        String select = "SELECT row_number_of_test, " + dialect().rowHashSql(profile, hashed)
                + hashed.stream().map(column -> ", " + dialect().columnHashSql(profile, column)).collect(joining())
                + compared.stream().map(column -> ", " + dialect().valueSql(column)).collect(joining())
                + " FROM random_rows";
        int rows = 0;
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(select)) {
            while (result.next()) {
                rows++;
                List<Object> all = new ArrayList<>();
                List<Object> values = new ArrayList<>();
                for (int index = 0; index < compared.size(); index++) {
                    Object value = compared.get(index).normalizer().normalized(product.get(result.getInt(1)).get(index));
                    all.add(value);
                    if (compared.get(index).type().kind().isHashed()) {
                        values.add(value);
                    }
                }
                for (int index = 0; index < compared.size(); index++) {
                    Object read = CanonicalText.parse(compared.get(index).type(), result.getString(index + 3 + hashed.size()));
                    if (!Objects.deepEquals(read, all.get(index))) {
                        // a million assertions would take longer than the server
                        assertThat(read).as("%s of row %s by %s", compared.get(index).column(), result.getInt(1), profile).isEqualTo(all.get(index));
                    }
                }
                for (int index = 0; index < hashed.size(); index++) {
                    if (result.getLong(index + 3) != hash.hash(index, values.get(index))) {
                        assertThat(result.getLong(index + 3)).as("hash of %s %s by %s", hashed.get(index).column(), values.get(index), profile).isEqualTo(hash.hash(index, values.get(index)));
                    }
                }
                assertThat(result.getLong(2)).as("hash of row %s by %s", values, profile).isEqualTo(hash.hash(values));
            }
        }
        assertThat(rows).isEqualTo(ROWS);
    }

    @Test
    void testSumsAndBuckets()
            throws SQLException
    {
        long[] keys = {0, 1, -1, 4_095, 4_096, -4_096, -4_097, Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE, Long.MIN_VALUE + 1};
        try (Connection connection = connection()) {
            execute(connection, "DROP TABLE IF EXISTS numbers");
            execute(connection, "CREATE TABLE numbers (k bigint)");
            execute(connection, "INSERT INTO numbers VALUES " + Arrays.stream(keys).mapToObj(key -> "(" + key + ")").collect(joining(", ")));
            ComparedColumn key = dialect().match("k", ReadOnlyExpression.parse("k"), LegacyType.of("bigint"), "long", Optional.empty()).column().orElseThrow();
            String number = dialect().numberSql(key);
            Bucketing byKey = new Bucketing(true, 12);
            Bucketing byHash = new Bucketing(false, 10);
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT k, " + dialect().bucketSql(byKey, number) + ", " + dialect().bucketSql(byHash, dialect().rowHashSql(HashProfile.MD5, List.of(key))) + " FROM numbers")) {
                RowHash hash = dialect().rowHash(HashProfile.MD5, List.of(key));
                while (result.next()) {
                    assertThat(result.getLong(2)).as("bucket of key %s", result.getLong(1)).isEqualTo(byKey.bucket(result.getLong(1)));
                    assertThat(result.getLong(3)).as("bucket of hash of %s", result.getLong(1)).isEqualTo(byHash.bucket(hash.hash(List.of(result.getLong(1)))));
                }
            }
            BigInteger sum = Arrays.stream(keys).filter(value -> value > 4_096).mapToObj(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
            assertThat(text(connection, "SELECT " + dialect().sumSql(number) + " FROM numbers WHERE k > 4096")).as("a sum of more than 64 bits").isEqualTo(sum.toString());
            assertThat(text(connection, "SELECT " + dialect().sumSql(number) + " FROM numbers WHERE k = 5")).as("a sum of nothing").isEqualTo("0");
        }
    }

    /**
     * The days on which clocks change, at each half hour, as instants and as clocks on the wall.
     */
    protected final void verifyDays(String instantType, String timestampType)
            throws SQLException
    {
        DayRange range = new DayRange(LocalDate.parse("2026-03-29"), LocalDate.parse("2026-10-25"), BERLIN);
        Map<Integer, Instant> instants = new HashMap<>();
        List<String> rows = new ArrayList<>();
        for (String from : List.of("2026-03-27T22:00:00Z", "2026-10-24T20:00:00Z")) {
            for (int half = 0; half < 120; half++) {
                Instant instant = Instant.parse(from).plusSeconds(half * 1_800L);
                String text = instant.toString().replace("T", " ").replace("Z", "");
                instants.put(instants.size(), instant);
                rows.add("(%d, '%s', '%s')".formatted(rows.size(), text, text));
            }
        }
        try (Connection connection = connection()) {
            execute(connection, "DROP TABLE IF EXISTS days");
            execute(connection, "CREATE TABLE days (n int, i " + instantType + " NULL, t " + timestampType + " NULL)");
            execute(connection, "INSERT INTO days VALUES " + String.join(", ", rows));
            for (String column : List.of("i", "t")) {
                LegacyDay day = dialect().day(type(connection, "days", column), dialect().expression(ReadOnlyExpression.parse(column)), range);
                try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery("SELECT n, " + day.day() + ", CASE WHEN " + day.within() + " THEN 1 ELSE 0 END FROM days")) {
                    while (result.next()) {
                        Instant instant = instants.get(result.getInt(1));
                        LocalDate expected = LocalDate.ofInstant(instant, column.equals("i") ? BERLIN : ZoneId.of("UTC"));
                        assertThat(result.getString(2)).as("day of %s at %s", column, instant).startsWith(expected.toString());
                        assertThat(result.getInt(3)).as("%s is within the range", instant).isEqualTo(expected.isBefore(range.from()) || expected.isAfter(range.to()) ? 0 : 1);
                    }
                }
            }
        }
    }

    @Test
    void testTimeOfTheServer()
            throws SQLException
    {
        try (Connection connection = connection()) {
            long microseconds = Long.parseLong(text(connection, dialect().now()));
            assertThat(Duration.between(Instant.ofEpochMilli(microseconds / 1_000), Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
        }
    }

    private void create(Connection connection, String table)
            throws SQLException
    {
        execute(connection, "DROP TABLE IF EXISTS " + table);
        // a column of MariaDB's type timestamp refuses NULL unless it is told not to
        execute(connection, "CREATE TABLE " + table + " (row_number_of_test int, " + columns().stream().map(column -> column.name() + " " + column.definition() + " NULL").collect(joining(", ")) + ")");
    }

    private List<ComparedColumn> compared(Connection connection, String table)
            throws SQLException
    {
        List<ComparedColumn> compared = new ArrayList<>();
        for (TestedColumn column : columns()) {
            ColumnMatch match = dialect().match(column.name(), ReadOnlyExpression.parse("`" + column.name() + "`"), type(connection, table, column.name()), column.iceberg(), Optional.of(BERLIN));
            assertThat(match.reason()).as(column.name()).isEmpty();
            compared.add(match.column().orElseThrow());
        }
        return compared;
    }

    protected static LegacyType type(Connection connection, String table, String expression)
            throws SQLException
    {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery("SELECT " + expression + " FROM " + table + " WHERE 1 = 0")) {
            ResultSetMetaData metadata = result.getMetaData();
            return new LegacyType(metadata.getColumnTypeName(1), metadata.getPrecision(1), metadata.getScale(1));
        }
    }

    protected static String text(Connection connection, String query)
            throws SQLException
    {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(query)) {
            return result.next() ? result.getString(1) : null;
        }
    }

    protected static void execute(Connection connection, String sql)
            throws SQLException
    {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
