package io.meshwright.cli;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.admission.AdmissionRule;
import io.meshwright.bridge.catalog.CatalogRule;
import io.meshwright.bridge.config.ConfigRule;
import io.meshwright.bridge.migration.MigrationRule;
import io.meshwright.bridge.provision.ProvisionRule;
import io.meshwright.bridge.registry.RegistryRule;
import io.meshwright.cli.demo.DemoRule;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.contract.ContractRule;
import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;
import io.meshwright.model.mask.MaskRule;
import io.meshwright.model.product.SpecRule;
import io.meshwright.model.reconciliation.ReconciliationRule;
import io.meshwright.model.yaml.YamlRule;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

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
            .add(AdmissionRule.values())
            .add(ProvisionRule.values())
            .add(SpecRule.values())
            .add(ReconciliationRule.values())
            .add(MigrationRule.values())
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

    /**
     * The rule with an id that another process named, even when this version does not know it.
     */
    public static Rule named(String id)
    {
        return find(id).orElseGet(() -> new NamedRule(id));
    }

    private record NamedRule(String id)
            implements Rule
    {
        NamedRule
        {
            requireNonNull(id, "id is null");
        }

        @Override
        public String title()
        {
            return id;
        }

        @Override
        public Severity severity()
        {
            return Severity.ERROR;
        }

        @Override
        public String rationale()
        {
            return "Named by a server or job of another version.";
        }
    }
}
