package io.meshwright.cli;

import picocli.CommandLine;

import java.lang.reflect.Constructor;

import static java.util.Objects.requireNonNull;

/**
 * Hands the context to each command that asks for it in its constructor.
 */
final class ContextFactory
        implements CommandLine.IFactory
{
    private final CommandContext context;

    ContextFactory(CommandContext context)
    {
        this.context = requireNonNull(context, "context is null");
    }

    @Override
    public <K> K create(Class<K> type)
            throws Exception
    {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == CommandContext.class) {
                return type.cast(constructor.newInstance(context));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
