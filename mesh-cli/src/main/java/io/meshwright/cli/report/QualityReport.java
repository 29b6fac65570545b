package io.meshwright.cli.report;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.result.PortQuality;
import io.meshwright.cli.ExitCode;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What is known of the quality of products.
 *
 * @param from the begin of the time that figures over time are about
 * @param unreadable products whose registration cannot be read
 */
public record QualityReport(Instant from, Instant to, List<Tested> tested, List<Untested> untested, int unreadable)
{
    private static final Set<String> FINE = Set.of("passed", "warning");

    /**
     * @param contractCurrent whether the last test was against the contract that is registered now
     */
    public record Tested(String product, String domain, String owner, boolean contractCurrent, PortQuality quality)
    {
        public Tested
        {
            requireNonNull(product, "product is null");
            requireNonNull(quality, "quality is null");
        }

        public boolean isFailed()
        {
            return quality.status().equals("failed");
        }

        /**
         * Whether the last test tells that all is well with the contract of today.
         */
        public boolean isFine()
        {
            return contractCurrent && FINE.contains(quality.status());
        }

        public List<PortQuality.CheckQuality> open()
        {
            return quality.checks().stream().filter(check -> check.openSince().isPresent()).toList();
        }
    }

    /**
     * @param port empty where no port can be tested
     */
    public record Untested(String product, String domain, String owner, Optional<String> port, String reason)
    {
        public Untested
        {
            requireNonNull(product, "product is null");
            requireNonNull(port, "port is null");
            requireNonNull(reason, "reason is null");
        }
    }

    public QualityReport
    {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        tested = ImmutableList.copyOf(tested);
        untested = ImmutableList.copyOf(untested);
    }

    public long failed()
    {
        return tested.stream().filter(Tested::isFailed).count();
    }

    public long fine()
    {
        return tested.stream().filter(Tested::isFine).count();
    }

    /**
     * Ports of which it cannot be told whether they keep their contracts. What has none to keep is not among them.
     */
    public long unknown()
    {
        return tested.size() - failed() - fine() + untested.stream().filter(port -> port.port().isPresent()).count() + unreadable;
    }

    /**
     * A failure wins over what is not known; where nothing can be tested, nothing is known.
     */
    public ExitCode exitCode()
    {
        if (failed() > 0) {
            return ExitCode.FINDING;
        }
        return unknown() > 0 || tested.isEmpty() ? ExitCode.UNKNOWN : ExitCode.OK;
    }
}
