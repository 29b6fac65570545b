package io.meshwright.cli.command;

import picocli.CommandLine.Command;

@Command(
        name = "migrate",
        description = "Record how far a product has taken over the legacy table that it replaces, by what reconciliations and contract tests prove.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {MigrateStatusCommand.class, MigratePlanCommand.class, MigrateCutoverCommand.class, MigrateRollbackCommand.class, MigrateObserveCommand.class, MigrateDecommissionCommand.class})
public final class MigrateCommand
        extends CommandGroup {}
