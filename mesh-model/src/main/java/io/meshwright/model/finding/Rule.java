package io.meshwright.model.finding;

/**
 * A rule that input can violate. Each area of the product keeps its rules in one enum that implements this
 * interface, so that an id is never given twice. Ids are stable: a retired id stays as a comment in its enum.
 */
public interface Rule
{
    /**
     * The stable id, {@code MESH-<AREA>-<NNN>}, the same in the command, in CI output and in Trino messages.
     */
    String id();

    /**
     * The rule's word, upper case with hyphens, for example {@code OWNER-EMAIL}.
     */
    String title();

    /**
     * The severity of a violation unless the finding says otherwise.
     */
    Severity severity();

    /**
     * Why the rule exists, as one or two sentences for {@code mesh explain}.
     */
    String rationale();
}
