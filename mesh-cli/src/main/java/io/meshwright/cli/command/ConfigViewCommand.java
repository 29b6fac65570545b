package io.meshwright.cli.command;

import io.meshwright.bridge.config.EffectiveValue;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.TextTable;
import picocli.CommandLine.Command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

@Command(
        name = "view",
        description = "Show every setting in force with its origin; secrets are shown as ***. Output formats: table, json, yaml.",
        footer = {"", "Example: mesh config view -o json"})
public final class ConfigViewCommand
        extends BaseCommand
{
    public ConfigViewCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        List<EffectiveValue> values = Configurations.load(context()).values();
        TextTable table = TextTable.list("setting", "value", "origin");
        values.forEach(value -> table.row(value.name(), String.join(", ", value.values()), value.origin()));
        Map<String, Object> document = Json.document("Configuration");
        Map<String, Object> settings = new LinkedHashMap<>();
        values.forEach(value -> settings.put(value.name(), Json.object("value", value.isList() ? value.values() : value.values().getFirst(), "origin", value.origin())));
        document.put("values", settings);
        print(document, table);
        return ExitCode.OK;
    }
}
