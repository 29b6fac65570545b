package io.meshwright.spark.job;

import java.time.Clock;

/**
 * The job as {@code spark-submit} starts it, in a JVM that goes on.
 */
public final class ReconciliationInProcess
{
    private ReconciliationInProcess() {}

    /**
     * @return the exit code
     */
    public static int run(String... arguments)
    {
        return JobRunner.run(arguments, ReconciliationJob.ARGUMENTS, System.err, Clock.systemUTC(), ReconciliationJob::run);
    }
}
