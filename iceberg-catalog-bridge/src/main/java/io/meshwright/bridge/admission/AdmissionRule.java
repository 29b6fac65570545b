package io.meshwright.bridge.admission;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;

import static java.util.Objects.requireNonNull;

/**
 * Why a product that is valid by itself is not registered.
 */
public enum AdmissionRule
        implements Rule
{
    TABLE_MISSING("MESH-ADM-001", "TABLE-MISSING", "An address must lead to data. A product whose table does not exist would answer every query with an error."),
    TABLE_BEHIND("MESH-ADM-002", "TABLE-BEHIND-CONTRACT", "Consumers may use every column of the contract from the moment it is registered."),
    FILE_MISSING("MESH-ADM-003", "FILE-MISSING", "A declaration that is named has to exist."),
    FILE_UNREADABLE("MESH-ADM-004", "FILE-UNREADABLE", "A declaration that cannot be read cannot be checked."),
    VIEW_INPUT("MESH-ADM-005", "VIEW-INPUT", "A view shows what its inputs hold. One that reads an address which nobody registered would answer every query with an error."),
    /**/;

    private final String id;
    private final String title;
    private final String rationale;

    AdmissionRule(String id, String title, String rationale)
    {
        this.id = requireNonNull(id, "id is null");
        this.title = requireNonNull(title, "title is null");
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
        return Severity.ERROR;
    }

    @Override
    public String rationale()
    {
        return rationale;
    }
}
