package io.meshwright.model.fingerprint;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of a value, which is the same on both sides exactly where the values are.
 */
public final class CanonicalText
{
    /**
     * Ends every field but the last.
     */
    public static final char SEPARATOR = '\u001F';
    /**
     * Stands for a value that is missing.
     */
    public static final char NULL = '\u001E';

    private static final String INFINITY = "infinity";
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,19}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?");

    private CanonicalText() {}

    /**
     * @param values in the classes of the kinds of {@code types}
     */
    public static String row(List<ComparedType> types, List<Object> values)
    {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < values.size(); column++) {
            if (column > 0) {
                text.append(SEPARATOR);
            }
            Object value = values.get(column);
            if (value == null) {
                text.append(NULL);
            }
            else {
                text.append(of(types.get(column), value));
            }
        }
        return text.toString();
    }

    public static String of(ComparedType type, Object value)
    {
        return switch (type.kind()) {
            case INTEGER, TIME -> value.toString();
            case DECIMAL -> value instanceof BigDecimal ? ((BigDecimal) value).toPlainString() : value.toString();
            case TIMESTAMP, INSTANT, DATE -> isFinite((long) value) ? value.toString() : (long) value > 0 ? INFINITY : "-" + INFINITY;
            case BOOLEAN -> (Boolean) value ? "1" : "0";
            case CHAR, TEXT, UUID -> (String) value;
            case BINARY -> HexFormat.of().formatHex((byte[]) value);
            case REAL, DOUBLE -> value.toString();
        };
    }

    /**
     * The value of a canonical text, which is how values of the legacy side are read. A value that no column of the product can hold, such as a decimal
     * that is no number or MySQL's day 0, comes as a {@link String}.
     *
     * @param text null where the value is missing
     */
    public static Object parse(ComparedType type, String text)
    {
        if (text == null) {
            return null;
        }
        return switch (type.kind()) {
            case INTEGER, TIME -> INTEGER.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
            case DECIMAL -> DECIMAL.matcher(text).matches() ? (Object) new BigDecimal(text) : text;
            case TIMESTAMP, INSTANT, DATE -> point(text);
            case BOOLEAN -> text.equals("1") ? (Object) true : text.equals("0") ? false : text;
            case CHAR, TEXT, UUID -> text;
            case BINARY -> HexFormat.of().parseHex(text);
            case REAL, DOUBLE -> Double.valueOf(text);
        };
    }

    private static Object point(String text)
    {
        if (text.equals(INFINITY)) {
            return Long.MAX_VALUE;
        }
        if (text.equals("-" + INFINITY)) {
            return Long.MIN_VALUE;
        }
        return INTEGER.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
    }

    /**
     * Whether a date or timestamp is one: PostgreSQL has two that lie beyond all others, which come as the greatest and the least {@link Long}.
     */
    static boolean isFinite(long value)
    {
        return value != Long.MAX_VALUE && value != Long.MIN_VALUE;
    }
}
