package io.meshwright.trino.group;

import io.trino.spi.security.GroupProvider;
import io.trino.spi.security.GroupProviderFactory;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * The group provider {@code mesh-file} of a local Trino, whose libraries hold none of Trino's own.
 * Its one property {@code group-file} names a file with lines of the form {@code group:user,user}.
 */
public class FileGroupProviderFactory
        implements GroupProviderFactory
{
    private static final String GROUP_FILE = "group-file";

    @Override
    public String getName()
    {
        return "mesh-file";
    }

    @Override
    public GroupProvider create(Map<String, String> config)
    {
        if (!config.keySet().equals(Set.of(GROUP_FILE))) {
            throw new IllegalArgumentException("The group provider mesh-file takes the property group-file and no other, found: " + config.keySet());
        }
        return new FileGroupProvider(Path.of(config.get(GROUP_FILE)));
    }
}
