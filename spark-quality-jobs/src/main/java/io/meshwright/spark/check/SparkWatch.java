package io.meshwright.spark.check;

import com.google.common.base.Throwables;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkStageInfo;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * Waits for Spark, but not for a Spark that has stopped: a scheduler that dies never tells those who wait for their rows. Tells meanwhile how far it is.
 */
public final class SparkWatch
{
    private static final long SECONDS_BETWEEN_MESSAGES = 15;
    // what ends with the scheduler is given the time to say why
    private static final long SECONDS_AFTER_STOP = 5;

    private final BooleanSupplier stopped;
    private final Supplier<String> state;
    private final Consumer<String> progress;

    /**
     * Nothing more is to be expected of Spark. The message is for people.
     */
    public static final class StoppedException
            extends RuntimeException
    {
        private StoppedException(String message, Throwable cause)
        {
            super(message, cause);
        }
    }

    public SparkWatch(SparkContext context, Consumer<String> progress)
    {
        this(context::isStopped, () -> state(context), progress);
    }

    SparkWatch(BooleanSupplier stopped, Supplier<String> state, Consumer<String> progress)
    {
        this.stopped = requireNonNull(stopped, "stopped is null");
        this.state = requireNonNull(state, "state is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /**
     * @throws StoppedException when Spark stopped before the work was done
     */
    public <T> T run(Callable<T> work)
    {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "spark-reading");
        thread.setDaemon(true);
        thread.start();
        long secondsStopped = 0;
        for (long second = 1; ; second++) {
            try {
                return task.get(1, TimeUnit.SECONDS);
            }
            catch (TimeoutException e) {
                secondsStopped = stopped.getAsBoolean() ? secondsStopped + 1 : 0;
                if (secondsStopped >= SECONDS_AFTER_STOP) {
                    task.cancel(true);
                    throw new StoppedException("Spark stopped while rows were read; its log says why", e);
                }
                if (second % SECONDS_BETWEEN_MESSAGES == 0) {
                    progress.accept("still reading after %s s%s".formatted(second, state.get()));
                }
            }
            catch (InterruptedException e) {
                task.cancel(true);
                Thread.currentThread().interrupt();
                throw new StoppedException("Interrupted while rows were read", e);
            }
            catch (ExecutionException e) {
                Throwables.throwIfUnchecked(e.getCause());
                throw SparkWatch.<RuntimeException>asItIs(e.getCause());
            }
        }
    }

    /**
     * Spark throws checked exceptions that no signature tells of, and callers know that.
     */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E asItIs(Throwable failure)
            throws E
    {
        throw (E) failure;
    }

    private static String state(SparkContext context)
    {
        int done = 0;
        int all = 0;
        for (int stage : context.statusTracker().getActiveStageIds()) {
            SparkStageInfo info = context.statusTracker().getStageInfo(stage).getOrElse(() -> null);
            if (info != null) {
                done += info.numCompletedTasks();
                all += info.numTasks();
            }
        }
        return all == 0 ? "" : ", %s of %s parts".formatted(done, all);
    }
}
