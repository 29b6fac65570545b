package io.meshwright.trino.group;

import io.trino.spi.security.GroupProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestFileGroupProvider
{
    @TempDir
    private Path folder;

    @Test
    void testGroups()
            throws IOException
    {
        GroupProvider provider = provider("producers: alice , bob\n\nanalysts:bob\nempty:\n");

        assertThat(provider.getGroups("alice")).containsExactly("producers");
        assertThat(provider.getGroups("bob")).containsExactlyInAnyOrder("producers", "analysts");
        assertThat(provider.getGroups("carol")).isEmpty();
        assertThat(provider.getGroups("Alice")).isEmpty();
    }

    @Test
    void testInvalidFiles()
    {
        assertThatThrownBy(() -> provider("producers: alice\nbob\n"))
                .hasMessage("Line 2 of the group file is not of the form group:user,user");
        assertThatThrownBy(() -> new FileGroupProviderFactory().create(Map.of()))
                .hasMessage("The group provider mesh-file takes the property group-file and no other, found: []");
        assertThatThrownBy(() -> new FileGroupProviderFactory().create(Map.of("group-file", folder.resolve("none").toString())))
                .hasMessageContaining("Cannot read the group file");
    }

    private GroupProvider provider(String text)
            throws IOException
    {
        Path file = Files.writeString(folder.resolve("groups.txt"), text);
        return new FileGroupProviderFactory().create(Map.of("group-file", file.toString()));
    }
}
