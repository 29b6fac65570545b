package io.meshwright.cli.finding;

import static java.util.Objects.requireNonNull;

/**
 * Findings that keep a command from doing its work, for example in its configuration.
 */
public final class FindingsException
        extends RuntimeException
{
    private final FileFindings findings;

    public FindingsException(FileFindings findings)
    {
        super("findings");
        this.findings = requireNonNull(findings, "findings is null");
    }

    public FileFindings findings()
    {
        return findings;
    }
}
