package io.meshwright.model.fingerprint;

import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.MySqlDialect.Product;
import io.meshwright.model.reconciliation.ValueDifference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestColumnMatch
{
    private static final Optional<ZoneId> BERLIN = Optional.of(ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "long           | int4        | 10 | 0 | INTEGER(0)",
            "decimal(18, 2) | numeric     | 18 | 2 | DECIMAL(2)",
            "decimal(18, 2) | numeric     | 18 | 4 | DECIMAL(2) scale drop: the product has 2 digits after the point, the legacy column 4; 2 are compared, rounded half up",
            "decimal(18, 4) | numeric     | 18 | 2 | DECIMAL(2) scale drop: the product has 4 digits after the point, the legacy column 2; 2 are compared, rounded half up",
            "decimal(18, 2) | numeric     | 0  | 0 | DECIMAL(2) scale drop: the product has 2 digits after the point, the legacy column any number; 2 are compared, rounded half up",
            "long           | numeric     | 10 | 0 | DECIMAL(0)",
            "double         | numeric     | 10 | 2 | DOUBLE(0)",
            "float          | float8      | 0  | 0 | REAL(0)",
            "timestamp      | timestamp   | 0  | 6 | TIMESTAMP(6)",
            "timestamp      | timestamp   | 0  | 3 | TIMESTAMP(3) precision truncated: the product has 6 digits of a second, the legacy column 3; 3 are compared",
            "timestamptz    | timestamptz | 0  | 6 | INSTANT(6)",
            "date           | timestamp   | 0  | 6 | TIMESTAMP(6)",
            "timestamp      | date        | 0  | 0 | TIMESTAMP(6)",
            "string         | bpchar      | 3  | 0 | CHAR(0)",
            "string         | uuid        | 0  | 0 | UUID(0)",
            "boolean        | int2        | 5  | 0 | INTEGER(0) true is compared as 1, false as 0",
            "fixed[16]      | bytea       | 0  | 0 | BINARY(0)",
    })
    void testTypesMeet(String iceberg, String legacy, int precision, int scale, String expected)
    {
        ColumnMatch match = match(new PostgreSqlDialect(), iceberg, new LegacyType(legacy, precision, scale), Optional.empty());
        ComparedType type = match.column().orElseThrow().type();
        assertThat((type.kind() + "(" + type.precision() + ") " + String.join("; ", match.notes())).strip()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "timestamptz | timestamp | one of the product's type timestamptz and the legacy type timestamp has no time zone; declare zone: below window:",
            "long        | text      | the product's type long and the legacy type text have no values in common; name an expression of another type below columns:",
            "string      | json      | the legacy type json is not compared; name an expression of another type below columns:",
            "string      | _text     | the legacy type _text is not compared; name an expression of another type below columns:",
            "list<int>   | text      | the product's type list<int> has no form that both sides could give",
    })
    void testTypesThatDoNotMeet(String iceberg, String legacy, String reason)
    {
        assertThat(match(new PostgreSqlDialect(), iceberg, LegacyType.of(legacy), Optional.empty()).reason()).hasValue(reason);
    }

    @Test
    void testZoneOfAClock()
    {
        LegacyType timestamp = new LegacyType("timestamp", 0, 6);
        assertThat(match(new PostgreSqlDialect(), "timestamptz", timestamp, BERLIN).column().orElseThrow().zone()).isEqualTo(BERLIN);
        assertThat(match(new PostgreSqlDialect(), "timestamp", timestamp, BERLIN).column().orElseThrow().zone()).isEmpty();
        assertThat(match(new MySqlDialect(Product.MARIADB), "timestamptz", new LegacyType("DATETIME", 0, 6), BERLIN).reason())
                .hasValue("MariaDB cannot be asked for the clock of Europe/Berlin; name an expression in UTC below columns:");
    }

    @Test
    void testValuesOfTheProduct()
    {
        LegacyDialect oracle = new OracleDialect();
        assertThat(match(oracle, "string", new LegacyType("CHAR", 5, 0), Optional.empty()).column().orElseThrow().normalizer().normalized("   ")).isNull();
        assertThat(match(oracle, "date", LegacyType.of("DATE"), Optional.empty()).column().orElseThrow().normalizer().normalized(1L)).isEqualTo(86_400_000_000L);
        LegacyDialect postgres = new PostgreSqlDialect();
        assertThat(match(postgres, "string", LegacyType.of("bpchar"), Optional.empty()).column().orElseThrow().normalizer().normalized(" a  ")).isEqualTo(" a");
        assertThat(match(postgres, "string", LegacyType.of("text"), Optional.empty()).column().orElseThrow().normalizer().normalized("")).isEqualTo("");
        assertThat(match(postgres, "decimal(9, 3)", new LegacyType("numeric", 9, 2), Optional.empty()).column().orElseThrow().normalizer().normalized(new BigDecimal("-1.005"))).isEqualTo(new BigDecimal("-1.01"));
        assertThat(match(postgres, "timestamp", new LegacyType("timestamp", 0, 3), Optional.empty()).column().orElseThrow().normalizer().normalized(-1L)).isEqualTo(-1_000L);
    }

    /**
     * Where the legacy database cannot tell the two, they are no difference, and the report says so; where it can, they are one.
     */
    @Test
    void testEmptyTextAndNull()
    {
        ColumnMatch oracle = match(new OracleDialect(), "string", new LegacyType("VARCHAR2", 20, 0), Optional.empty());
        assertThat(oracle.notes()).containsExactly("the empty text is NULL on both sides, as Oracle has it");
        ComparedColumn column = oracle.column().orElseThrow();
        assertThat(column.normalizer().normalized("")).isNull();
        assertThat(column.normalizer().normalized(" ")).isEqualTo(" ");
        assertThat(ValueDifference.of(column.type(), null, column.normalizer().normalized(""))).isEmpty();
        assertThat(match(new OracleDialect(), "long", new LegacyType("NUMBER", 10, 0), Optional.empty()).notes()).isEmpty();
        ColumnMatch postgres = match(new PostgreSqlDialect(), "string", LegacyType.of("text"), Optional.empty());
        assertThat(postgres.notes()).isEmpty();
        ComparedColumn exact = postgres.column().orElseThrow();
        assertThat(ValueDifference.of(exact.type(), null, exact.normalizer().normalized(""))).hasValue(ValueDifference.NULL_AND_EMPTY);
        assertThat(ValueDifference.NULL_AND_EMPTY.isFormatOnly()).isFalse();
    }

    @Test
    void testTextThatIsTooLong()
    {
        ComparedColumn column = match(new OracleDialect(), "string", new LegacyType("VARCHAR2", 4000, 0), Optional.empty()).column().orElseThrow();
        assertThat(new OracleDialect().refusal(HashProfile.MD5, List.of(column)))
                .hasValue("the canonical text of a row can have 4001 characters and Oracle joins 4000; leave columns out, or shorten them by an expression below columns:");
    }

    @Test
    void testBackslashIsRefusedWhereItEscapes()
    {
        ReadOnlyExpression expression = ReadOnlyExpression.parse("name = 'a\\nb'");
        assertThatThrownBy(() -> new SnowflakeDialect().expression(expression))
                .hasMessageContaining("An expression below migration: has a backslash, which Snowflake may read as an escape");
        assertThat(new PostgreSqlDialect().expression(expression)).contains("name = 'a\\nb'");
    }

    private static ColumnMatch match(LegacyDialect dialect, String iceberg, LegacyType type, Optional<ZoneId> zone)
    {
        return dialect.match("total", ReadOnlyExpression.parse("total"), type, iceberg, zone);
    }
}
