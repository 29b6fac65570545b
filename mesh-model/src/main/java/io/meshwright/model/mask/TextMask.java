package io.meshwright.model.mask;

import static java.util.Objects.requireNonNull;

/**
 * The masks of text that need no key: {@link MaskKind#REDACT} and {@link MaskKind#PARTIAL}.
 */
public final class TextMask
{
    /**
     * What {@link MaskKind#REDACT} shows for every value.
     */
    public static final String REDACTED = "[redacted]";

    private static final int MOST_CHARACTERS_SHOWN = 4;

    private TextMask() {}

    /**
     * The last four characters, and never more than a quarter of them; {@code *} for each of the others.
     * So {@code 4111111111111111} becomes {@code ************1111}, and {@code abc} becomes {@code ***}.
     */
    public static String partial(String value)
    {
        requireNonNull(value, "value is null");
        int characters = value.codePointCount(0, value.length());
        int shown = shownCharacters(characters);
        int tail = value.offsetByCodePoints(value.length(), -shown);
        return "*".repeat(characters - shown) + value.substring(tail);
    }

    /**
     * How many of so many characters {@link #partial} shows.
     */
    public static int shownCharacters(int characters)
    {
        return Math.min(MOST_CHARACTERS_SHOWN, characters / 4);
    }
}
