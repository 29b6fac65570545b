package io.meshwright.model.finding;

import java.util.ArrayList;
import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Collects findings, so that a reader sees all of them at once. Not thread-safe.
 */
public final class Findings
{
    private final List<Finding> findings = new ArrayList<>();

    public void add(Rule rule, SourceLocation location, String path, String message, String fix)
    {
        add(new Finding(rule, location, path, message, fix));
    }

    public void add(Finding finding)
    {
        findings.add(requireNonNull(finding, "finding is null"));
    }

    public void addAll(Iterable<Finding> others)
    {
        others.forEach(this::add);
    }

    public boolean hasErrors()
    {
        return findings.stream().anyMatch(Finding::isError);
    }

    /**
     * All findings so far in {@link Finding#BY_LOCATION} order, identical ones once.
     */
    public List<Finding> sorted()
    {
        return findings.stream()
                .distinct()
                .sorted(Finding.BY_LOCATION)
                .collect(toImmutableList());
    }
}
