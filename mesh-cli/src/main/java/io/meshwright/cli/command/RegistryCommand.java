package io.meshwright.cli.command;

import picocli.CommandLine.Command;

@Command(
        name = "registry",
        description = "Look after the registry's tables.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RegistryMaintainCommand.class)
public final class RegistryCommand
        extends CommandGroup {}
