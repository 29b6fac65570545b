package io.meshwright.cli.finding;

import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.yaml.YamlDocuments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads a file that the command line names. What keeps it from being read is a finding like any other.
 */
public final class InputFile
{
    private InputFile() {}

    /**
     * @param name as given; findings call the file by it
     */
    public static Parsed<String> read(CommandContext context, String name)
    {
        Path path = context.resolve(name);
        try {
            if (Files.isDirectory(path)) {
                return unreadable(name, "this is a folder, not a file", "name a file in it");
            }
            Optional<Finding> tooLarge = YamlDocuments.checkSize(name, Files.size(path));
            if (tooLarge.isPresent()) {
                return new Parsed<>(Optional.empty(), List.of(tooLarge.orElseThrow()));
            }
            return YamlDocuments.decode(name, Files.readAllBytes(path));
        }
        catch (NoSuchFileException e) {
            return unreadable(name, "there is no such file (tried " + path + ")", "correct the path; it is relative to the current folder");
        }
        catch (IOException e) {
            return unreadable(name, "the file cannot be read: " + e.getMessage(), "check its permissions");
        }
    }

    private static Parsed<String> unreadable(String name, String message, String fix)
    {
        return new Parsed<>(Optional.empty(), List.of(new Finding(CliRule.FILE_UNREADABLE, SourceLocation.startOf(name), "", message, fix)));
    }
}
