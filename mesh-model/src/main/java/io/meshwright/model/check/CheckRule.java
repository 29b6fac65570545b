package io.meshwright.model.check;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;

/**
 * What can be wrong with a request to check something.
 */
public enum CheckRule
        implements Rule
{
    SQL_SYNTAX(1, "SQL-SYNTAX", "The statement of a quality rule must be understood before it runs, so one that cannot be parsed is not sent to any engine."),
    SQL_NOT_READ_ONLY(2, "SQL-NOT-READ-ONLY", "A contract comes from another team. Its statements are exactly one SELECT, so that a check can never change anything."),
    SQL_TABLE(3, "SQL-TABLE", "A contract's statement sees the table under test and nothing else, whatever the job that runs it may read."),
    SQL_FUNCTION(4, "SQL-FUNCTION", "Functions are an allow-list, since engines have functions that read files, call code or reveal the environment."),
    SQL_TEXT(5, "SQL-TEXT", "Comments and escapes are read differently by different engines, so a text that one parser finds harmless could do harm in another."),
    JOB_ARGUMENT(10, "JOB-ARGUMENT", "A job that guesses what a wrong argument meant checks the wrong thing."),
    UNKNOWN_PORT(11, "UNKNOWN-PORT", "A contract test reads the table of one output port."),
    UNKNOWN_MODEL(12, "UNKNOWN-MODEL", "A contract with several models must say which one the port's table is."),
    NO_CONTRACT(14, "NO-CONTRACT", "Without a contract there is nothing to hold the data against."),
    UNKNOWN_PRODUCT(15, "UNKNOWN-PRODUCT", "Only what is registered is checked, since only that is what consumers rely on."),
    UNKNOWN_BRANCH(16, "UNKNOWN-BRANCH", "A test of a branch that does not exist would tell nothing about the data that is to be published."),
    WRITE_REFUSED(17, "WRITE-REFUSED", "What breaks the contract is cheapest to repair at its producer, before anybody has read it.");

    private final String id;
    private final String title;
    private final String rationale;

    CheckRule(int number, String title, String rationale)
    {
        this.id = "MESH-CHECK-%03d".formatted(number);
        this.title = title;
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
        return Severity.ERROR;
    }

    @Override
    public String rationale()
    {
        return rationale;
    }
}
