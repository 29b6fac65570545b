package io.meshwright.leak;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every way to get at clear values that we know of, for any Trino with the {@link Exhibits} in it.
 */
public final class LeakSuite
{
    /**
     * A part of the names of the probes to run, for whoever works on one.
     */
    private static final String FILTER = "meshwright.leak.probe";

    private LeakSuite() {}

    public static List<Probe> all()
    {
        return Stream.of(
                        ValueProbes.all(),
                        NestedProbes.all(),
                        MetadataProbes.all(),
                        HistoryProbes.all(),
                        LendingProbes.all(),
                        ControlProbes.all(),
                        ChoiceProbes.all(),
                        ViewProbes.all(),
                        DiscoveryProbes.all())
                .flatMap(probes -> probes)
                .filter(probe -> probe.name().contains(System.getProperty(FILTER, "")))
                .toList();
    }

    /**
     * The first value in a text that only somebody with clearance may see.
     */
    public static Optional<String> find(String text)
    {
        return Canaries.find(text);
    }

    /**
     * What could differ by catalog and storage, and needs few exhibits.
     */
    public static List<Probe> smoke()
    {
        return all().stream().filter(Probe::smoke).toList();
    }
}
