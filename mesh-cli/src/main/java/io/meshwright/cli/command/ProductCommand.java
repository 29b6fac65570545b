package io.meshwright.cli.command;

import picocli.CommandLine.Command;

@Command(
        name = "product",
        description = "Check, provision and register the product that a dataproduct.yaml declares.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ProductValidateCommand.class, ProductApplyCommand.class})
public final class ProductCommand
        extends CommandGroup {}
