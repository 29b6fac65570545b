package io.meshwright.cli.command;

import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.model.finding.MeshException;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.Set;

import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "completion",
        description = "Print the completion script of a shell: bash, zsh or fish.",
        footer = {"", "Example: source <(mesh completion bash)"})
public final class CompletionCommand
        extends BaseCommand
{
    @Spec
    private CommandSpec specification;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private String shell;

    public CompletionCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected Set<OutputFormat> formats()
    {
        return Set.of(OutputFormat.TABLE);
    }

    @Override
    protected ExitCode run()
    {
        CommandSpec root = specification.root();
        console().raw(switch (shell) {
            case "bash", "zsh" -> AutoComplete.bash(root.name(), root.commandLine());
            case "fish" -> fish(root);
            default -> throw new MeshException(CliRule.USAGE, USER, "No completion for the shell \"" + shell + "\"", "use one of: bash, zsh, fish");
        });
        return ExitCode.OK;
    }

    private static String fish(CommandSpec root)
    {
        StringBuilder script = new StringBuilder("complete -c mesh -f\n");
        root.subcommands().forEach((name, command) -> {
            CommandSpec noun = command.getCommandSpec();
            script.append("complete -c mesh -n __fish_use_subcommand -a ").append(name).append(description(noun)).append('\n');
            options(script, "__fish_seen_subcommand_from " + name, noun);
            noun.subcommands().forEach((verb, subcommand) -> {
                String condition = "__fish_seen_subcommand_from " + name;
                script.append("complete -c mesh -n '").append(condition).append("' -a ").append(verb).append(description(subcommand.getCommandSpec())).append('\n');
                options(script, condition + "; and __fish_seen_subcommand_from " + verb, subcommand.getCommandSpec());
            });
        });
        return script.toString();
    }

    private static void options(StringBuilder script, String condition, CommandSpec command)
    {
        for (OptionSpec option : command.options()) {
            script.append("complete -c mesh -n '").append(condition).append('\'');
            for (String name : option.names()) {
                script.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
            }
            script.append(option.arity().max() > 0 ? " -x" : "").append(quoted(List.of(option.description()))).append('\n');
        }
    }

    private static String description(CommandSpec command)
    {
        return quoted(List.of(command.usageMessage().description()));
    }

    private static String quoted(List<String> description)
    {
        return description.isEmpty() ? "" : " -d '" + description.getFirst().replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
