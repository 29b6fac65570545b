package io.meshwright.model.check;

/**
 * The ladder of evidence, cheapest exact rung first.
 */
public enum EvidenceRung
{
    /**
     * A former result for the same snapshot and the same check.
     */
    R0,
    /**
     * The manifest list alone.
     */
    R1,
    /**
     * Manifests.
     */
    R2,
    /**
     * Bounds and dictionaries, by a pushed violation predicate.
     */
    R3,
    /**
     * A scan of the suspicious files only.
     */
    R4,
    /**
     * One scan for many checks.
     */
    R5,
    /**
     * A query of its own.
     */
    R6,
}
