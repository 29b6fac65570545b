package io.meshwright.cli.command;

import io.meshwright.bridge.config.ConfigurationSources;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.finding.FileFindings;
import io.meshwright.cli.finding.FindingsException;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;

import java.nio.file.Path;
import java.util.Map;

/**
 * Loads the configuration for a command. Warnings are shown, errors end the command.
 */
public final class Configurations
{
    private Configurations() {}

    public static MeshConfiguration load(CommandContext context)
    {
        Path home = Path.of(context.environment().getOrDefault("HOME", System.getProperty("user.home")));
        Parsed<MeshConfiguration> parsed = MeshConfiguration.load(new ConfigurationSources(context.workingDirectory(), home, context.environment(), Map.of()));
        MeshConfiguration configuration = parsed.value().orElseThrow(() -> new FindingsException(new FileFindings(parsed.findings(), 1)));
        for (Finding warning : parsed.findings()) {
            context.console().info(warning.severity().label() + "[" + warning.rule().id() + "] " + warning.location() + " " + warning.message());
        }
        return configuration;
    }
}
