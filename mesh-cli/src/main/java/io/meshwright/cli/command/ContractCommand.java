package io.meshwright.cli.command;

import picocli.CommandLine.Command;

@Command(
        name = "contract",
        description = "Lint contracts, get registered ones, and hold the data against them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
                ContractLintCommand.class,
                ContractGetCommand.class,
                ContractListCommand.class,
                ContractTestCommand.class,
        })
public final class ContractCommand
        extends CommandGroup {}
