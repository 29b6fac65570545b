package io.meshwright.cli.command;

import picocli.CommandLine.Command;

@Command(
        name = "migrate",
        description = "Turn the name of a legacy table over to the product that replaces it, back, and take the table away.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {MigrateStatusCommand.class, MigratePlanCommand.class, MigrateCutoverCommand.class, MigrateRollbackCommand.class})
public final class MigrateCommand
        extends CommandGroup {}
