package io.meshwright.model.check;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;

import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * Searches texts for the patterns of contracts. A pattern such as {@code (a+)+$} tries so many ways on some texts that it would never come to an end, so
 * the search gives up after a number of steps that no reasonable pattern needs.
 */
public final class PatternSearch
{
    private static final LoadingCache<String, Pattern> PATTERNS = CacheBuilder.newBuilder().maximumSize(1_000).build(CacheLoader.from(Pattern::compile));
    private static final int STEPS = 1_000_000;
    private static final int STEPS_OF_CHARACTER = 100;

    private PatternSearch() {}

    /**
     * The search for a pattern in a text was given up.
     */
    public static final class TooSlowException
            extends IllegalArgumentException
    {
        private TooSlowException(String regex)
        {
            super("The pattern " + regex + " takes too long on a value; write it without repetitions of what is repeated already");
        }
    }

    /**
     * Whether the pattern is anywhere in the text.
     *
     * @throws TooSlowException when it cannot be told in a number of steps that grows with the length of the text
     */
    public static boolean found(String regex, String text)
    {
        try {
            return PATTERNS.getUnchecked(regex).matcher(new Limited(text, new Budget(regex, STEPS + (long) STEPS_OF_CHARACTER * text.length()))).find();
        }
        catch (StackOverflowError e) {
            throw new TooSlowException(regex);
        }
    }

    /**
     * Whether no text can make the search long, by the look of the pattern alone: nothing is repeated without limit, and hardly anything may be left out.
     */
    public static boolean isAlwaysFast(String regex)
    {
        boolean unlimited = regex.indexOf('*') >= 0 || regex.indexOf('+') >= 0 || regex.contains(",}");
        boolean group = regex.contains("){") || regex.matches("(?s).*\\\\[1-9k].*");
        return !unlimited && !group && count(regex, '?') <= 3 && count(regex, ',') <= 1;
    }

    private static long count(String regex, char character)
    {
        return regex.chars().filter(candidate -> candidate == character).count();
    }

    private static final class Budget
    {
        private final String regex;
        private long steps;

        private Budget(String regex, long steps)
        {
            this.regex = requireNonNull(regex, "regex is null");
            this.steps = steps;
        }

        private void spend()
        {
            steps--;
            if (steps < 0) {
                throw new TooSlowException(regex);
            }
        }
    }

    /**
     * A text that counts how often it is looked at.
     */
    private record Limited(String text, Budget budget)
            implements CharSequence
    {
        @Override
        public int length()
        {
            return text.length();
        }

        @Override
        public char charAt(int index)
        {
            budget.spend();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end)
        {
            return new Limited(text.substring(start, end), budget);
        }

        @Override
        public String toString()
        {
            return text;
        }
    }
}
