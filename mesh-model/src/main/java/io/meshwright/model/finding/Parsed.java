package io.meshwright.model.finding;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What reading a document gave: a value where there is no error, and all findings either way.
 *
 * @param value empty exactly when a finding is an error
 * @param findings in {@link Finding#BY_LOCATION} order
 */
public record Parsed<T>(Optional<T> value, List<Finding> findings)
{
    public Parsed
    {
        requireNonNull(value, "value is null");
        findings = ImmutableList.copyOf(findings);
        checkArgument(value.isEmpty() == findings.stream().anyMatch(Finding::isError), "a value goes with no error, and none with an error");
    }
}
