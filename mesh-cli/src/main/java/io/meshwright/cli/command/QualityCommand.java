package io.meshwright.cli.command;

import picocli.CommandLine.Command;

@Command(
        name = "quality",
        description = "What contract tests found, over time.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = QualityReportCommand.class)
public final class QualityCommand
        extends CommandGroup {}
