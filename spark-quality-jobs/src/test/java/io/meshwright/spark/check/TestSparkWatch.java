package io.meshwright.spark.check;

import io.meshwright.spark.check.SparkWatch.StoppedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
final class TestSparkWatch
{
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void testStoppedSparkIsNotWaitedFor()
    {
        assertThatThrownBy(() -> new SparkWatch(() -> true, () -> "", message -> {}).run(() -> {
            never.await();
            return 1;
        }))
                .isInstanceOf(StoppedException.class)
                .hasMessage("Spark stopped while rows were read; its log says why");
    }

    @Test
    void testFiguresAndFailuresPassThrough()
    {
        SparkWatch watch = new SparkWatch(() -> false, () -> "", message -> {});
        assertThat(watch.run(() -> 7)).isEqualTo(7);
        assertThatThrownBy(() -> watch.run(() -> {
            throw new IllegalArgumentException("own");
        })).isInstanceOf(IllegalArgumentException.class).hasMessage("own");
        // as Spark's checked exceptions do
        assertThatThrownBy(() -> watch.run(() -> {
            throw new IOException("checked");
        })).isInstanceOf(IOException.class).hasMessage("checked");
    }

    @Test
    void testInterruption()
    {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new SparkWatch(() -> false, () -> "", message -> {}).run(() -> {
            never.await();
            return 1;
        })).isInstanceOf(StoppedException.class).hasMessage("Interrupted while rows were read");
        assertThat(Thread.interrupted()).isTrue();
    }
}
