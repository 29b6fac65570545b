package io.meshwright.model.finding;

/**
 * Quotes what a user wrote inside a message: on one line, without control characters, and not longer than a message bears.
 */
public final class QuotedText
{
    private static final int LONGEST = 80;

    private QuotedText() {}

    public static String quoted(String text)
    {
        StringBuilder result = new StringBuilder("\"");
        text.codePoints().limit(LONGEST).forEach(character -> {
            if (character == '\n') {
                result.append("\\n");
            }
            else if (Character.isISOControl(character) || isInvisible(character)) {
                result.append("\\u").append(Character.forDigit(character >> 12 & 0xF, 16)).append(Character.forDigit(character >> 8 & 0xF, 16))
                        .append(Character.forDigit(character >> 4 & 0xF, 16)).append(Character.forDigit(character & 0xF, 16));
            }
            else {
                result.appendCodePoint(character);
            }
        });
        if (text.codePointCount(0, text.length()) > LONGEST) {
            result.append("...");
        }
        return result.append('"').toString();
    }

    /**
     * Marks that change how a line is shown, for example from right to left.
     */
    private static boolean isInvisible(int character)
    {
        return character <= 0xFFFF && (Character.getType(character) == Character.FORMAT || Character.getType(character) == Character.SURROGATE);
    }
}
