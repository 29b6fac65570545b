package io.meshwright.cli.command;

import picocli.CommandLine.Command;

@Command(
        name = "audit",
        description = "Look at what was recorded of the access to products.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = AuditAccessCommand.class)
public final class AuditCommand
        extends CommandGroup {}
