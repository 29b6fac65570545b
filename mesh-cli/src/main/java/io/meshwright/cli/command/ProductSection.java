package io.meshwright.cli.command;

import com.google.common.collect.ImmutableList;
import io.meshwright.cli.CliRule;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.yaml.DidYouMean;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.stream.Collectors.joining;

/**
 * What {@code mesh catalog get --show} can show. A pending section is one whose feature does not record anything yet: it says so.
 */
enum ProductSection
{
    SPEC(false),
    CONTRACT(false),
    PORTS(false),
    TEAM(false),
    SLA(false),
    HISTORY(false),
    VERSIONS(false),
    LINEAGE(false),
    QUALITY(false),
    USAGE(false),
    SAMPLE(true);

    static final List<ProductSection> DEFAULT = ImmutableList.of(SPEC, PORTS, CONTRACT, SLA, TEAM);
    static final String PENDING = "pending: not recorded yet";

    private final boolean pending;

    ProductSection(boolean pending)
    {
        this.pending = pending;
    }

    boolean isPending()
    {
        return pending;
    }

    String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }

    static Set<ProductSection> parse(List<String> names)
    {
        Set<ProductSection> sections = new LinkedHashSet<>();
        for (String name : names) {
            sections.add(Arrays.stream(values())
                    .filter(section -> section.label().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> unknown(name)));
        }
        return sections.isEmpty() ? new LinkedHashSet<>(DEFAULT) : sections;
    }

    private static MeshException unknown(String name)
    {
        List<String> labels = Arrays.stream(values()).map(ProductSection::label).toList();
        Optional<String> meant = DidYouMean.suggest(name, labels);
        return new MeshException(
                CliRule.UNKNOWN_SECTION,
                USER,
                "There is no section \"" + name + "\"",
                meant.map(label -> "did you mean " + label + "? ").orElse("") + "sections: " + labels.stream().collect(joining(", ")));
    }
}
