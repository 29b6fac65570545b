package io.meshwright.bridge.admission;

import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.product.ContractLoader;
import io.meshwright.model.product.ProductBundle;
import io.meshwright.model.product.ProductValidation;
import io.meshwright.model.yaml.YamlDocuments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Reads and validates products from files.
 */
public final class ProductFiles
        implements ContractLoader
{
    private final Path workingDirectory;

    /**
     * @param workingDirectory from which relative paths of specifications are meant
     */
    public ProductFiles(Path workingDirectory)
    {
        this.workingDirectory = requireNonNull(workingDirectory, "workingDirectory is null").toAbsolutePath().normalize();
    }

    /**
     * Reads a specification with its contracts, and runs every rule that needs no other system.
     *
     * @param file as the user gave it; findings name it so
     * @param knownDomains the only domains there are; when empty, any domain may be declared
     */
    public Parsed<ProductBundle> read(String file, Set<String> knownDomains)
    {
        Optional<Parsed<String>> text = load(file);
        if (text.isEmpty()) {
            return new Parsed<>(Optional.empty(), List.of(new Finding(
                    AdmissionRule.FILE_MISSING,
                    SourceLocation.startOf(file),
                    "",
                    "there is no such file; tried %s".formatted(tried(file)),
                    "Correct the path; it is relative to the current folder")));
        }
        if (text.orElseThrow().value().isEmpty()) {
            return new Parsed<>(Optional.empty(), text.orElseThrow().findings());
        }
        return new ProductValidation(this, knownDomains).validate(file, text.orElseThrow().value().orElseThrow());
    }

    @Override
    public Optional<Parsed<String>> load(String path)
    {
        Path file = workingDirectory.resolve(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Optional<Finding> tooLarge = YamlDocuments.checkSize(path, Files.size(file));
            if (tooLarge.isPresent()) {
                return Optional.of(new Parsed<>(Optional.empty(), List.of(tooLarge.orElseThrow())));
            }
            return Optional.of(YamlDocuments.decode(path, Files.readAllBytes(file)));
        }
        catch (IOException e) {
            return Optional.of(new Parsed<>(Optional.empty(), List.of(new Finding(
                    AdmissionRule.FILE_UNREADABLE,
                    SourceLocation.startOf(path),
                    "",
                    "the file cannot be read: %s".formatted(e.getClass().getSimpleName()),
                    "Make it readable for this user"))));
        }
    }

    @Override
    public String tried(String path)
    {
        return workingDirectory.resolve(path).normalize().toString();
    }

    /**
     * Where a specification comes from, with the commit that is checked out where it lies.
     */
    public SpecificationOrigin origin(String file, String user)
    {
        return new SpecificationOrigin(file, GitRevision.of(workingDirectory.resolve(file).normalize()), user);
    }
}
