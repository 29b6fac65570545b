package io.meshwright.spark.job;

import java.time.Clock;
import java.util.Set;

/**
 * The job as {@code spark-submit} starts it, in a JVM that goes on.
 */
public final class ContractTestInProcess
{
    private ContractTestInProcess() {}

    /**
     * @return the exit code
     */
    public static int run(String... arguments)
    {
        return JobRunner.run(arguments, Set.of(), System.err, Clock.systemUTC(), ContractTestJob::run);
    }
}
