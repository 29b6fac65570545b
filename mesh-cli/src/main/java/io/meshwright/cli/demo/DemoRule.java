package io.meshwright.cli.demo;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;

import static java.util.Objects.requireNonNull;

/**
 * The rules of the demonstration.
 */
public enum DemoRule
        implements Rule
{
    SCALE("MESH-DEMO-001", "Below the smallest scale a day has too few orders for the planted faults to show; above the greatest one the story takes hours."),
    FOLDER("MESH-DEMO-002", "The demonstration begins with an empty folder, and deletes only what an earlier demonstration made."),
    WAREHOUSE("MESH-DEMO-003", "The legacy warehouse of the story is a real PostgreSQL, so it must start on this machine."),
    STORY("MESH-DEMO-004", "Each figure of the story is held against the faults that were planted in the data; one that differs is a defect, not a detail.");

    private final String id;
    private final String rationale;

    DemoRule(String id, String rationale)
    {
        this.id = requireNonNull(id, "id is null");
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
        return name().replace('_', '-');
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
