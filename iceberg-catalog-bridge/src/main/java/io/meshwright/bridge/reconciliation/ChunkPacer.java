package io.meshwright.bridge.reconciliation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * Divides windows among statements that take about as long as the owner of the legacy database allows: the time for a row is a decaying average of what was
 * measured. Not safe for use by several threads.
 */
final class ChunkPacer
{
    // of pt-table-checksum: what was measured last counts for a quarter
    private static final double WEIGHT = 0.25;

    private final double targetSeconds;
    private final Map<String, Long> rows;
    private final Deque<String> left;
    private double secondsOfRow;

    /**
     * @param rows of each window
     * @param secondsOfRow a first estimate
     */
    ChunkPacer(double targetSeconds, double secondsOfRow, Map<String, Long> rows, Collection<String> windows)
    {
        checkArgument(targetSeconds > 0, "targetSeconds is not positive: %s", targetSeconds);
        checkArgument(secondsOfRow >= 0, "secondsOfRow is negative: %s", secondsOfRow);
        this.targetSeconds = targetSeconds;
        this.secondsOfRow = secondsOfRow;
        this.rows = requireNonNull(rows, "rows is null");
        this.left = new ArrayDeque<>(windows);
    }

    boolean isDone()
    {
        return left.isEmpty();
    }

    /**
     * The windows of the next statement: one at least.
     */
    List<String> next()
    {
        List<String> chunk = new ArrayList<>();
        double seconds = 0;
        while (!left.isEmpty()) {
            double more = rows.getOrDefault(left.peek(), 0L) * secondsOfRow;
            if (!chunk.isEmpty() && seconds + more > targetSeconds) {
                break;
            }
            seconds += more;
            chunk.add(left.poll());
        }
        return chunk;
    }

    void measured(Collection<String> chunk, double seconds)
    {
        long measured = rowsOf(chunk);
        if (measured > 0) {
            secondsOfRow = (1 - WEIGHT) * secondsOfRow + WEIGHT * seconds / measured;
        }
    }

    /**
     * A statement took too long: its windows come again, by half as many.
     *
     * @return whether there is a smaller statement
     */
    boolean tookTooLong(List<String> chunk)
    {
        if (chunk.size() == 1) {
            return false;
        }
        for (int index = chunk.size() - 1; index >= 0; index--) {
            left.push(chunk.get(index));
        }
        secondsOfRow = Math.max(secondsOfRow, 2 * targetSeconds / Math.max(1, rowsOf(chunk)));
        return true;
    }

    private long rowsOf(Collection<String> chunk)
    {
        return chunk.stream().mapToLong(window -> rows.getOrDefault(window, 0L)).sum();
    }
}
