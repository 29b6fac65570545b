package io.meshwright.cli.command;

import picocli.CommandLine.Command;

@Command(
        name = "config",
        description = "Look at the configuration in force.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ConfigViewCommand.class)
public final class ConfigCommand
        extends CommandGroup {}
