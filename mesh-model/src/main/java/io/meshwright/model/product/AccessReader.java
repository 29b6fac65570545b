package io.meshwright.model.product;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.product.AccessPolicy.Clearance;
import io.meshwright.model.product.AccessPolicy.Discovery;
import io.meshwright.model.yaml.MappingReader;
import io.meshwright.model.yaml.YamlScalar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.model.finding.QuotedText.quoted;

/**
 * Reads {@code access:}. Whatever is unclear is an error, so that a product never opens by a mistake.
 */
final class AccessReader
{
    private static final Map<String, Discovery> DISCOVERIES = ImmutableMap.of("public", Discovery.PUBLIC, "private", Discovery.PRIVATE);

    private AccessReader() {}

    static AccessPolicy read(MappingReader section, Sensitivity level)
    {
        Findings findings = section.findings();
        Discovery discovery = section.word("discovery", DISCOVERIES).orElseGet(level::discovery);
        if (discovery == Discovery.PUBLIC && level.discovery() == Discovery.PRIVATE) {
            findings.add(
                    SpecRule.SENSITIVITY,
                    section.keyLocation("discovery"),
                    section.path("discovery"),
                    "everybody finds the product, which is looser than its sensitivity_level %s".formatted(level.label()),
                    "remove the key, so that only its readers find it, or lower the level");
        }
        Optional<List<String>> readGroups = section.strings("read").map(groups -> groups.stream().map(YamlScalar::text).distinct().toList());
        if (readGroups.isPresent() && readGroups.orElseThrow().isEmpty()) {
            findings.add(SpecRule.ACCESS, section.keyLocation("read"), section.path("read"), "read names no group, so it is unclear whether everybody may read or nobody", "name the groups that may read, or remove the key, so that the sensitivity level decides (without one, everybody reads)");
        }
        ImmutableList.Builder<Clearance> clear = ImmutableList.builder();
        for (MappingReader element : section.sections("clear", SpecKeys.CLEARANCE)) {
            clearance(element).ifPresent(clear::add);
        }
        return new AccessPolicy(discovery, section.has("read") ? readGroups : level.readGroups(), clear.build());
    }

    private static Optional<Clearance> clearance(MappingReader element)
    {
        Findings findings = element.findings();
        Optional<String> group = element.string("group");
        Optional<String> user = element.string("user");
        Optional<YamlScalar> until = element.stringScalar("until");
        Optional<LocalDate> day = until.flatMap(value -> {
            try {
                return Optional.of(LocalDate.parse(value.text()));
            }
            catch (DateTimeException e) {
                findings.add(SpecRule.ACCESS, value.location(), value.path(), "until %s is no date".formatted(quoted(value.text())), "write the last day as YYYY-MM-DD, for example 2027-03-31");
                return Optional.empty();
            }
        });
        if (element.has("group") == element.has("user")) {
            findings.add(
                    SpecRule.ACCESS,
                    element.mapping().location(),
                    element.mapping().path(),
                    element.has("group") ? "a clearance names a group and a user" : "a clearance names neither group nor user",
                    "write one entry for each:  - group: NAME  or  - user: NAME");
            return Optional.empty();
        }
        // an end that cannot be read must not become a clearance without end
        if (element.has("until") && day.isEmpty() || group.isEmpty() && user.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Clearance(group, user, day));
    }
}
