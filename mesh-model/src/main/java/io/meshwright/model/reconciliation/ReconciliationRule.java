package io.meshwright.model.reconciliation;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;

/**
 * What can be wrong with a reconciliation.
 */
public enum ReconciliationRule
        implements Rule
{
    NO_MIGRATION(1, "NO-MIGRATION", "Only the product's owner knows which legacy table it replaces and by which key and day the two compare."),
    UNKNOWN_LEGACY(2, "UNKNOWN-LEGACY", "A legacy warehouse is named below legacy: in mesh.yaml, with its address and the place of its password."),
    LEGACY_UNREACHABLE(3, "LEGACY-UNREACHABLE", "What the legacy warehouse does not answer cannot be told: it is neither complete nor a breach."),
    LEGACY_FAILED(4, "LEGACY-FAILED", "A statement that the legacy warehouse refuses leaves the comparison open."),
    LEVEL(5, "RECONCILE-LEVEL", "Counts are cheap, aggregates tell that rows differ, and rows tell which."),
    DATES(6, "RECONCILE-DATES", "A comparison names the days that it compares, inclusive on both ends."),
    BLACKOUT(7, "LEGACY-BLACKOUT", "The owner of the legacy warehouse asked to be left alone at this time of day."),
    WINDOW(8, "RECONCILE-WINDOW", "Both sides must give each row the same day, or none."),
    PAUSED(9, "LEGACY-PAUSED", "Whoever runs the legacy warehouse can stop all comparisons by one file, at once."),
    KEY(10, "RECONCILE-KEY", "Rows are matched by their key, so both sides must have it."),
    PROFILE(11, "RECONCILE-PROFILE", "Both sides must compute the same hash of a row."),
    SNAPSHOT_LOST(12, "SNAPSHOT-LOST", "Both sides are read as they were at one time; what is removed meanwhile cannot be compared."),
    ACCEPTANCE(15, "RECONCILE-ACCEPTANCE", "Somebody answers for a difference that was found, for a time and with a reason; nobody can answer for one that nobody has seen.");

    private final String id;
    private final String title;
    private final String rationale;

    ReconciliationRule(int number, String title, String rationale)
    {
        this.id = "MESH-RECON-%03d".formatted(number);
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
