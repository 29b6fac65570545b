package io.meshwright.cli.command;

import picocli.CommandLine.Command;

@Command(
        name = "sla",
        description = "Measure service levels, and look at what was measured.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SlaCheckCommand.class, SlaProbeCommand.class, SlaListCommand.class, SlaHistoryCommand.class})
public final class SlaCommand
        extends CommandGroup {}
