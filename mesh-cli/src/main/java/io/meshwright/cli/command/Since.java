package io.meshwright.cli.command;

import io.meshwright.cli.CliRule;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.sla.DurationText;
import io.meshwright.model.sla.SlaFormatException;

import java.time.Duration;

import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * Reads {@code --since}.
 */
final class Since
{
    private Since() {}

    static Duration duration(String since)
    {
        try {
            return DurationText.age(since);
        }
        catch (SlaFormatException e) {
            throw new MeshException(CliRule.USAGE, USER, "--since is no duration: " + since, "write for example  --since 7d  or  --since 12h", e);
        }
    }
}
