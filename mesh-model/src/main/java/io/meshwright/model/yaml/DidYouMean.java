package io.meshwright.model.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Finds the word that somebody probably meant: a known synonym, the same word in another case, or one at most two edits away.
 */
public final class DidYouMean
{
    private static final int GREATEST_DISTANCE = 2;
    private static final int LONGEST_WORD = 100;

    private DidYouMean() {}

    public static Optional<String> suggest(String word, Collection<String> known)
    {
        return suggest(word, known, Map.of());
    }

    /**
     * @param synonyms word in lower case to one of the known words
     */
    public static Optional<String> suggest(String word, Collection<String> known, Map<String, String> synonyms)
    {
        requireNonNull(word, "word is null");
        String synonym = synonyms.get(word.toLowerCase(Locale.ROOT));
        if (synonym != null && known.contains(synonym)) {
            return Optional.of(synonym);
        }
        if (word.length() > LONGEST_WORD) {
            return Optional.empty();
        }
        String plain = plain(word);
        // in a word of three letters two edits leave nothing in common
        int limit = plain.length() <= 3 ? 1 : GREATEST_DISTANCE;
        return known.stream()
                .filter(candidate -> distance(plain, plain(candidate)) <= limit)
                .min(Comparator.<String>comparingInt(candidate -> distance(plain, plain(candidate))).thenComparing(Comparator.naturalOrder()));
    }

    private static String plain(String word)
    {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace(" ", "");
    }

    /**
     * The number of inserted, deleted, replaced and swapped characters between two words.
     */
    static int distance(String left, String right)
    {
        int[][] distances = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                if (i == 0 || j == 0) {
                    distances[i][j] = i + j;
                    continue;
                }
                int replaced = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                int best = Math.min(distances[i - 1][j - 1] + replaced, Math.min(distances[i - 1][j], distances[i][j - 1]) + 1);
                if (i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2) && left.charAt(i - 2) == right.charAt(j - 1)) {
                    best = Math.min(best, distances[i - 2][j - 2] + 1);
                }
                distances[i][j] = best;
            }
        }
        return distances[left.length()][right.length()];
    }
}
