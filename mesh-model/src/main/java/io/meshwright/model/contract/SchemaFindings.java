package io.meshwright.model.contract;

import io.meshwright.model.contract.OfficialSchemas.Refusal;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Severity;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.yaml.DidYouMean;
import io.meshwright.model.yaml.YamlMapping;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.meshwright.model.contract.ContractRule.DIALECT;
import static io.meshwright.model.contract.ContractRule.OFFICIAL_SCHEMA;
import static io.meshwright.model.contract.ContractRule.UNKNOWN_KEY;

/**
 * Turns what an official schema refuses into findings. A schema says the same thing many times over, once for each of the
 * alternatives that it tried, and less clearly than our own findings, which stand in its place where there is one.
 */
final class SchemaFindings
{
    private static final Set<String> EXTRA_KEY = Set.of("additionalProperties", "unevaluatedProperties");
    private static final Set<String> ALTERNATIVES = Set.of("oneOf", "anyOf");

    private final String standardVersion;
    private final List<Finding> own;
    private final boolean dialect;

    private SchemaFindings(String standardVersion, List<Finding> own)
    {
        this.standardVersion = standardVersion;
        this.own = own;
        this.dialect = own.stream().anyMatch(finding -> finding.rule() == DIALECT);
    }

    /**
     * Our own findings with those of the schema that say something more; an unknown key that the schema refuses becomes an error.
     */
    static List<Finding> merge(String standardVersion, YamlMapping document, List<Finding> own)
    {
        return new SchemaFindings(standardVersion, own).merge(OfficialSchemas.validate(standardVersion, document));
    }

    private List<Finding> merge(List<Refusal> refusals)
    {
        List<Finding> merged = new ArrayList<>(own);
        List<Refusal> chosen = withoutAlternatives(refusals);
        Map<List<String>, Refusal> others = new LinkedHashMap<>();
        Map<String, List<Refusal>> extras = new LinkedHashMap<>();
        for (Refusal refusal : chosen) {
            if (EXTRA_KEY.contains(refusal.keyword())) {
                extras.computeIfAbsent(refusal.node().path(), ignored -> new ArrayList<>()).add(refusal);
            }
            else {
                others.putIfAbsent(List.of(refusal.node().path(), refusal.keyword(), refusal.property().orElse("")), refusal);
            }
        }
        for (Refusal refusal : others.values()) {
            if (!isToldAlready(refusal)) {
                merged.add(finding(refusal));
            }
        }
        extras.forEach((path, refused) -> {
            // a schema forgets which keys it knows where anything else in the mapping is wrong, and then refuses all of them
            boolean certain = others.values().stream().noneMatch(other -> isAtOrBelow(other.node().path(), path))
                    && extras.keySet().stream().noneMatch(other -> !other.equals(path) && isAtOrBelow(other, path));
            int deepest = refused.stream().mapToInt(extra -> extra.evaluationPath().size()).max().orElseThrow();
            Set<String> keys = new HashSet<>();
            for (Refusal extra : refused) {
                boolean local = extra.keyword().equals("additionalProperties");
                if ((local || extra.evaluationPath().size() == deepest) && keys.add(extra.property().orElse(""))) {
                    extraKey(extra, merged, certain || local);
                }
            }
        });
        return merged;
    }

    /**
     * Of a choice that nothing fits, what is wrong with the only alternative that was meant, else that none fits.
     */
    private static List<Refusal> withoutAlternatives(List<Refusal> refusals)
    {
        List<Refusal> result = new ArrayList<>(refusals);
        for (Refusal choice : refusals) {
            if (!ALTERNATIVES.contains(choice.keyword())) {
                continue;
            }
            int depth = choice.evaluationPath().size();
            Map<String, List<Refusal>> branches = new LinkedHashMap<>();
            for (Refusal inner : refusals) {
                boolean within = inner.evaluationPath().size() > depth
                        && inner.evaluationPath().subList(0, depth).equals(choice.evaluationPath())
                        && isAtOrBelow(inner.node().path(), choice.node().path());
                if (within) {
                    branches.computeIfAbsent(inner.evaluationPath().get(depth), ignored -> new ArrayList<>()).add(inner);
                }
            }
            List<List<Refusal>> meant = branches.values().stream()
                    .filter(branch -> branch.stream().noneMatch(inner -> inner.keyword().equals("type") && inner.node().path().equals(choice.node().path())))
                    .toList();
            if (meant.size() == 1) {
                result.remove(choice);
                branches.values().stream().filter(branch -> branch != meant.get(0)).forEach(result::removeAll);
            }
            else {
                branches.values().forEach(result::removeAll);
            }
        }
        return result.stream().map(SchemaFindings::generalized).toList();
    }

    /**
     * What is left of a choice that the validator does not sum up.
     */
    private static Refusal generalized(Refusal refusal)
    {
        boolean summary = ALTERNATIVES.contains(refusal.keyword());
        boolean unsummed = refusal.evaluationPath().contains("anyOf") && !EXTRA_KEY.contains(refusal.keyword());
        if (!summary && !unsummed) {
            return refusal;
        }
        return new Refusal(refusal.node(), "anyOf", Optional.empty(), "it has none of the forms that the schema allows here", refusal.schema(), refusal.evaluationPath());
    }

