package io.meshwright.model.finding;

import java.util.Comparator;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * One violation of one rule at one place.
 *
 * @param path the YAML path, for example {@code spec.outputPorts[1].contract}; empty for the whole document
 * @param message what is wrong, with the offending value, in the user's words
 * @param fix what to do about it; never empty
 */
public record Finding(Rule rule, Severity severity, SourceLocation location, String path, String message, String fix)
{
    /**
     * The order in which findings are shown: by file, then line, then column, then rule.
     */
    public static final Comparator<Finding> BY_LOCATION = Comparator
            .comparing((Finding finding) -> finding.location().file())
            .thenComparingInt(finding -> finding.location().line())
            .thenComparingInt(finding -> finding.location().column())
            .thenComparing(finding -> finding.rule().id());

    public Finding
    {
        requireNonNull(rule, "rule is null");
        requireNonNull(severity, "severity is null");
        requireNonNull(location, "location is null");
        requireNonNull(path, "path is null");
        checkArgument(!message.isBlank(), "message is blank");
        checkArgument(!fix.isBlank(), "fix is blank");
    }

    public Finding(Rule rule, SourceLocation location, String path, String message, String fix)
    {
        this(rule, rule.severity(), location, path, message, fix);
    }

    public boolean isError()
    {
        return severity == Severity.ERROR;
    }
}
