package io.meshwright.spark.check;

import org.apache.spark.SparkThrowable;

/** Why Spark could not do something, in one line and without values of the data. */
final class SparkMessages
{
    private static final int DEEPEST = 20;

    private SparkMessages() {}

    static String of(Throwable failure)
    {
        Throwable cause = failure;
        for (int depth = 0; depth < DEEPEST && !(cause instanceof SparkThrowable && ((SparkThrowable) cause).getCondition() != null) && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        if (cause instanceof SparkThrowable && ((SparkThrowable) cause).getCondition() != null) {
            String condition = ((SparkThrowable) cause).getCondition();
            // messages of run-time errors quote the value that caused them; those of the analysis name columns and types
            return condition.startsWith("CAST_") || condition.startsWith("NUMERIC_") || condition.startsWith("ARITHMETIC_") || condition.startsWith("INVALID_ARRAY")
                    || condition.startsWith("CANNOT_PARSE") || condition.startsWith("DIVIDE_BY")
                    ? "Spark: " + condition
                    : firstLine(cause);
        }
        return failure instanceof org.apache.spark.sql.AnalysisException ? firstLine(failure) : "Spark: " + cause.getClass().getSimpleName();
    }

    private static String firstLine(Throwable failure)
    {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String first = message.lines().findFirst().orElse("");
        int suffix = first.indexOf(" SQLSTATE:");
        return suffix > 0 ? first.substring(0, suffix) : first;
    }
}
