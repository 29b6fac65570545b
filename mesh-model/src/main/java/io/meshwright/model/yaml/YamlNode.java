package io.meshwright.model.yaml;

import io.meshwright.model.finding.SourceLocation;

/**
 * A YAML node that knows where it stands. Documents are read by {@link YamlDocuments}; anchors are resolved,
 * custom tags refused, so these three kinds are all there are.
 */
public sealed interface YamlNode
        permits YamlMapping,
                YamlScalar,
                YamlSequence
{
    /**
     * Where the node's text begins.
     */
    SourceLocation location();

    /**
     * The path from the document's root, for example {@code spec.outputPorts[1].name}; empty for the root.
     */
    String path();
}
