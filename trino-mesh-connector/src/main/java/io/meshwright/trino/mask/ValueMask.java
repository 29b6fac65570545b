package io.meshwright.trino.mask;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.mask.MaskKind;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.util.List;

import static io.meshwright.model.mask.TokenFunction.TOKEN_LENGTH;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MICROS;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MICROS;
import static java.util.Objects.requireNonNull;

/**
 * What happens to the values of one column on their way to the reader. Unlike {@link FieldMask} it fits the column's
 * actual type: a mask that cannot be built for the type is {@link Action#NULL}.
 *
 * @param tokenDomain of {@link Action#TOKEN} and {@link Action#PERMUTE}, else empty
 * @param fields of {@link Action#ROW}, one for each field of the row
 */
public record ValueMask(Action action, String tokenDomain, List<ValueMask> fields)
{
    public static final ValueMask CLEAR = new ValueMask(Action.CLEAR, "", ImmutableList.of());
    public static final ValueMask NULL = new ValueMask(Action.NULL, "", ImmutableList.of());

    public enum Action
    {
        CLEAR,
        TOKEN,
        PERMUTE,
        REDACT,
        PARTIAL,
        YEAR,
        NULL,
        /**
         * Some fields of the row are masked.
         */
        ROW,
    }

    public ValueMask
    {
        requireNonNull(action, "action is null");
        requireNonNull(tokenDomain, "tokenDomain is null");
        fields = ImmutableList.copyOf(fields);
    }

    static ValueMask of(FieldMask mask, Type type)
    {
        if (!suits(mask.kind(), type)) {
            return NULL;
        }
        return switch (mask.kind()) {
            case TOKEN -> new ValueMask(Action.TOKEN, mask.tokenDomain(), ImmutableList.of());
            case PERMUTE -> new ValueMask(Action.PERMUTE, mask.tokenDomain(), ImmutableList.of());
            case REDACT -> new ValueMask(Action.REDACT, "", ImmutableList.of());
            case PARTIAL -> new ValueMask(Action.PARTIAL, "", ImmutableList.of());
            case YEAR -> new ValueMask(Action.YEAR, "", ImmutableList.of());
            case NULL -> NULL;
        };
    }

    static ValueMask row(List<ValueMask> fields)
    {
        if (fields.stream().allMatch(ValueMask::isClear)) {
            return CLEAR;
        }
        return new ValueMask(Action.ROW, "", fields);
    }

    public boolean isClear()
    {
        return action == Action.CLEAR;
    }

    /**
     * Whether a masked value is NULL exactly where the value is.
     */
    public boolean keepsNulls()
    {
        return action != Action.NULL;
    }

    private static boolean suits(MaskKind kind, Type type)
    {
        return switch (kind) {
            case TOKEN, REDACT, PARTIAL -> type instanceof VarcharType varchar && (varchar.isUnbounded() || varchar.getBoundedLength() >= TOKEN_LENGTH);
            case PERMUTE -> type.equals(BIGINT) || type.equals(INTEGER);
            case YEAR -> type.equals(DATE) || type.equals(TIMESTAMP_MICROS) || type.equals(TIMESTAMP_TZ_MICROS);
            case NULL -> true;
        };
    }

    @Override
    public String toString()
    {
        return "MASKED(" + action + ")";
    }
}
