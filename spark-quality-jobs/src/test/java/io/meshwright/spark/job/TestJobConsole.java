package io.meshwright.spark.job;

import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.format.DateTimeParseException;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

final class TestJobConsole
{
    private static final String VALUE = "anna@mail.example";

    @Test
    void testWhatAnEngineFailedOnIsNotShown()
    {
        Throwable cast = new SparkException("Job aborted: cannot cast '" + VALUE + "'", new NumberFormatException("For input string: " + VALUE));
        assertThat(told(cast)).isEqualTo("error: the job failed: org.apache.spark.SparkException: caused by java.lang.NumberFormatException");
        assertThat(told(new IllegalStateException("the task failed", new DateTimeParseException(VALUE, VALUE, 0))))
                .isEqualTo("error: the job failed: java.lang.IllegalStateException: caused by java.time.format.DateTimeParseException");
        assertThat(told(new RuntimeException(SparkException.internalError("of " + VALUE)))).isEqualTo("error: the job failed: java.lang.RuntimeException: caused by org.apache.spark.SparkException: [INTERNAL_ERROR]");
    }

    @Test
    void testOwnFailuresKeepTheirWords()
    {
        assertThat(told(new IllegalStateException("the table is gone"))).isEqualTo("error: the job failed: java.lang.IllegalStateException: the table is gone");
    }

    private static String told(Throwable failure)
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JobConsole(new PrintStream(bytes, true, UTF_8)).unexpected(failure);
        return bytes.toString(UTF_8).strip();
    }
}
