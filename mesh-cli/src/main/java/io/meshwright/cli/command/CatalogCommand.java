package io.meshwright.cli.command;

import picocli.CommandLine.Command;

@Command(
        name = "catalog",
        description = "Register products, find them, look at them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
                CatalogRegisterCommand.class,
                CatalogSyncCommand.class,
                CatalogGetCommand.class,
                CatalogListCommand.class,
                CatalogSearchCommand.class,
        })
public final class CatalogCommand
        extends CommandGroup {}
