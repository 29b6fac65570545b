package io.meshwright.model.contract;

import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.yaml.DidYouMean;
import io.meshwright.model.yaml.YamlNode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What reading one contract has gathered so far. Not thread-safe.
 */
final class ContractReading
{
    private final Findings findings;
    private final List<NotChecked> notChecked = new ArrayList<>();

    ContractReading(Findings findings)
    {
        this.findings = requireNonNull(findings, "findings is null");
    }

    Findings findings()
    {
        return findings;
    }

    List<NotChecked> notChecked()
    {
        return notChecked;
    }

    void add(Rule rule, YamlNode node, String message, String fix)
    {
        findings.add(rule, node.location(), node.path(), message, fix);
    }

    void add(Rule rule, Severity severity, SourceLocation location, String path, String message, String fix)
    {
        findings.add(new Finding(rule, severity, location, path, message, fix));
    }

    void notChecked(YamlNode node, String reason)
    {
        notChecked(node.path(), reason, node.location());
    }

    void notChecked(String path, String reason, SourceLocation source)
    {
        notChecked.add(new NotChecked(path, reason, source));
    }

    /**
     * A sentence that names the nearest of the known words, or lists them where none is near.
     */
    static String suggest(String word, Collection<String> known)
    {
        return DidYouMean.suggest(word, known)
                .map(near -> "Did you mean '%s'?".formatted(near))
                .orElseGet(() -> known.isEmpty() ? "There is none to choose from." : "Use one of: %s.".formatted(String.join(", ", known)));
    }
}
