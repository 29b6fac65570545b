package io.meshwright.bridge.migration;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;

import static java.util.Objects.requireNonNull;

/**
 * What a migration refuses.
 */
public enum MigrationRule
        implements Rule
{
    CONFLICT(1, "MIGRATION-CONFLICT", "Two people turned one dial at the same time. The second must see what the first did before it is turned again."),
    GATES_FAILED(2, "GATES-FAILED", "The old name goes over to the product only when the record proves that both are the same."),
    GATES_UNKNOWN(3, "GATES-UNKNOWN", "What the record does not tell is not proven, and nothing that is not proven opens a gate."),
    WRONG_STATE(4, "MIGRATION-STATE", "The dial has an order: beside each other, cut over, decommissioned."),
    REASON_MISSING(5, "FORCE-WITHOUT-REASON", "Who overrules a gate says why, for whoever has to explain it later."),
    STILL_READ(6, "LEGACY-STILL-READ", "What somebody still reads, or depends on, is not taken away."),
    NO_PROOF(7, "NO-PROOF-OF-NO-READERS", "That no reader was seen proves nothing where nobody could have seen one."),
    NO_DROPPER(8, "DECOMMISSION-USER-MISSING", "The user that compares tables can only read. What takes a table away has a user of its own, which nothing else uses."),
    EXECUTION_FAILED(9, "DECOMMISSION-FAILED", "What the legacy database did not confirm is not done."),
    NO_TABLE(10, "LEGACY-TABLE-MISSING", "Nothing can be told of a table that the legacy database does not show.");

    private final String id;
    private final String title;
    private final String rationale;

    MigrationRule(int number, String title, String rationale)
    {
        this.id = "MESH-MIGRATE-%03d".formatted(number);
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
