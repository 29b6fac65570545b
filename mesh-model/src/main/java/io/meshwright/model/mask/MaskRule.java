package io.meshwright.model.mask;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;

import static java.util.Objects.requireNonNull;

/**
 * The rules of masks and of their keys.
 */
public enum MaskRule
        implements Rule
{
    KEY_RING_INVALID("MESH-MASK-001", "A key ring that cannot be read whole is used for nothing, since a wrong key gives tokens that join with no others."),
    KEY_TOO_SHORT("MESH-MASK-002", "A short key can be guessed, and with it every masked value."),
    FIELD_UNKNOWN("MESH-MASK-003", "A personal field that the contract does not know cannot be masked, so nothing of the product is shown.");

    private final String id;
    private final String rationale;

    MaskRule(String id, String rationale)
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