    private void extraKey(Refusal extra, List<Finding> merged, boolean certain)
    {
        String key = extra.property().orElse("");
        YamlMapping.Entry entry = extra.node() instanceof YamlMapping mapping ? mapping.entries().get(key) : null;
        SourceLocation location = entry == null ? extra.node().location() : entry.keyLocation();
        String path = entry == null ? extra.node().path() : entry.value().path();
        for (int index = 0; index < merged.size(); index++) {
            Finding finding = merged.get(index);
            if (finding.rule() == UNKNOWN_KEY && finding.location().equals(location)) {
                merged.set(index, new Finding(UNKNOWN_KEY, Severity.ERROR, location, path, finding.message() + ", which the schema of " + standardVersion + " refuses", finding.fix()));
                return;
            }
        }
        if (certain && own.stream().noneMatch(finding -> finding.isError() && finding.location().equals(location))) {
            merged.add(new Finding(
                    OFFICIAL_SCHEMA,
                    location,
                    path,
                    "The schema of %s does not allow the key '%s' here".formatted(standardVersion, ContractNode.abbreviate(key)),
                    "Remove it, or keep it under customProperties."));
        }
    }

    /**
     * Whether one of our own errors stands at the same value, or at a key of the same mapping for what the mapping lacks.
     */
    private boolean isToldAlready(Refusal refusal)
    {
        String path = refusal.node().path();
        String missing = refusal.property().map(key -> path.isEmpty() ? key : path + "." + key).orElse(path);
        return own.stream().anyMatch(finding -> finding.isError() && (finding.path().equals(path) || finding.path().equals(missing)));
    }

    private Finding finding(Refusal refusal)
    {
        YamlNode node = refusal.node();
        // the source documents leave the title out together with the place of quality rules
        if (dialect && refusal.keyword().equals("required") && node.path().equals("info") && refusal.property().equals(Optional.of("title"))) {
            return new Finding(DIALECT, node.location(), "info.title", "The standard requires info.title, and the contract has none", "Add title, a name of the contract for people.");
        }
        return new Finding(OFFICIAL_SCHEMA, node.location(), node.path(), message(refusal), fix(refusal));
    }

    private String message(Refusal refusal)
    {
        String what = refusal.node().path().isEmpty() ? "the contract" : refusal.node().path();
        String value = refusal.node() instanceof YamlScalar scalar && !scalar.isNull() ? " is '" + ContractNode.abbreviate(scalar.text()) + "', and" : "";
        return switch (refusal.keyword()) {
            case "required" -> "The schema of %s requires the key '%s' in %s".formatted(standardVersion, refusal.property().orElse("?"), what);
            case "type" -> "The schema of %s refuses %s: it%s must be %s".formatted(standardVersion, what, value, types(refusal));
            case "enum" -> "The schema of %s refuses %s: it%s must be one of %s".formatted(standardVersion, what, value, String.join(", ", allowed(refusal)));
            default -> "The schema of %s refuses %s: %s".formatted(standardVersion, what, ContractNode.abbreviate(refusal.message().replaceFirst("^[^ ]*: ", "")));
        };
    }

    private static String fix(Refusal refusal)
    {
        Optional<String> written = refusal.node() instanceof YamlScalar scalar && !scalar.isNull() ? Optional.of(scalar.text()) : Optional.empty();
        return switch (refusal.keyword()) {
            case "required" -> "Add %s.".formatted(refusal.property().orElse("the key"));
            case "type" -> written.isPresent() && types(refusal).equals("a text") ? "Put it between quotes." : "Write it as %s.".formatted(types(refusal));
            case "enum" -> written.flatMap(word -> DidYouMean.suggest(word, allowed(refusal))).map("Did you mean '%s'?"::formatted).orElse("Use one of the allowed values.");
            default -> "Change it as the schema says.";
        };
    }

    private static List<String> allowed(Refusal refusal)
    {
        List<String> allowed = new ArrayList<>();
        refusal.schema().forEach(value -> allowed.add(value.asText()));
        return allowed;
    }

    private static String types(Refusal refusal)
    {
        List<String> names = refusal.schema().isArray() ? allowed(refusal) : Arrays.asList(refusal.schema().asText());
        return String.join(" or ", names.stream().map(SchemaFindings::typeName).toList());
    }

    private static String typeName(String type)
    {
        return switch (type) {
            case "string" -> "a text";
            case "boolean" -> "true or false";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "array" -> "a list";
            case "object" -> "a mapping of keys to values";
            default -> type;
        };
    }

    private static boolean isAtOrBelow(String path, String ancestor)
    {
        return path.equals(ancestor) || ancestor.isEmpty() || path.startsWith(ancestor + ".") || path.startsWith(ancestor + "[");
    }
}
