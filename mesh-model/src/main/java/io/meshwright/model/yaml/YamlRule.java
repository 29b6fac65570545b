package io.meshwright.model.yaml;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;

import static io.meshwright.model.finding.Severity.ERROR;
import static java.util.Objects.requireNonNull;

/**
 * What can be wrong with any YAML file, whatever it declares.
 */
public enum YamlRule
        implements Rule
{
    SYNTAX("MESH-YAML-001", "YAML-SYNTAX", "A file that is not valid YAML has no meaning that two programs would agree on."),
    DUPLICATE_KEY("MESH-YAML-002", "YAML-DUPLICATE-KEY", "Of two equal keys most readers silently drop one, so what was meant is lost without a trace."),
    TAB("MESH-YAML-003", "YAML-TAB", "YAML forbids tabs as indentation because editors show them with different widths."),
    TOO_LARGE("MESH-YAML-004", "YAML-TOO-LARGE", "A declaration is written by people. A file of more than 1 MiB is another file by mistake, or an attempt to exhaust memory."),
    ALIASES("MESH-YAML-005", "YAML-ALIASES", "Aliases of aliases can blow a small file up to more nodes than fit into memory."),
    NESTING("MESH-YAML-006", "YAML-NESTING", "No declaration needs more than 64 levels. Deeper nesting is a mistake or an attempt to exhaust the stack."),
    TAG("MESH-YAML-007", "YAML-TAG", "Tags of other programs make a reader build arbitrary objects. Declarations hold plain data only."),
    MULTIPLE_DOCUMENTS("MESH-YAML-008", "YAML-MULTIPLE-DOCUMENTS", "One file declares one thing, so that its path names it."),
    ENCODING("MESH-YAML-009", "YAML-ENCODING", "Files are UTF-8, so that every reader sees the same characters."),
    EMPTY("MESH-YAML-010", "YAML-EMPTY", "An empty file declares nothing, which is never what was meant."),
    ROOT("MESH-YAML-011", "YAML-ROOT", "A declaration is a mapping of keys to values at its top level."),
    KEY("MESH-YAML-012", "YAML-KEY", "Keys are names. Lists and mappings as keys cannot be looked up by anyone."),
    UNKNOWN_KEY("MESH-YAML-020", "UNKNOWN-KEY", "A misspelt key would be ignored, and what it declares would silently not hold. Keys that begin with x- are free."),
    REQUIRED_KEY("MESH-YAML-021", "REQUIRED-KEY", "Without this key the declaration has no meaning."),
    WRONG_TYPE("MESH-YAML-022", "WRONG-TYPE", "A value of another type would have to be guessed, and two programs would guess differently."),
    UNKNOWN_VALUE("MESH-YAML-023", "UNKNOWN-VALUE", "The key takes one of a closed list of words. Another word would be ignored or guessed."),
    EMPTY_VALUE("MESH-YAML-024", "EMPTY-VALUE", "A key without a value leaves open whether the default is meant or the value was forgotten.");

    private final String id;
    private final String title;
    private final String rationale;

    YamlRule(String id, String title, String rationale)
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
        return ERROR;
    }

    @Override
    public String rationale()
    {
        return rationale;
    }
}
