package io.meshwright.model.product;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.yaml.YamlRule;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.meshwright.model.product.SpecFixtures.findings;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of {@code dataproduct.yaml} names every key and no rule that does not exist.
 */
class TestSpecDocumentation
{
    private final String page = Files.readString(Path.of("../docs/dataproduct-yaml.md"));

    TestSpecDocumentation()
            throws IOException
    {}

    @Test
    void testRulesExist()
    {
        List<Rule> rules = Stream.<Rule>concat(Arrays.stream(SpecRule.values()), Arrays.stream(YamlRule.values())).toList();
        Set<String> known = rules.stream().map(Rule::id).collect(toImmutableSet());
        Set<String> named = Pattern.compile("MESH-[A-Z]+-\\d{3}").matcher(page).results().map(MatchResult::group).collect(toImmutableSet());
        // those that the page tells by their word: the version, the kind
        Set<String> obvious = Set.of(SpecRule.API_VERSION.id(), SpecRule.KIND.id());
        assertThat(known).containsAll(named);
        assertThat(known.stream().filter(id -> !obvious.contains(id))).allMatch(named::contains);
    }

    @Test
    void testEveryKeyIsNamed()
    {
        Stream.of(
                        SpecKeys.ROOT,
                        SpecKeys.METADATA,
                        SpecKeys.SPEC,
                        SpecKeys.OUTPUT_PORT,
                        SpecKeys.DEPRECATED,
                        SpecKeys.INPUT_PORT,
                        SpecKeys.TRANSFORMATION,
                        SpecKeys.SLA,
                        SpecKeys.FRESHNESS,
                        SpecKeys.CLASSIFICATION,
                        SpecKeys.ACCESS,
                        SpecKeys.CLEARANCE,
                        SpecKeys.TEAM,
                        SpecKeys.MEMBER,
                        SpecKeys.MIGRATION,
                        SpecKeys.WHERE,
                        SpecKeys.WINDOW,
                        SpecKeys.PROTECT,
                        SpecKeys.CUTOVER)
                .flatMap(keys -> keys.keys().stream())
                .forEach(key -> assertThat(page).containsPattern("[`\\s{]" + key + "[`:]"));
    }

    @Test
    void testFirstExampleIsValid()
    {
        String example = page.substring(page.indexOf("```yaml") + 8, page.indexOf("```\n", page.indexOf("```yaml") + 8));
        assertThat(example).contains("order-events");
        assertThat(findings(example)).isEmpty();
    }
}
