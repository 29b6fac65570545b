package io.meshwright.cli.spark;

import io.meshwright.cli.CliRule;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.finding.MeshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

final class TestSparkJob
{
    private static final Path LOG = Path.of("job.log");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 137})
    void testJobThatDiesWithoutAReasonTellsNothing(int exitCode)
    {
        MeshException failure = SparkJob.failed(exitCode, output("starting", "Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space"), LOG);
        assertThat(failure.rule()).isEqualTo(CliRule.REPORT_MISSING);
        assertThat(failure.kind()).isEqualTo(MeshException.Cause.EXTERNAL);
        assertThat(failure).hasMessage("The Spark job ended with exit code " + exitCode + " and left no report: java.lang.OutOfMemoryError");
        assertThat(failure.fix()).isEqualTo("its log is in job.log");
    }

    @Test
    void testMessageHoldsNoValuesAndNoPaths()
    {
        for (String line : List.of(
                "error: the job failed: org.apache.spark.SparkDateTimeException: [CAST_INVALID_INPUT] The value 'anna@example.com' cannot be cast",
                "error: the job failed: java.io.UncheckedIOException: Failed to open s3://lake/orders/data/1.parquet",
                "Exception in thread \"main\" java.lang.IllegalStateException",
                "Error: Could not find or load main class s3://lake")) {
            assertThat(SparkJob.failed(1, output(line), LOG).getMessage()).as(line).doesNotContain("anna", "s3:", "[");
        }
        assertThat(SparkJob.failed(3, output("error: the job failed: java.io.UncheckedIOException: Failed to open s3://lake/1.parquet"), LOG)).hasMessageEndingWith("left no report: java.io.UncheckedIOException");
    }

    @Test
    void testReasonOfTheJobIsTheCommands()
    {
        MeshException failure = SparkJob.failed(2, output("error [MESH-CHECK-003] another table", "  fix: name the table"), LOG);
        assertThat(failure.rule().id()).isEqualTo("MESH-CHECK-003");
        assertThat(failure.rule()).isInstanceOf(CheckRule.class);
        assertThat(failure.kind()).isEqualTo(MeshException.Cause.USER);
        assertThat(failure).hasMessage("another table");
        assertThat(failure.fix()).isEqualTo("name the table");
    }

    private static SparkOutput output(String... lines)
    {
        SparkOutput output = new SparkOutput();
        List.of(lines).forEach(output::read);
        return output;
    }
}
