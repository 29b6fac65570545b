package io.meshwright.bridge.catalog;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;

import static java.util.Objects.requireNonNull;

/**
 * What can go wrong between us and the Iceberg catalog.
 */
public enum CatalogRule
        implements Rule
{
    UNREACHABLE("MESH-CATALOG-001", "CATALOG-UNREACHABLE", "Nothing can be told about products while the catalog that holds them does not answer."),
    NO_SUCH_CATALOG("MESH-CATALOG-002", "CATALOG-MISSING", "A configured catalog that does not exist is a wrong path more often than a new one, and a new one would hide all products."),
    BAD_SETTINGS("MESH-CATALOG-003", "CATALOG-SETTINGS", "A catalog needs a type, and most types need an address and a warehouse."),
    BROKEN("MESH-CATALOG-004", "CATALOG-BROKEN", "A catalog or table whose own files cannot be read must be repaired before anything is added to it."),
    READ_ONLY("MESH-CATALOG-005", "WAREHOUSE-READ-ONLY", "Registration and results are written to the warehouse, so it must be writable for whoever writes them."),
    COMMIT_UNKNOWN("MESH-CATALOG-006", "COMMIT-UNKNOWN", "When a catalog breaks off in the middle of a commit, only looking again tells whether it happened."),
    CONTENTION("MESH-CATALOG-007", "CATALOG-CONTENTION", "Each writer of a table needs its turn; with very many at once one may wait in vain."),
    FOREIGN_FORMAT("MESH-CATALOG-008", "FOREIGN-FORMAT", "Tables of the mesh hold Avro files without row-level deletes, so that every engine reads them; other writers must keep to it."),
    /**/;

    private final String id;
    private final String title;
    private final String rationale;

    CatalogRule(String id, String title, String rationale)
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
