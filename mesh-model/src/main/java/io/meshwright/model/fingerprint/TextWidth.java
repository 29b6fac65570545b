package io.meshwright.model.fingerprint;

import java.util.List;
import java.util.Optional;

/**
 * How long the canonical text of a row can be.
 */
final class TextWidth
{
    private static final int NUMBER = 41;

    private TextWidth() {}

    /**
     * Why the text of a row does not fit what a database can join; empty where it does, as far as the columns declare a length.
     */
    static Optional<String> refusal(String database, List<ComparedColumn> columns, int longest)
    {
        long width = columns.stream().mapToLong(TextWidth::width).sum() + columns.size();
        return width <= longest ? Optional.empty() : Optional.of(
                "the canonical text of a row can have %d characters and %s joins %d; leave columns out, or shorten them by an expression below columns:".formatted(width, database, longest));
    }

    private static long width(ComparedColumn column)
    {
        return switch (column.type().kind()) {
            case CHAR, TEXT, UUID -> column.legacyType().precision();
            case BINARY -> 2L * column.legacyType().precision();
            default -> NUMBER;
        };
    }
}
