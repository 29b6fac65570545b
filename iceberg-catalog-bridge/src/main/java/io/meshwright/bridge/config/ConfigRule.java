package io.meshwright.bridge.config;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;

import static io.meshwright.model.finding.Severity.ERROR;
import static io.meshwright.model.finding.Severity.WARNING;
import static java.util.Objects.requireNonNull;

/**
 * What can be wrong with {@code mesh.yaml}, beyond what can be wrong with any YAML.
 */
public enum ConfigRule
        implements Rule
{
    FILE_MISSING("MESH-CONFIG-001", "CONFIG-MISSING", ERROR, "A configuration that was named and is not there must not be replaced by defaults: they would show an empty mesh."),
    UNREADABLE("MESH-CONFIG-002", "CONFIG-UNREADABLE", ERROR, "A configuration that cannot be read must not be replaced by defaults."),
    UNKNOWN_VARIABLE("MESH-CONFIG-003", "CONFIG-VARIABLE", WARNING, "A misspelt variable would silently not hold."),
    REFERENCE("MESH-CONFIG-004", "CONFIG-REFERENCE", ERROR, "A reference to a variable or file that does not exist leaves the value unknown."),
    INVALID_VALUE("MESH-CONFIG-005", "CONFIG-VALUE", ERROR, "A value that cannot mean anything must be corrected, not guessed."),
    PLAIN_SECRET("MESH-CONFIG-006", "CONFIG-PLAIN-SECRET", WARNING, "A secret written into a configuration file ends in backups and repositories."),
    /**/;

    private final String id;
    private final String title;
    private final Severity severity;
    private final String rationale;

    ConfigRule(String id, String title, Severity severity, String rationale)
    {
        this.id = requireNonNull(id, "id is null");
        this.title = requireNonNull(title, "title is null");
        this.severity = requireNonNull(severity, "severity is null");
        this.rationale = requireNonNull(rationale, "rationale is null");
    }

    @Override
    public String id()
    {
        return id;
    }

    @Override
    public String title()
    {
        return title;
    }

    @Override
    public Severity severity()
    {
        return severity;
    }

    @Override
    public String rationale()
    {
        return rationale;
    }
}
