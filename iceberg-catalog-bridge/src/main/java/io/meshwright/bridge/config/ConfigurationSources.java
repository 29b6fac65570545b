package io.meshwright.bridge.config;

import com.google.common.collect.ImmutableMap;

import java.nio.file.Path;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * Where a configuration is looked for.
 *
 * @param environment the variables of the process
 * @param flags by setting name such as {@code catalog.uri}: what was given on the command line
 */
public record ConfigurationSources(Path workingDirectory, Path home, Map<String, String> environment, Map<String, String> flags)
{
    public ConfigurationSources
    {
        workingDirectory = workingDirectory.toAbsolutePath().normalize();
        requireNonNull(home, "home is null");
        environment = ImmutableMap.copyOf(environment);
        flags = ImmutableMap.copyOf(flags);
    }

    public static ConfigurationSources ofProcess(Map<String, String> flags)
    {
        return new ConfigurationSources(Path.of(""), Path.of(System.getProperty("user.home")), System.getenv(), flags);
    }
}
