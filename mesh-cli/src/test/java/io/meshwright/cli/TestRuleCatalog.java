package io.meshwright.cli;

import com.google.common.reflect.ClassPath;
import io.meshwright.model.finding.Rule;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TestRuleCatalog
{
    @Test
    void testEveryRuleOfTheClassPathIsListed()
            throws IOException
    {
        List<Rule> rules = ClassPath.from(getClass().getClassLoader()).getTopLevelClassesRecursive("io.meshwright").stream()
                .map(ClassPath.ClassInfo::load)
                .filter(type -> type.isEnum() && Rule.class.isAssignableFrom(type))
                .flatMap(type -> List.of((Rule[]) type.getEnumConstants()).stream())
                .toList();

        assertThat(RuleCatalog.all()).containsExactlyInAnyOrderElementsOf(rules);
    }

    @Test
    void testIdsAreUniqueAndComplete()
    {
        assertThat(RuleCatalog.all()).extracting(Rule::id).doesNotHaveDuplicates().allMatch(id -> id.matches("MESH-[A-Z]+-\\d{3}"));
        assertThat(RuleCatalog.all()).extracting(Rule::title).allMatch(title -> title.matches("[A-Z0-9]+(-[A-Z0-9]+)*"));
        assertThat(RuleCatalog.all()).extracting(Rule::rationale).allMatch(rationale -> rationale.endsWith("."));
    }

    @Test
    void testFind()
    {
        assertThat(RuleCatalog.find("mesh-cli-001")).contains(CliRule.USAGE);
        assertThat(RuleCatalog.find("port-taken")).contains(CliRule.PORT_TAKEN);
        assertThat(RuleCatalog.find("MESH-CLI-999")).isEmpty();
    }
}
