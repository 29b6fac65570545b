package io.meshwright.bridge.config;

import io.meshwright.model.finding.MeshException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * A secret, or where it is. Never shows it.
 */
public final class SecretReference
{
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(password|passwd|secret|token|credential|access-key|private-key|api-key|session-key|sas-).*");
    private static final String FILE = "file:";

    private final String text;
    private final Optional<Path> file;
    private final Map<String, String> environment;

    private SecretReference(String text, Optional<Path> file, Map<String, String> environment)
    {
        this.text = requireNonNull(text, "text is null");
        this.file = requireNonNull(file, "file is null");
        this.environment = requireNonNull(environment, "environment is null");
    }

    /**
     * @param text the secret itself, with {@code ${VARIABLE}} anywhere in it, or {@code file:} and a path
     */
    static SecretReference of(String text, Path base, Map<String, String> environment)
    {
        Optional<Path> file = text.startsWith(FILE) ? Optional.of(base.resolve(path(text))) : Optional.empty();
        return new SecretReference(text, file, environment);
    }

    static SecretReference ofFile(Path file)
    {
        return new SecretReference("", Optional.of(file), Map.of());
    }

    /**
     * Whether a setting of this name holds a secret.
     */
    static boolean isSecretName(String name)
    {
        return SECRET_NAME.matcher(name).matches();
    }

    static boolean isReference(String text)
    {
        return text.startsWith(FILE) || VARIABLE.matcher(text).find();
    }

    /**
     * @throws MeshException when the variable or the file does not exist; never with the secret in it
     */
    public String resolve()
    {
        if (file.isPresent()) {
            try {
                return Files.readString(file.orElseThrow()).strip();
            }
            catch (IOException e) {
                throw new MeshException(ConfigRule.REFERENCE, USER, "Cannot read the secret in file %s".formatted(file.orElseThrow()), "Correct the path, or the rights of the file", e);
            }
        }
        return expand(text, environment);
    }

    /**
     * @throws MeshException when a variable is not set
     */
    static String expand(String text, Map<String, String> environment)
    {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            String value = environment.get(matcher.group(1));
            if (value == null) {
                throw new MeshException(ConfigRule.REFERENCE, USER, "Variable %s is not set".formatted(matcher.group(1)), "Set it, for example by  export %s=...".formatted(matcher.group(1)));
            }
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(expanded);
        return expanded.toString();
    }

    private static String path(String reference)
    {
        String path = reference.substring(FILE.length());
        return path.startsWith("///") ? path.substring(2) : path;
    }

    @Override
    public String toString()
    {
        return "***";
    }
}
