package io.meshwright.model.contract;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;

import static io.meshwright.model.finding.Severity.ERROR;
import static io.meshwright.model.finding.Severity.INFO;
import static io.meshwright.model.finding.Severity.WARNING;

/**
 * What a data contract can violate by itself, without a look at the data.
 */
public enum ContractRule
        implements Rule
{
    STANDARD(
            "MESH-CONTRACT-001",
            "DC-STANDARD",
            ERROR,
            "A contract says which standard it follows: dataContractSpecification for DCS, apiVersion with kind DataContract for ODCS. Nothing else in it can be understood before that."),
    STANDARD_VERSION(
            "MESH-CONTRACT-002",
            "DC-STANDARD-VERSION",
            ERROR,
            "The same key means different things in different versions of a standard, so only the versions that this reader knows are read."),
    DIALECT("MESH-CONTRACT-003",
            "DC-DIALECT",
            WARNING,
            "A form that is widely copied, though no version of the standard has it. It is read and checked, but other tools will ignore it or refuse it."),
    OFFICIAL_SCHEMA(
            "MESH-CONTRACT-004",
            "DC-SCHEMA",
            ERROR,
            "The official JSON schema of the version that the contract declares refuses it, so other tools will refuse it as well."),
    UNKNOWN_KEY(
            "MESH-CONTRACT-005",
            "DC-UNKNOWN-KEY",
            WARNING,
            "A key that the standard does not have is mostly a misspelling, and a promise under a misspelt key is never checked."),
    VALUE("MESH-CONTRACT-006",
            "DC-VALUE",
            ERROR,
            "A value of the wrong kind cannot be understood, and guessing would check something that nobody promised."),
    MISSING("MESH-CONTRACT-007",
            "DC-MISSING-KEY",
            ERROR,
            "Without its identity, its version and its tables a contract says nothing that can be verified."),
    FIELD_TYPE(
            "MESH-CONTRACT-008",
            "DC-FIELD-TYPE",
            ERROR,
            "Tables, masks and checks follow from the type of a field, so a type must be one that the standard has."),
    FIELD_TYPE_MISSING(
            "MESH-CONTRACT-009",
            "DC-FIELD-TYPE-MISSING",
            WARNING,
            "A field without a type is taken as text. Consumers cannot rely on anything more."),
    DUPLICATE_NAME(
            "MESH-CONTRACT-010",
            "DC-DUPLICATE-NAME",
            ERROR,
            "SQL knows no difference between upper and lower case, so two fields or tables whose names differ in nothing else cannot be told apart."),
    FIELD_NAME(
            "MESH-CONTRACT-011",
            "DC-FIELD-NAME",
            ERROR,
            "A field becomes a column. Dots separate the levels of nested fields, so a name must not contain any, nor be empty."),
    REFERENCE(
            "MESH-CONTRACT-012",
            "DC-REFERENCE",
            ERROR,
            "A definition that is referred to must be there, or the field inherits nothing and is left unchecked."),
    QUALITY_TYPE(
            "MESH-CONTRACT-013",
            "DC-QUALITY-TYPE",
            ERROR,
            "A quality rule is a text, a library metric, an SQL query or another engine's rule; anything else cannot be run."),
    QUALITY_METRIC(
            "MESH-CONTRACT-014",
            "DC-QUALITY-METRIC",
            ERROR,
            "Only the metrics of the standards can be computed; a rule on another metric would never be checked."),
    QUALITY_OPERATOR(
            "MESH-CONTRACT-015",
            "DC-QUALITY-OPERATOR",
            ERROR,
            "A rule holds one figure against one threshold. Without an operator it cannot fail, with two it is ambiguous."),
    QUALITY_ARGUMENT(
            "MESH-CONTRACT-016",
            "DC-QUALITY-ARGUMENT",
            ERROR,
            "A metric needs its arguments in the form that the standard gives them."),
    UNKNOWN_FIELD(
            "MESH-CONTRACT-017",
            "DC-UNKNOWN-FIELD",
            ERROR,
            "A rule or a key on a table or field that the contract does not declare can never be checked."),
    QUALITY_SQL(
            "MESH-CONTRACT-018",
            "DC-QUALITY-SQL",
            ERROR,
            "The SQL of a contract is untrusted input. It must be exactly one reading query."),
    PATTERN("MESH-CONTRACT-019",
            "DC-PATTERN",
            ERROR,
            "A regular expression that does not compile checks nothing."),
    IMPOSSIBLE_CONSTRAINT(
            "MESH-CONTRACT-020",
            "DC-IMPOSSIBLE-CONSTRAINT",
            ERROR,
            "No value can satisfy such a constraint, so every row would violate it."),
    MISPLACED_CONSTRAINT(
            "MESH-CONTRACT-021",
            "DC-MISPLACED-CONSTRAINT",
            ERROR,
            "A constraint that the type of the field cannot have says something else than its author meant."),
    PRIMARY_KEY(
            "MESH-CONTRACT-022",
            "DC-PRIMARY-KEY",
            ERROR,
            "The fields of a primary key exist and have an order, each its own position."),
    SERVICE_LEVEL(
            "MESH-CONTRACT-023",
            "DC-SERVICE-LEVEL",
            ERROR,
            "A service level that cannot be understood cannot be measured."),
    MASK("MESH-CONTRACT-024",
            "DC-MASK",
            ERROR,
            "A mask that the type cannot have would leave the values in clear or the column unreadable."),
    PII_CONTRADICTION(
            "MESH-CONTRACT-025",
            "DC-PII-CONTRADICTION",
            WARNING,
            "A field that is called personal in one key and not personal in another is masked, since the mistake may be on either side."),
    ANATOMY("MESH-CONTRACT-026",
            "DC-ANATOMY",
            INFO,
            "A complete contract has five parts: schema, semantics, service levels, compatibility and ownership."),
    COMPATIBILITY(
            "MESH-CONTRACT-027",
            "DC-COMPATIBILITY",
            ERROR,
            "The evolution mode decides which changes are breaking, so it must be one that is known."),
    DEPRECATED(
            "MESH-CONTRACT-028",
            "DC-DEPRECATED",
            WARNING,
            "The standard has replaced this spelling. It is still understood, but newer tools may not read it."),
    ENUM_TYPE(
            "MESH-CONTRACT-029",
            "DC-ENUM-TYPE",
            WARNING,
            "The standards list the values of an enum as texts. On a field of another type they are compared by value."),
    INCONSISTENT_NUMBER(
            "MESH-CONTRACT-030",
            "DC-DECIMAL",
            ERROR,
            "A decimal has 1 to 38 digits, and no more of them after the point than it has in all.");

    private final String id;
    private final String title;
    private final Severity severity;
    private final String rationale;

    ContractRule(String id, String title, Severity severity, String rationale)
    {
        this.id = id;
        this.title = title;
        this.severity = severity;
        this.rationale = rationale;
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
