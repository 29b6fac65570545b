package io.meshwright.leak;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Values planted in every personal column, which no masked reader may ever see in any spelling. Texts begin with
 * {@link #TEXT}, whose digits 0, 1 and 9 no token has, so that a token cannot be taken for one.
 */
final class Canaries
{
    static final String TEXT = "C0a9y1";
    static final String LONG = "6049917380012";
    static final String INTEGER = "1903847625";
    static final String DATE = "1953-07-19";
    static final String TIMESTAMP = "1961-04-12";
    static final String TIME = "03:14:15.926535";
    static final String UUID = "f47ac10b-58cc-4372-a567-0e02b2c3d479";
    static final String DECIMAL = "73219.8765";
    static final String DOUBLE = "40499.17382";
    static final String REAL = "8049.273";

    /**
     * What the attacker knows of one row, and may type. It is never looked for.
     */
    static final String KNOWN_TEXT = "Kn0wn";
    /**
     * Names and comments of storage. Engines show them in a query's details, which the documentation says.
     */
    static final String PHYSICAL = "Phys1ca0";

    private static final int EXCERPT = 120;

    private static final List<String> NUMBERS = List.of(LONG, INTEGER, DECIMAL, DOUBLE, REAL);

    /**
     * By canary: how it may be spelled, in lower case.
     */
    private static final Map<String, List<String>> SPELLINGS = spellings();

    private Canaries() {}

    /**
     * The first canary of a text, with what is around it.
     */
    static Optional<String> find(String text)
    {
        // details of queries have megabytes, and a search for plain texts is what a JVM is fast at
        String searched = text.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, List<String>> canary : SPELLINGS.entrySet()) {
            for (String spelling : canary.getValue()) {
                int found = NUMBERS.contains(canary.getKey()) ? findNumber(searched, spelling) : searched.indexOf(spelling);
                if (found >= 0) {
                    return Optional.of(canary.getKey() + " in: " + excerpt(text, found));
                }
            }
        }
        return Optional.empty();
    }

    static Optional<String> findPhysical(String text)
    {
        int found = text.toLowerCase(Locale.ROOT).indexOf(PHYSICAL.toLowerCase(Locale.ROOT));
        return found < 0 ? Optional.empty() : Optional.of("name of storage in: " + excerpt(text, found));
    }

    private static int findNumber(String text, String spelling)
    {
        int found = text.indexOf(spelling);
        while (found >= 0 && isWithinNumber(text, found, found + spelling.length())) {
            found = text.indexOf(spelling, found + 1);
        }
        return found;
    }

    private static boolean isWithinNumber(String text, int start, int end)
    {
        return start > 0 && isDigit(text.charAt(start - 1))
                || isDigit(text.charAt(end - 1)) && end < text.length() && isDigit(text.charAt(end));
    }

    private static boolean isDigit(int character)
    {
        return character >= '0' && character <= '9';
    }

    private static String excerpt(String text, int found)
    {
        return text.substring(Math.max(0, found - EXCERPT), Math.min(text.length(), found + EXCERPT)).replaceAll("\\s+", " ");
    }

    private static Map<String, List<String>> spellings()
    {
        Map<String, List<String>> spellings = new LinkedHashMap<>();
        List<String> texts = new ArrayList<>(List.of(TEXT.toLowerCase(Locale.ROOT), new StringBuilder(TEXT).reverse().toString().toLowerCase(Locale.ROOT)));
        for (String spelling : List.of(TEXT, TEXT.toLowerCase(Locale.ROOT), TEXT.toUpperCase(Locale.ROOT))) {
            texts.add(HexFormat.of().formatHex(spelling.getBytes(UTF_8)));
            texts.add(HexFormat.ofDelimiter(" ").formatHex(spelling.getBytes(UTF_8)));
            texts.addAll(base64(spelling));
        }
        spellings.put("text", List.copyOf(texts));
        for (String number : NUMBERS) {
            spellings.put(number, number(number));
        }
        // a partition by month shows as much as the mask by year hides
        spellings.put(DATE, List.of(DATE.substring(0, "yyyy-mm".length())));
        spellings.put(TIME, List.of(TIME));
        spellings.put(UUID, List.of(UUID, UUID.replace("-", "")));
        spellings.put(TIMESTAMP, List.of(TIMESTAMP.substring(0, "yyyy-mm".length())));
        return spellings;
    }

    /**
     * As it is, without its point, and in scientific notation.
     */
    private static List<String> number(String number)
    {
        String digits = number.replace(".", "");
        return List.of(number, digits, "%s.%se".formatted(digits.charAt(0), digits.substring(1)));
    }

    /**
     * The middle of the text in base64, for each of the three places in a group of bytes where it may begin, in lower case.
     */
    private static List<String> base64(String text)
    {
        List<String> spellings = new ArrayList<>();
        for (int offset = 0; offset < 3; offset++) {
            byte[] bytes = new byte[offset + text.length()];
            System.arraycopy(text.getBytes(UTF_8), 0, bytes, offset, text.length());
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
            int end = encoded.length() - (bytes.length % 3 == 0 ? 0 : 1);
            spellings.add(encoded.substring((offset * 8 + 5) / 6, end).toLowerCase(Locale.ROOT));
        }
        return spellings;
    }
}
