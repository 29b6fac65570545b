package io.meshwright.model.product;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;

import static io.meshwright.model.finding.Severity.ERROR;
import static io.meshwright.model.finding.Severity.WARNING;
import static java.util.Objects.requireNonNull;

/**
 * What a product can be refused for by its specification and its contracts alone, without looking at any system.
 */
public enum SpecRule
        implements Rule
{
    API_VERSION("MESH-SPEC-001", "API-VERSION", ERROR, "The version says what the keys mean. A file of an unknown version would be read by the wrong rules."),
    KIND("MESH-SPEC-002", "KIND", ERROR, "Several kinds of declarations are YAML. The kind says which one this is, so that none is taken for another."),
    NAME("MESH-SPEC-003", "NAME", ERROR, "The name is the product's stable address. One spelling, lower case with hyphens, maps to exactly one name in SQL."),
    DOMAIN_RESERVED("MESH-SPEC-004", "DOMAIN-RESERVED", ERROR, "These schemas hold the registry and the engine's own tables; a domain of that name would hide them."),
    DOMAIN_UNKNOWN("MESH-SPEC-005", "DOMAIN-UNKNOWN", ERROR, "The mesh lists its domains, so a misspelt one would create a domain that nobody owns."),
    RETENTION("MESH-SPEC-006", "RETENTION", ERROR, "Retention decides when rows are deleted. A time that can be read in two ways must not decide that."),
    DOCUMENTATION_URL("MESH-SPEC-007", "DOCUMENTATION-URL", ERROR, "The address is shown as a link to everybody who finds the product, so it has to be one that a browser opens."),
    ALIAS("MESH-SPEC-008", "ALIAS", ERROR, "A second identifier finds the product like its address, so it must not look like the address of another one."),
    ACCESS("MESH-SPEC-009", "ACCESS", ERROR, "Who may read is never guessed: a rule that can be read in two ways is refused."),
    MIGRATION("MESH-SPEC-010", "MIGRATION", ERROR, "The migration section decides what is sent to the old warehouse and when it is switched off. It has to be exact."),
    SENSITIVITY("MESH-SPEC-011", "SENSITIVITY", WARNING, "The sensitivity level decides what the specification and the contract leave open. Where they say something else it holds, and whoever reads the file should know."),
    QUALITY("MESH-SPEC-012", "QUALITY", ERROR, "A check that is not understood would never fail, and a promise that is never held against the data is none."),
    DOC_REQUIRED("MESH-DOC-001", "DOC-REQUIRED", ERROR, "A product that nobody can understand from the catalog is not found, or asked about again and again."),
    OWNER_EMAIL("MESH-OWN-001", "OWNER-EMAIL", ERROR, "Consumers and alerts have to reach the owning team, so the owner is an e-mail address."),
    PORT_REQUIRED("MESH-PORT-001", "PORT-REQUIRED", ERROR, "A product without an output port cannot be read by anybody."),
    PORT_DUPLICATE("MESH-PORT-002", "PORT-DUPLICATE", ERROR, "Ports are addressed by their names."),
    PORT_TOPIC("MESH-PORT-003", "PORT-TOPIC", ERROR, "Without its topic nobody can consume a Kafka port."),
    PORT_LOCATION("MESH-PORT-004", "PORT-LOCATION", ERROR, "The location is a directory prefix. Without the slash s3://lake/orders also means s3://lake/orders-old."),
    PORT_FORMAT("MESH-PORT-005", "PORT-FORMAT", ERROR, "One open table format lets every engine read every product without copies."),
    PORT_KEY("MESH-PORT-006", "PORT-KEY", ERROR, "A key that the port's type does not use would be ignored, so it is either the wrong key or the wrong type."),
    PORT_REACH("MESH-PORT-007", "PORT-REACH", ERROR, "A port says how it is read: a view by its query, an API by its URL, files by location and format."),
    PORT_SECRET("MESH-PORT-008", "PORT-SECRET", ERROR, "The specification is stored in the registry and shown to readers. Secrets belong into the configuration."),
    CONTRACT_REQUIRED("MESH-PORT-009", "CONTRACT-REQUIRED", ERROR, "The contract lists the columns that readers may see. A table without one has nothing to show."),
    CONTRACT_FILE("MESH-PORT-010", "CONTRACT-FILE", ERROR, "A promise that cannot be read is no promise."),
    CONTRACT_PATH("MESH-PORT-011", "CONTRACT-PATH", ERROR, "The contract is versioned beside the specification, so its path is relative to the specification's file and holds on every machine."),
    CONTRACT_ID("MESH-PORT-012", "CONTRACT-ID", WARNING, "A contract's id names the product that it belongs to, so that one found alone leads back to it."),
    CONTRACT_MODEL("MESH-PORT-013", "CONTRACT-MODEL", ERROR, "A table port serves one model. Where a contract has several, one of them has to bear the product's name."),
    DEPRECATION("MESH-PORT-014", "DEPRECATION", ERROR, "Readers plan by the published end of a version and by what replaces it, so both have to lead somewhere."),
    VIEW_QUERY("MESH-PORT-015", "VIEW-QUERY", ERROR, "A view is one SELECT over the addresses of products, so that the masks and rights of its inputs hold for whoever reads it."),
    VIEW_COLUMNS("MESH-PORT-016", "VIEW-COLUMNS", ERROR, "Readers rely on the contract's columns, so the query has to give exactly these, in this order."),
    VERSION_MAJOR("MESH-PORT-017", "VERSION-MAJOR", WARNING, "Two versions are told apart in SQL by the major number of their contracts. A second port of the same major has no name there."),
    SLA_FRESHNESS("MESH-SLA-001", "SLA-FRESHNESS", ERROR, "Consumers decide by the age of the data whether they can use it, and staleness can only be noticed against a promise."),
    SLA_FORMAT("MESH-SLA-002", "SLA-FORMAT", ERROR, "A service level is measured and alerts people, so its figure must have one meaning."),
    SLA_TIMESTAMP("MESH-SLA-003", "SLA-TIMESTAMP", ERROR, "Freshness is measured on this field, so the contract has to have it as a date or a timestamp."),
    PII_FIELDS("MESH-PII-001", "PII-FIELDS", WARNING, "Only listed fields are masked. A product that says it holds personal data but not where has them in clear."),
    PII_FLAG("MESH-PII-002", "PII-FLAG", ERROR, "contains_pii switches the controls for personal data on: contracts, retention, encryption. Fields alone do not."),
    PII_PORT_CONTRACT("MESH-PII-003", "PII-PORT-CONTRACT", ERROR, "Personal data leaves a product only under a contract, whatever the port's technology. PII data products must declare a data contract on every output port."),
    PII_FIELD_UNKNOWN("MESH-PII-004", "PII-FIELD-UNKNOWN", ERROR, "A misspelt field would stay unmasked under its real name."),
    PII_MARKED("MESH-PII-005", "PII-MARKED", WARNING, "The contract marks this field as personal, so it is masked. The specification is where readers and auditors look for it."),
    PII_VERSION("MESH-PII-006", "PII-VERSION", WARNING, "A personal field that another version calls by another name is masked there only when that name is listed, too."),
    RESIDENCY("MESH-RES-001", "RESIDENCY", ERROR, "Data with a residency must not be stored outside its region."),
    RESIDENCY_REGION("MESH-RES-002", "RESIDENCY-REGION", ERROR, "Residency is proven by the region of every store. Where none is declared nothing is proven."),
    RESIDENCY_VALUE("MESH-RES-003", "RESIDENCY-VALUE", ERROR, "A residency that no region belongs to can never be checked.");

    private final String id;
    private final String title;
    private final Severity severity;
    private final String rationale;

    SpecRule(String id, String title, Severity severity, String rationale)
    {
        this.id = requireNonNull(id, "id is null");
        this.title = requireNonNull(title, "title is null");
        this.severity = requireNonNull(severity, "severity is null");
        this.rationale = requireNonNull(rationale, "rationale is null");
    }

    /**
     * Whether the rule decides about registering alone. What violates it can still be understood, so a product that was registered
     * before the rule was tightened stays readable. The other rules tell what has no one meaning, and hold for every reader.
     */
    public boolean isForAdmission()
    {
        return switch (this) {
            case SENSITIVITY, DOMAIN_UNKNOWN, DOCUMENTATION_URL, ALIAS, DOC_REQUIRED, OWNER_EMAIL,
                 PORT_REQUIRED, PORT_TOPIC, PORT_LOCATION, PORT_KEY, PORT_REACH, PORT_SECRET,
                 VIEW_QUERY, VIEW_COLUMNS, VERSION_MAJOR, PII_VERSION,
                 CONTRACT_REQUIRED, CONTRACT_FILE, CONTRACT_PATH, CONTRACT_ID,
                 SLA_FRESHNESS, SLA_TIMESTAMP,
                 PII_FIELDS, PII_FLAG, PII_PORT_CONTRACT, PII_MARKED,
                 RESIDENCY, RESIDENCY_REGION, RESIDENCY_VALUE -> true;
            case API_VERSION, KIND, NAME, DOMAIN_RESERVED, RETENTION, ACCESS, MIGRATION,
                 PORT_DUPLICATE, PORT_FORMAT, DEPRECATION, CONTRACT_MODEL, SLA_FORMAT, PII_FIELD_UNKNOWN, QUALITY -> false;
        };
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
