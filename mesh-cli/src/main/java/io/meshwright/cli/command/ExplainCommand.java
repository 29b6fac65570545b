package io.meshwright.cli.command;

import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.RuleCatalog;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.TextTable;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.Rule;
import io.meshwright.model.yaml.DidYouMean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "explain",
        description = {
                "Explain a rule by its id or word, or a key of dataproduct.yaml by its path. Without an argument, list all rules.",
                "Output formats: table, json, yaml.",
        },
        footer = {"", "Examples: mesh explain MESH-YAML-020; mesh explain OWNER-EMAIL; mesh explain spec.sla.freshness"})
public final class ExplainCommand
        extends BaseCommand
{
    @Parameters(arity = "0..1", paramLabel = "ID|PATH", description = "A rule's id or word, or a path such as spec.outputPorts.type.")
    private String subject;

    public ExplainCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        if (subject == null) {
            return listRules();
        }
        Optional<Rule> rule = RuleCatalog.find(subject);
        if (rule.isPresent()) {
            return explain(rule.orElseThrow());
        }
        SpecSchema schema = SpecSchema.load();
        Optional<SpecSchema.Key> key = schema.find(subject);
        if (key.isPresent()) {
            return explain(key.orElseThrow());
        }
        throw unknown(schema);
    }

    private ExitCode listRules()
    {
        TextTable table = TextTable.list("id", "word", "severity");
        RuleCatalog.all().forEach(rule -> table.row(rule.id(), rule.title(), rule.severity().label()));
        Map<String, Object> document = Json.document("RuleList");
        document.put("items", RuleCatalog.all().stream().map(ExplainCommand::document).toList());
        print(document, table);
        return ExitCode.OK;
    }

    private ExitCode explain(Rule rule)
    {
        Map<String, Object> document = Json.document("Rule");
        document.putAll(document(rule));
        print(document, List.of(rule.id() + "  " + rule.title() + "  (" + rule.severity().label() + ")", "", rule.rationale()));
        return ExitCode.OK;
    }

    private static Map<String, Object> document(Rule rule)
    {
        return Json.object("id", rule.id(), "title", rule.title(), "severity", rule.severity(), "rationale", rule.rationale());
    }

    private ExitCode explain(SpecSchema.Key key)
    {
        Map<String, Object> document = Json.document("SpecificationKey");
        document.put("path", key.path());
        document.put("description", key.description());
        document.put("type", key.type());
        document.put("values", key.values());
        document.put("keys", key.keys());
        List<String> lines = new ArrayList<>(List.of(key.path() + key.type().map(type -> "  (" + type + ")").orElse(""), ""));
        lines.add(key.description().orElse("No description."));
        if (!key.values().isEmpty()) {
            lines.add("values: " + String.join(", ", key.values()));
        }
        if (!key.keys().isEmpty()) {
            lines.add("keys: " + String.join(", ", key.keys()));
        }
        print(document, lines);
        return ExitCode.OK;
    }

    private MeshException unknown(SpecSchema schema)
    {
        List<String> known = new ArrayList<>(schema.paths());
        RuleCatalog.all().forEach(rule -> {
            known.add(rule.id());
            known.add(rule.title());
        });
        return new MeshException(
                CliRule.UNKNOWN_ID,
                USER,
                "There is no rule and no specification key \"" + subject + "\"",
                DidYouMean.suggest(subject, known).map(meant -> "did you mean " + meant + "? ").orElse("") + "all rules: mesh explain");
    }
}
