package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.ColumnMatch;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.fingerprint.Handshake;
import io.meshwright.model.fingerprint.HashProfile;
import io.meshwright.model.fingerprint.LegacyDialect;
import io.meshwright.model.fingerprint.LegacyType;
import io.meshwright.model.fingerprint.OracleDialect;
import io.meshwright.model.fingerprint.RedshiftDialect;
import io.meshwright.model.fingerprint.SnowflakeDialect;
import io.meshwright.model.fingerprint.SqlServerDialect;
import io.meshwright.model.reconciliation.CountPlan;
import io.meshwright.model.reconciliation.CountPlan.KeyColumn;
import io.meshwright.model.reconciliation.CountPlan.WindowColumn;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.model.reconciliation.WindowResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The text of every statement for databases that cannot be run here. It proves nothing about those databases: it shows what they would be sent, and that nobody changes it
 * unseen.
 */
final class TestStatementsNotExecuted
{
    private static final Set<String> WINDOWS = Set.of("2026-03-28", "2026-03-29", "2026-03-31", WindowResult.NULL_WINDOW);

    private enum Database
    {
        REDSHIFT(new RedshiftDialect(), "int8 0 0", "varchar 40 0", "numeric 18 4", "timestamp 0 6", "timestamptz 0 6", "date 0 0", "bool 0 0", "bpchar 5 0", "varbyte 40 0", "float8 0 0"),
        SNOWFLAKE(new SnowflakeDialect(), "NUMBER 18 0", "VARCHAR 40 0", "NUMBER 18 4", "TIMESTAMPNTZ 0 9", "TIMESTAMPLTZ 0 9", "DATE 0 0", "BOOLEAN 0 0", "CHAR 5 0", "BINARY 40 0", "FLOAT 0 0"),
        ORACLE(new OracleDialect(), "NUMBER 18 0", "VARCHAR2 40 0", "NUMBER 18 4", "TIMESTAMP 0 6", "TIMESTAMP WITH TIME ZONE 0 6", "DATE 0 0", "NUMBER 1 0", "CHAR 5 0", "RAW 40 0", "BINARY_DOUBLE 0 0"),
        SQL_SERVER(new SqlServerDialect(), "bigint 19 0", "nvarchar 40 0", "decimal 18 4", "datetime2 0 7", "datetimeoffset 0 7", "date 0 0", "bit 1 0", "char 5 0", "varbinary 40 0", "float 0 0");

        private final LegacyDialect dialect;
        private final List<LegacyType> types;

        Database(LegacyDialect dialect, String... types)
        {
            this.dialect = dialect;
            this.types = Arrays.stream(types).map(Database::type).collect(toImmutableList());
        }

        private static LegacyType type(String text)
        {
            String[] digits = text.replaceFirst("^.*?(\\d+ \\d+)$", "$1").split(" ");
            return new LegacyType(text.replaceFirst(" \\d+ \\d+$", ""), Integer.parseInt(digits[0]), Integer.parseInt(digits[1]));
        }
    }

    private static final List<String> NAMES = List.of("id", "name", "amount", "happened", "occurred", "day", "flag", "code", "bytes", "score");
    private static final List<String> PRODUCT = List.of("long", "string", "decimal(18, 2)", "timestamp", "timestamptz", "date", "boolean", "string", "binary", "double");

    @ParameterizedTest
    @EnumSource
    void testText(Database database)
            throws IOException
    {
        String file = database.name().toLowerCase(Locale.ROOT).replace("_", "-") + ".sql";
        String actual = statements(database);
        Path written = Path.of("target/statements", file);
        Files.createDirectories(written.getParent());
        Files.writeString(written, actual);
        assertThat(actual)
                .as("What is written to %s, against the file of test resources; copy it there where the change is meant", written)
                .isEqualTo(Resources.toString(Resources.getResource(getClass(), "statements/" + file), UTF_8));
    }

