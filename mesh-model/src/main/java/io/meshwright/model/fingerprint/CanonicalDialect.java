package io.meshwright.model.fingerprint;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.fingerprint.ComparedType.Kind;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.model.reconciliation.ReconciliationRule;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * What all dialects have in common: which conversions a column needs, and how its text becomes a hash. Where most databases write the same, it stands here,
 * and a dialect overrides what its database writes otherwise.
 */
abstract class CanonicalDialect
        implements LegacyDialect
{
    private static final Instant FIRST_OFFSET = Instant.EPOCH;
    private static final Instant LAST_OFFSET = Instant.parse("2050-01-01T00:00:00Z");

    /**
     * A number as text of this many digits after the point, without exponent and without a sign of zero.
     */
    abstract String decimalText(String number, int scale);

    abstract String integerText(String integer);

    /**
     * Microseconds since 1970 as text. What is smaller is cut off: the product always has microseconds, so no more is ever to be cut here.
     */
    abstract String timestampText(String timestamp, int digits);

    abstract String instantText(String instant, int digits);

    abstract String timeText(String time, int digits);

    abstract String dateText(String date);

    String booleanText(String condition)
    {
        return "CASE WHEN " + condition + " THEN '1' WHEN NOT " + condition + " THEN '0' END";
    }

    String charText(String text)
    {
        return "RTRIM(" + text + ", ' ')";
    }

    String text(String text)
    {
        return text;
    }

    String uuidText(String uuid)
    {
        return "LOWER(" + uuid + ")";
    }

    abstract String hexText(String bytes);

    abstract String floatText(String number);

    /**
     * A decimal of another scale, rounded half up.
     */
    String rounded(String number, int scale)
    {
        return "ROUND(" + number + ", " + scale + ")";
    }

    abstract String timestampOfDate(String date);

    /**
     * What a clock in the zone shows at an instant.
     */
    String atZone(String instant, ZoneId zone)
    {
        return "(" + instant + " AT TIME ZONE " + literal(zone.getId()) + ")";
    }

    /**
     * The instant at which a clock in the zone shows a timestamp.
     */
    String inZone(String timestamp, ZoneId zone)
    {
        return "(" + timestamp + " AT TIME ZONE " + literal(zone.getId()) + ")";
    }

    /**
     * Texts, none of which is NULL, put together.
     */
    String joined(List<String> texts)
    {
        return String.join(" || ", texts);
    }

    /**
     * A literal of one control character.
     */
    String character(char character)
    {
        return "CHR(" + (int) character + ")";
    }

    /**
     * The last 60 bits of the digest of a text, as a 64-bit integer.
     */
    abstract String digest(HashProfile profile, String text);

    /**
     * In which texts are hashed.
     */
    Charset charset()
    {
        return StandardCharsets.UTF_8;
    }

    abstract String dayText(String date);

    String dateLiteral(String day)
    {
        return "DATE " + literal(day);
    }

    String timestampLiteral(String dayAndTime)
    {
        return "TIMESTAMP " + literal(dayAndTime);
    }

    /**
     * @param utc a date and time of UTC, for example {@code 2026-11-20 00:00:00}
     */
    abstract String instantLiteral(String utc);

    String dateOf(String timestamp)
    {
        return "CAST(" + timestamp + " AS date)";
    }

    @Override
    public RowHash rowHash(HashProfile profile, List<ComparedColumn> columns)
    {
        return new DigestRowHash(profile, types(columns), charset());
    }

    static List<ComparedType> types(List<ComparedColumn> columns)
    {
        columns.forEach(column -> checkArgument(column.type().kind().isHashed(), "%s is not hashed", column.column()));
        return columns.stream().map(ComparedColumn::type).collect(toImmutableList());
    }

    @Override
    public String rowHashSql(HashProfile profile, List<ComparedColumn> columns)
    {
        return digest(profile, rowText(columns));
    }

    String rowText(List<ComparedColumn> columns)
    {
        types(columns);
        ImmutableList.Builder<String> texts = ImmutableList.builder();
        for (int index = 0; index < columns.size(); index++) {
            if (index > 0) {
                texts.add(character(CanonicalText.SEPARATOR));
            }
            texts.add("COALESCE(" + canonicalText(columns.get(index)) + ", " + character(CanonicalText.NULL) + ")");
        }
        return joined(texts.build());
    }

    @Override
    public String columnHashSql(HashProfile profile, ComparedColumn column)
    {
        return column.type().kind() == Kind.INTEGER ? numberSql(column) : digest(profile, canonicalText(column));
    }

    @Override
    public String valueSql(ComparedColumn column)
    {
        return canonicalText(column);
    }

    final String canonicalText(ComparedColumn column)
    {
        ComparedType type = column.type();
        String operand = operand(column);
        int legacyDigits = legacy(column).precision();
        return switch (type.kind()) {
            case INTEGER -> integerText(operand);
            case DECIMAL -> legacy(column).kind() == Kind.INTEGER ? integerText(operand) : decimalText(operand, type.precision());
            case REAL, DOUBLE -> floatText(operand);
            case TIMESTAMP -> timestampText(operand, legacyDigits);
            case INSTANT -> instantText(operand, legacyDigits);
            case DATE -> dateText(operand);
            case TIME -> timeText(operand, legacyDigits);
            case BOOLEAN -> booleanText(operand);
            case CHAR -> charText(operand);
            case TEXT -> text(operand);
            case UUID -> uuidText(operand);
            case BINARY -> hexText(operand);
        };
    }

    /**
     * The column's expression, converted to the kind that is compared.
     */
    final String operand(ComparedColumn column)
    {
        String expression = expression(column.legacy());
        ComparedType legacy = legacy(column);
        ComparedType type = column.type();
        if (type.kind() == Kind.DECIMAL && legacy.kind() == Kind.DECIMAL && (legacy.precision() > type.precision() || legacy.precision() == ComparedType.ANY_SCALE)) {
            return rounded(expression, type.precision());
        }
        if (type.kind() == Kind.TIMESTAMP && legacy.kind() == Kind.DATE) {
            return timestampOfDate(expression);
        }
        if (column.zone().isPresent()) {
            return type.kind() == Kind.INSTANT ? inZone(expression, column.zone().orElseThrow()) : atZone(expression, column.zone().orElseThrow());
        }
        return expression;
    }

    final ComparedType legacy(ComparedColumn column)
    {
        return comparedType(column.legacyType()).orElseThrow(() -> new IllegalArgumentException("%s is of type %s, which is not compared".formatted(column.column(), column.legacyType())));
    }

    @Override
    public LegacyDay day(LegacyType type, String expression, DayRange range)
    {
        Optional<Kind> kind = comparedType(type).map(ComparedType::kind);
        if (kind.equals(Optional.of(Kind.DATE))) {
            return new LegacyDay(dayText(expression), expression + " BETWEEN " + dateLiteral(range.from().toString()) + " AND " + dateLiteral(range.to().toString()));
        }
        if (kind.equals(Optional.of(Kind.TIMESTAMP))) {
            return new LegacyDay(
                    dayText(dateOf(expression)),
                    expression + " >= " + timestampLiteral(range.from() + " 00:00:00") + " AND " + expression + " < " + timestampLiteral(range.to().plusDays(1) + " 00:00:00"));
        }
        if (kind.equals(Optional.of(Kind.INSTANT))) {
            return new LegacyDay(
                    dayText(dayOfInstant(expression, range.zone())),
                    expression + " >= " + instantLiteral(utc(range.begin())) + " AND " + expression + " < " + instantLiteral(utc(range.end())));
        }
        throw new MeshException(ReconciliationRule.WINDOW, USER, "migration.window.legacy is of type " + type + ", which has no day", "use a date or timestamp column, or cast it to one");
    }

    static String utc(Instant instant)
    {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace("T", " ").replace("Z", "");
    }

    /**
     * The day of an instant, for rows of any time.
     */
    String dayOfInstant(String instant, ZoneId zone)
    {
        return dateOf(atZone(instant, zone));
    }

    /**
     * The day of an instant where the database has other names of zones, or none: by the offsets that the zone has had and will have. The latest come first, since
     * most rows are young.
     *
     * @param shifted moves the instant on by seconds
     */
    final String dayByOffsets(String instant, ZoneId zone, IntFunction<String> shifted)
    {
        ZoneRules rules = zone.getRules();
        String first = dateOf(shifted.apply(rules.getOffset(FIRST_OFFSET).getTotalSeconds()));
        StringBuilder cases = new StringBuilder();
        for (ZoneOffsetTransition transition = rules.previousTransition(LAST_OFFSET); transition != null && transition.getInstant().isAfter(FIRST_OFFSET); transition = rules.previousTransition(transition.getInstant())) {
            cases.append(" WHEN ").append(instant).append(" >= ").append(instantLiteral(utc(transition.getInstant())))
                    .append(" THEN ").append(dateOf(shifted.apply(transition.getOffsetAfter().getTotalSeconds())));
        }
        return cases.isEmpty() ? first : "CASE" + cases + " ELSE " + first + " END";
    }

    /**
     * @param sql the type's name in a cast
     */
    record ConstantType(String sql, LegacyType legacy) {}

    /**
     * A type of this database that is compared as the given one.
     */
    abstract Optional<ConstantType> constantType(ComparedType type);

    String constantSql(ComparedType type, String sqlType, String value)
    {
        return "CAST(" + literal(value) + " AS " + sqlType + ")";
    }

    @Override
    public final Optional<ComparedColumn> constant(ComparedType type, Optional<String> value)
    {
        if (value.filter(String::isEmpty).isPresent() && isEmptyNull()) {
            return Optional.empty();
        }
        return constantType(type).flatMap(constant -> {
            ReadOnlyExpression expression = new ReadOnlyExpression(value.map(text -> constantSql(type, constant.sql(), text)).orElseGet(() -> "CAST(NULL AS " + constant.sql() + ")"));
            try {
                expression(expression);
            }
            catch (MeshException e) {
                // a backslash, which this database is never sent
                return Optional.empty();
            }
            return Optional.of(new ComparedColumn("constant", expression, constant.legacy(), type, type, Optional.empty(), isEmptyNull()));
        });
    }

    static String literal(String text)
    {
        return "'" + text.replace("'", "''") + "'";
    }
}
