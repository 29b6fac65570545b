package io.meshwright.bridge.provision;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;

import static java.util.Objects.requireNonNull;

/**
 * Why a product's table cannot be made or changed as its contract says.
 */
public enum ProvisionRule
        implements Rule
{
    CANNOT_FOLLOW("MESH-PROV-001", "TABLE-CANNOT-FOLLOW", "A table that holds data can only be widened. A change that would break what is stored needs a new table behind a new port."),
    FOREIGN_TABLE("MESH-PROV-002", "FOREIGN-TABLE", "A table that somebody else made is taken over when it fits, but never altered: its owner does not know about it."),
    TABLE_TAKEN("MESH-PROV-003", "TABLE-OF-ANOTHER", "Data that two products own is owned by nobody: each could change or delete the other one's."),
    NOTHING_THERE("MESH-PROV-004", "LOCATION-EMPTY", "A product keeps its address when its data moves. That holds only when the data is at the new place before the address points there."),
    UNREADABLE_TABLE("MESH-PROV-005", "TABLE-UNREADABLE", "An address must not point to a table that nobody can read."),
    CHANGED_MEANWHILE("MESH-PROV-006", "CHANGED-MEANWHILE", "A plan holds for the table that it was made for."),
    STORAGE_MISSING("MESH-PROV-007", "STORAGE-MISSING", "The product is registered, but the catalog no longer has its table."),
    STORAGE_REPLACED("MESH-PROV-008", "STORAGE-REPLACED", "Masks go by the columns of the table that was registered. Another table under the same name may mean other columns."),
    NOT_A_TABLE("MESH-PROV-009", "PORT-NOT-A-TABLE", "Only table ports hold rows that can be checked and counted here."),
    /**/;

    private final String id;
    private final String title;
    private final String rationale;

    ProvisionRule(String id, String title, String rationale)
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