    private static String statements(Database database)
    {
        LegacyDialect dialect = database.dialect;
        List<ComparedColumn> columns = columns(database);
        Script script = new Script();
        script.add("session", dialect.session(Duration.ofSeconds(60)));
        script.add("transaction", dialect.begin());
        script.add("time of the server", List.of(dialect.now()));
        List<ComparedColumn> integer = columns.subList(0, 1);
        script.add("handshake of md5, of integers and texts", List.of(Handshake.of(dialect, HashProfile.MD5, integer).sql()));
        FingerprintPlan byNumber = plan(dialect, HashProfile.MD5, integer, columns.subList(1, columns.size()));
        LegacyStatements statements = new LegacyStatements(dialect, windows(database, 5), byNumber, HashProfile.MD5, Instant.parse("2026-04-01T02:00:00Z"));
        Bucketing ranges = new Bucketing(true, 12);
        script.add("rows of days", List.of(statements.counts(WINDOWS)));
        script.add("sums of days", List.of(statements.windowSums(WINDOWS, byNumber.allColumns())));
        script.add("sums of ranges of the key", List.of(statements.cellSums(WINDOWS, ranges)));
        script.add("rows of ranges of the key", List.of(statements.rowsOf(List.of(new Cell("2026-03-29", -1), new Cell("2026-03-29", 7), new Cell("null", Bucketing.NULL_BUCKET)), ranges)));
        script.add("some keys of a day", List.of(statements.someKeys("2026-03-29", 100)));
        script.add("rows of keys", List.of(statements.rows(WINDOWS, List.of(List.of(7L), List.of(-7L)))));
        FingerprintPlan byText = plan(dialect, HashProfile.SHA256, columns.subList(1, 2), ImmutableList.of(columns.get(0), columns.get(2)));
        LegacyStatements ofTexts = new LegacyStatements(dialect, windows(database, 4), byText, HashProfile.SHA256, Instant.parse("2026-04-01T02:00:00Z"));
        Bucketing hashes = new Bucketing(false, 4);
        script.add("sums of buckets of a text key, by sha256, days of an instant", List.of(ofTexts.cellSums(Set.of("2026-03-29"), hashes)));
        script.add("rows of buckets of a text key", List.of(ofTexts.rowsOf(List.of(new Cell("2026-03-29", 3)), hashes)));
        script.add("rows of text keys", List.of(ofTexts.rows(Set.of("2026-03-29"), List.of(List.of("a'b")))));
        script.add("days of a timestamp", List.of(new LegacyStatements(dialect, windows(database, 3), byText, HashProfile.SHA256, Instant.parse("2026-04-01T02:00:00Z")).counts(WINDOWS)));
        CountPlan keys = new CountPlan(
                "sales.orders",
                byNumber.legacyFilter(),
                Optional.empty(),
                List.of(new KeyColumn("name", columns.get(1).legacy())),
                byNumber.window(),
                byNumber.range());
        script.add("distinct keys of days", List.of(LegacyCounts.statement(dialect, dialect.tableAsOf("sales.orders", Instant.parse("2026-04-01T02:00:00Z")), windows(database, 5), keys, database.types.subList(1, 2))));
        return script.toString();
    }

    private static List<ComparedColumn> columns(Database database)
    {
        ImmutableList.Builder<ComparedColumn> columns = ImmutableList.builder();
        for (int index = 0; index < NAMES.size(); index++) {
            ColumnMatch match = database.dialect.match(NAMES.get(index), column(index), database.types.get(index), PRODUCT.get(index), Optional.of(ZoneId.of("UTC")));
            assertThat(match.reason()).as(NAMES.get(index)).isEmpty();
            columns.add(match.column().orElseThrow());
        }
        return columns.build();
    }

    private static ReadOnlyExpression column(int index)
    {
        return ReadOnlyExpression.parse("`" + NAMES.get(index) + "`");
    }

    private static FingerprintPlan plan(LegacyDialect dialect, HashProfile profile, List<ComparedColumn> key, List<ComparedColumn> others)
    {
        List<ComparedColumn> hashed = ImmutableList.<ComparedColumn>builder()
                .addAll(key)
                .addAll(others.stream().filter(column -> column.type().kind().isHashed()).collect(toImmutableList()))
                .build();
        return new FingerprintPlan(
                "sales.orders",
                Optional.of(ReadOnlyExpression.parse("status <> 'TEST'")),
                Optional.empty(),
                key,
                others,
                dialect.rowHash(profile, hashed),
                dialect.rowHash(profile, key),
                Map.of(),
                Optional.of(new WindowColumn("day", column(5))),
                Optional.of(new DayRange(LocalDate.parse("2026-03-28"), LocalDate.parse("2026-03-31"), ZoneId.of("Asia/Seoul"))));
    }

    private static LegacyWindows windows(Database database, int column)
    {
        return LegacyWindows.days(database.dialect, database.types.get(column), database.dialect.expression(column(column)), ZoneId.of("Asia/Seoul"));
    }

    /**
     * A part of a statement a line, as far as parentheses allow.
     */
    private static final class Script
    {
        private final StringBuilder text = new StringBuilder("-- not executed: no such server has run this\n");

        void add(String title, List<String> statements)
        {
            text.append("\n-- ").append(title).append('\n');
            statements.forEach(statement -> text.append(lines(statement)).append(";\n"));
        }

        private static String lines(String statement)
        {
            StringBuilder lines = new StringBuilder();
            int depth = 0;
            int innerSelect = statement.indexOf("(SELECT");
            boolean literal = false;
            for (int index = 0; index < statement.length(); index++) {
                int at = index;
                char character = statement.charAt(index);
                literal ^= character == '\'';
                if (!literal) {
                    depth += character == '(' ? 1 : character == ')' ? -1 : 0;
                }
                int top = innerSelect >= 0 && index > innerSelect ? 1 : 0;
                boolean ends = depth == top && character == ' ' && statement.charAt(index - 1) == ',';
                boolean begins = depth <= top && Stream.of(" FROM ", " WHERE ", " GROUP BY ").anyMatch(word -> statement.startsWith(word, at));
                boolean breaks = !literal && (ends || begins);
                lines.append(breaks ? "\n    " : character);
            }
            return lines.toString();
        }

        @Override
        public String toString()
        {
            return text.toString();
        }
    }
}
