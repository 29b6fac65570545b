package io.meshwright.cli.command;

import io.meshwright.cli.CliRule;
import io.meshwright.model.finding.MeshException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * A noun such as {@code catalog}: it does nothing without its verb.
 */
public abstract class CommandGroup
        implements Callable<Integer>
{
    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec specification;

    @Override
    public final Integer call()
    {
        throw new MeshException(
                CliRule.USAGE,
                USER,
                specification.qualifiedName() + " needs one of: " + String.join(", ", specification.subcommands().keySet()),
                "see: " + specification.qualifiedName() + " --help");
    }
}
