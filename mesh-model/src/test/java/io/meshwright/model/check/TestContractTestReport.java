package io.meshwright.model.check;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

final class TestContractTestReport
{
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            '' | SKIPPED | 2 | 2 | 2
                                            SKIPPED SKIPPED | SKIPPED | 2 | 2 | 2
                                            PASSED SKIPPED | PASSED | 0 | 0 | 0
                                            PASSED WARNING | WARNING | 0 | 1 | 0
                                            PASSED WARNING ERROR | ERROR | 3 | 1 | 3
                                            ERROR FAILED PASSED | FAILED | 1 | 1 | 3
                                            FAILED WARNING | FAILED | 1 | 1 | 0
                                            """)
    void testFindingWinsOverCannotTell(String statuses, CheckStatus expected, int exitCode, int onWarning, int never)
    {
        List<CheckResult> checks = Stream.of(statuses.split(" ")).filter(status -> !status.isEmpty()).map(CheckStatus::valueOf).map(TestContractTestReport::result).toList();
        ContractTestReport report = new ContractTestReport("d.p", "port", "c", "1", "hash", Optional.empty(), checks.size(), checks, List.of(), List.of(), "r", Instant.EPOCH, Instant.EPOCH);
        assertThat(report.status()).isEqualTo(expected);
        assertThat(report.exitStatus().code()).isEqualTo(exitCode);
        assertThat(report.exitStatus(FailOn.ERROR).code()).isEqualTo(exitCode);
        assertThat(report.exitStatus(FailOn.WARNING).code()).isEqualTo(onWarning);
        assertThat(report.exitStatus(FailOn.NEVER).code()).as("what could not be told never becomes success").isEqualTo(never);
    }

    private static CheckResult result(CheckStatus status)
    {
        return new CheckResult("n", Optional.empty(), "rowCount", Optional.empty(), "error", status, Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.of("why"));
    }
}
