package io.meshwright.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(name = "mesh", mixinStandardHelpOptions = true, description = "Declare, register, verify and query data products.")
public final class MeshCommand
{
    public static void main(String[] args)
    {
        System.exit(new CommandLine(new MeshCommand()).execute(args));
    }
}
