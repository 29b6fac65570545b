package io.meshwright.cli.command;

import picocli.CommandLine.Command;

@Command(
        name = "metrics",
        description = "Figures about products and their use.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = MetricsConsumerCommand.class)
public final class MetricsCommand
        extends CommandGroup {}
