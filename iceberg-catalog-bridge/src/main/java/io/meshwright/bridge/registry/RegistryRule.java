package io.meshwright.bridge.registry;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;

import static io.meshwright.model.finding.Severity.ERROR;
import static io.meshwright.model.finding.Severity.WARNING;
import static java.util.Objects.requireNonNull;

/**
 * What the registry refuses, and what it reports about rows that are already there.
 */
public enum RegistryRule
        implements Rule
{
    CONFLICT("MESH-REG-001", "REGISTRATION-CONFLICT", ERROR, "Two people changed one product at the same time. The second must see the first one's change before it is replaced."),
    SQL_COLLISION("MESH-REG-002", "SQL-NAME-TAKEN", ERROR, "One SQL name must mean one product, or queries would silently read the other one."),
    ALIAS_TAKEN("MESH-REG-003", "ALIAS-TAKEN", ERROR, "An identifier that two products claim identifies neither."),
    LOCATION_TAKEN("MESH-REG-004", "LOCATION-TAKEN", ERROR, "Data that two products own is owned by nobody: each could change or delete the other one's."),
    TABLE_TAKEN("MESH-REG-005", "TABLE-TAKEN", ERROR, "Data that two products own is owned by nobody: each could change or delete the other one's."),
    UNREADABLE_ROW("MESH-REG-006", "REGISTERED-UNREADABLE", WARNING, "A product that was registered by another version, or changed by hand, is shown as broken instead of hidden."),
    UNKNOWN_PRODUCT("MESH-REG-007", "PRODUCT-UNKNOWN", ERROR, "Only registered products can be asked about."),
    /**/;

    private final String id;
    private final String title;
    private final Severity severity;
    private final String rationale;

    RegistryRule(String id, String title, Severity severity, String rationale)
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
