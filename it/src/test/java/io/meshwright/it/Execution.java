package io.meshwright.it;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process printed and how it ended.
 */
public record Execution(String command, int exitCode, String output, String errors)
{
    /**
     * Fails with everything that was printed when the exit code is another one.
     */
    public Execution expectExit(int expected)
    {
        assertThat(exitCode)
                .describedAs("exit code of: %s%n--- stdout%n%s%n--- stderr%n%s", command, output, errors)
                .isEqualTo(expected);
        return this;
    }
}
