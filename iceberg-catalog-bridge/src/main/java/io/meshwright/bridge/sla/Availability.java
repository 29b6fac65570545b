package io.meshwright.bridge.sla;

import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.bridge.usage.UsageCoverage;
import io.meshwright.model.sla.SlaMeasurement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The share of reads and probes that succeeded, of those that could have: a count, however many there are.
 */
public final class Availability
{
    /**
     * How far back reads and probes count.
     */
    public static final Duration WINDOW = Duration.ofDays(30);

    private static final String EXCEEDED = "EXCEEDED_";
    private static final Set<String> OUR_SIDE = Set.of("INTERNAL_ERROR", "EXTERNAL", "INSUFFICIENT_RESOURCES");

    private final Tally reads = new Tally();
    private final Tally probes = new Tally();

    private static final class Tally
    {
        private long succeeded;
        private long failed;

        long all()
        {
            return succeeded + failed;
        }
    }

    /**
     * Counts a read of the product. What engine or storage could not do counts as failed. What the reader did wrong, may not do or broke off says
     * nothing about the product, nor does a query that outgrew its own limits. An error whose kind is not recorded is not counted.
     */
    public void add(ReadRow read)
    {
        if (read.source().filter(ProbeRow.SOURCE::equals).isPresent()) {
            // the probe is recorded by itself
            return;
        }
        if (read.outcome().equals("finished")) {
            reads.succeeded++;
        }
        else if (read.outcome().equals("failed") &&
                read.errorType().filter(OUR_SIDE::contains).isPresent() &&
                read.errorCode().filter(code -> code.startsWith(EXCEEDED)).isEmpty()) {
            reads.failed++;
        }
    }

    /**
     * Counts a probe of the product.
     */
    public void add(ProbeRow probe)
    {
        if (probe.outcome().equals(ProbeRow.SUCCEEDED)) {
            probes.succeeded++;
        }
        else if (probe.outcome().equals(ProbeRow.FAILED)) {
            probes.failed++;
        }
    }

    /**
     * @param coverage whether all reads of the window are recorded
     */
    public SlaMeasurement measurement(UsageCoverage coverage, Instant now)
    {
        long all = reads.all() + probes.all();
        if (all == 0) {
            return SlaMeasurement.missing("no read and no probe within %s days".formatted(WINDOW.toDays()));
        }
        String source = "%s of %s reads and %s of %s probes within %s days%s".formatted(
                reads.succeeded,
                reads.all(),
                probes.succeeded,
                probes.all(),
                WINDOW.toDays(),
                coverage.isComplete() || reads.all() == 0 ? "" : "; the record of reads has gaps");
        // rounded down, so that a failure never vanishes
        BigDecimal share = BigDecimal.valueOf(reads.succeeded + probes.succeeded).divide(BigDecimal.valueOf(all), 9, RoundingMode.DOWN).stripTrailingZeros();
        return SlaMeasurement.ratio(share, now, source);
    }
}
