package io.meshwright.spark.check;

import io.meshwright.model.check.PatternSearch;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

import java.util.Optional;

/**
 * Why Spark could not do something, in one line and without values of the data.
 */
final class SparkMessages
{
    private static final int DEEPEST = 20;

    private SparkMessages() {}

    static String of(Throwable failure)
    {
        Throwable cause = tooSlow(failure).orElse(failure);
        for (int depth = 0; depth < DEEPEST && !(cause instanceof SparkThrowable && ((SparkThrowable) cause).getCondition() != null) && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        if (cause instanceof PatternSearch.TooSlowException) {
            return cause.getMessage();
        }
        // messages of the analysis name columns and types; those of a run quote the values that caused them
        if (cause instanceof AnalysisException) {
            return firstLine(cause);
        }
        String condition = cause instanceof SparkThrowable ? ((SparkThrowable) cause).getCondition() : null;
        return "Spark: " + (condition == null ? cause.getClass().getSimpleName() : condition);
    }

    /**
     * A pattern that was given up is deep below what Spark says of it.
     */
    private static Optional<Throwable> tooSlow(Throwable failure)
    {
        Throwable cause = failure;
        for (int depth = 0; depth < DEEPEST && cause != null; depth++) {
            if (cause instanceof PatternSearch.TooSlowException) {
                return Optional.of(cause);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static String firstLine(Throwable failure)
    {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String first = message.lines().findFirst().orElse("");
        int suffix = first.indexOf(" SQLSTATE:");
        return suffix > 0 ? first.substring(0, suffix) : first;
    }
}
