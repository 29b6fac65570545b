package io.meshwright.bridge.alert;

import io.meshwright.bridge.alert.AlertHook.Outcome;

import java.time.Duration;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Tries again what may succeed later, and waits longer each time.
 *
 * @param most how often at most
 * @param firstWait before the second attempt; doubled before each further one, up to {@link #LONGEST_WAIT}
 */
record Attempts(int most, Duration firstWait)
{
    static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    /**
     * Somebody waits for the check that tells a hook.
     */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /**
     * @param detail without secrets
     * @param lasting whether trying again at once is pointless
     */
    record Failure(String detail, boolean lasting)
    {
        Failure
        {
            requireNonNull(detail, "detail is null");
        }
    }

    interface Attempt
    {
        Optional<Failure> run()
                throws InterruptedException;
    }

    Outcome run(Attempt attempt)
    {
        for (int number = 1; ; number++) {
            try {
                Optional<Failure> failure = attempt.run();
                if (failure.isEmpty() || failure.orElseThrow().lasting() || number >= most) {
                    return new Outcome(number, failure.map(Failure::detail));
                }
                Thread.sleep(waitAfter(number).toMillis());
            }
            catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Outcome(number, Optional.of("interrupted"));
            }
        }
    }

    Duration waitAfter(int number)
    {
        Duration wait = firstWait;
        for (int doubled = 1; doubled < number && wait.compareTo(LONGEST_WAIT) < 0; doubled++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
