package io.meshwright.model.reconciliation;

import com.google.common.base.CharMatcher;
import io.meshwright.model.fingerprint.ComparedType;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How two values of one column differ, as far as the two alone tell. It names a likely cause, it proves none.
 */
public enum ValueDifference
{
    /**
     * NULL on one side, the empty text on the other.
     */
    NULL_AND_EMPTY,
    NULL_IN_PRODUCT,
    NULL_IN_LEGACY,
    /**
     * Equal without the blanks at both ends.
     */
    BLANKS,
    /**
     * Equal in lower case.
     */
    CASE,
    /**
     * Equal in Unicode's normal form C.
     */
    UNICODE_FORM,
    /**
     * One is the other with fewer digits after the point.
     */
    SCALE,
    /**
     * One is the other with fewer digits of the second.
     */
    SUBSECOND,
    /**
     * A number of quarters of an hour apart, as time zones are.
     */
    ZONE,
    /**
     * One day apart, as a time zone moves dates.
     */
    NEXT_DAY,
    /**
     * Apart by as little as binary fractions are rounded.
     */
    FLOAT,
    OTHER;

    // as char(n) pads; a line end is a value

    private static final CharMatcher BLANK = CharMatcher.is(' ');
    private static final long SECOND = 1_000_000;
    private static final long MILLISECOND = 1_000;
    private static final long QUARTER = 15 * 60 * SECOND;
    // the widest distance of two zones of the earth
    private static final long FARTHEST_ZONES = 26 * 60 * 60 * SECOND;
    private static final BigDecimal DECIMAL_ROUNDING = new BigDecimal("1e-9");
    private static final double DOUBLE_ROUNDING = 1e-9;
    private static final double REAL_ROUNDING = 1e-6;

    /**
     * Whether the two mean the same and are written differently.
     */
    public boolean isFormatOnly()
    {
        return this == BLANKS || this == SCALE || this == SUBSECOND;
    }

    /**
     * @param legacy in the class of the type's kind, or null
     * @param mesh in the class of the type's kind, or null
     * @return empty where the values are equal
     */
    public static Optional<ValueDifference> of(ComparedType type, Object legacy, Object mesh)
    {
        if (isEqual(legacy, mesh)) {
            return Optional.empty();
        }
        if (legacy == null || mesh == null) {
            boolean empty = "".equals(legacy) || "".equals(mesh);
            return Optional.of(empty ? NULL_AND_EMPTY : mesh == null ? NULL_IN_PRODUCT : NULL_IN_LEGACY);
        }
        return Optional.of(switch (type.kind()) {
            case TEXT, CHAR -> ofTexts((String) legacy, (String) mesh);
            case DECIMAL -> ofDecimals((BigDecimal) legacy, (BigDecimal) mesh);
            case REAL -> ofFractions((Double) legacy, (Double) mesh, REAL_ROUNDING);
            case DOUBLE -> ofFractions((Double) legacy, (Double) mesh, DOUBLE_ROUNDING);
            case TIMESTAMP, INSTANT -> ofTimes((Long) legacy, (Long) mesh);
            case TIME -> isCoarser((Long) legacy, (Long) mesh) ? SUBSECOND : OTHER;
            case DATE -> Math.abs((Long) legacy - (Long) mesh) == 1 ? NEXT_DAY : OTHER;
            case INTEGER, BOOLEAN, UUID, BINARY -> OTHER;
        });
    }

    /**
     * Quarters of an hour by which the product's time is later than the legacy one; empty where zones cannot explain the distance.
     */
    static OptionalLong zoneQuarters(long legacyMicros, long meshMicros)
    {
        long delta = meshMicros - legacyMicros;
        return delta != 0 && delta % QUARTER == 0 && Math.abs(delta) <= FARTHEST_ZONES ? OptionalLong.of(delta / QUARTER) : OptionalLong.empty();
    }

    private static boolean isEqual(Object legacy, Object mesh)
    {
        if (legacy instanceof BigDecimal left && mesh instanceof BigDecimal right) {
            return left.compareTo(right) == 0;
        }
        if (legacy instanceof Double left && mesh instanceof Double right) {
            // zero has no sign in a database
            return left.doubleValue() == right.doubleValue() || left.isNaN() && right.isNaN();
        }
        if (legacy instanceof byte[] left && mesh instanceof byte[] right) {
            return Arrays.equals(left, right);
        }
        return Objects.equals(legacy, mesh);
    }

    private static ValueDifference ofTexts(String legacy, String mesh)
    {
        if (BLANK.trimFrom(legacy).equals(BLANK.trimFrom(mesh))) {
            return BLANKS;
        }
        if (Normalizer.normalize(legacy, Normalizer.Form.NFC).equals(Normalizer.normalize(mesh, Normalizer.Form.NFC))) {
            return UNICODE_FORM;
        }
        return legacy.toLowerCase(Locale.ROOT).equals(mesh.toLowerCase(Locale.ROOT)) ? CASE : OTHER;
    }

    private static ValueDifference ofDecimals(BigDecimal legacy, BigDecimal mesh)
    {
        int legacyScale = Math.max(0, legacy.stripTrailingZeros().scale());
        int meshScale = Math.max(0, mesh.stripTrailingZeros().scale());
        int scale = Math.min(legacyScale, meshScale);
        // without a digit after the point a rounded value looks like any other
        if (scale > 0 && legacyScale != meshScale && (isRounded(legacy, mesh, scale, RoundingMode.HALF_UP) || isRounded(legacy, mesh, scale, RoundingMode.DOWN))) {
            return SCALE;
        }
        BigDecimal distance = legacy.subtract(mesh).abs();
        return distance.compareTo(legacy.abs().max(mesh.abs()).multiply(DECIMAL_ROUNDING)) <= 0 ? FLOAT : OTHER;
    }

    private static ValueDifference ofFractions(double legacy, double mesh, double rounding)
    {
        return Math.abs(legacy - mesh) <= rounding * Math.max(Math.abs(legacy), Math.abs(mesh)) ? FLOAT : OTHER;
    }

    private static boolean isRounded(BigDecimal left, BigDecimal right, int scale, RoundingMode mode)
    {
        return left.setScale(scale, mode).compareTo(right.setScale(scale, mode)) == 0;
    }

    private static ValueDifference ofTimes(long legacy, long mesh)
    {
        if (zoneQuarters(legacy, mesh).isPresent()) {
            return ZONE;
        }
        return isCoarser(legacy, mesh) ? SUBSECOND : OTHER;
    }

    private static boolean isCoarser(long left, long right)
    {
        return isCoarser(left, right, SECOND) || isCoarser(left, right, MILLISECOND);
    }

    /**
     * Whether one is the other, cut or rounded to a unit.
     */
    private static boolean isCoarser(long left, long right, long unit)
    {
        return isCutOrRounded(left, right, unit) || isCutOrRounded(right, left, unit);
    }

    private static boolean isCutOrRounded(long coarse, long fine, long unit)
    {
        return coarse % unit == 0 && (Math.floorDiv(fine, unit) * unit == coarse || Math.floorDiv(fine + unit / 2, unit) * unit == coarse);
    }
}
