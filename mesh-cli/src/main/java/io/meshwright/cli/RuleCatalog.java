package io.meshwright.cli;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.CatalogRule;
import io.meshwright.bridge.config.ConfigRule;
import io.meshwright.bridge.registry.RegistryRule;
import io.meshwright.cli.demo.DemoRule;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.contract.ContractRule;
import io.meshwright.model.finding.Rule;
import io.meshwright.model.mask.MaskRule;
import io.meshwright.model.yaml.YamlRule;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every rule of the product, for {@code mesh explain}.
 */
public final class RuleCatalog
{
    private static final List<Rule> RULES = ImmutableList.<Rule>builder()
            .add(CliRule.values())
            .add(DemoRule.values())
            .add(YamlRule.values())
            .add(MaskRule.values())
            .add(ContractRule.values())
            .add(CheckRule.values())
            .add(CatalogRule.values())
            .add(ConfigRule.values())
            .add(RegistryRule.values())
            .build();

    private RuleCatalog() {}

    public static List<Rule> all()
    {
        return RULES;
    }

    /**
     * By id or by word, whatever the case.
     */
    public static Optional<Rule> find(String idOrTitle)
    {
        String wanted = idOrTitle.toUpperCase(Locale.ROOT);
        return RULES.stream()
                .filter(rule -> rule.id().equals(wanted) || rule.title().equals(wanted))
                .findFirst();
    }
}
