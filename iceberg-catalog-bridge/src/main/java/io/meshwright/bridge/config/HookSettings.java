package io.meshwright.bridge.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.model.finding.MeshException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * One hook below {@code alerts.hooks}.
 *
 * @param url where it posts to, itself often a secret; empty for a program
 * @param plainAllowed whether the address may be http
 * @param labels of an Alertmanager alert, beside ours
 * @param command program and arguments; empty for the others
 * @param variables that the program sees, by name
 * @param folder from which a relative program is meant, and in which it runs
 * @param timeout of one attempt
 * @param attempts at one evaluation
 * @param fromLevel from which level of escalation on it is told
 */
public record HookSettings(
        String name,
        Type type,
        Optional<SecretReference> url,
        boolean plainAllowed,
        Map<String, SecretReference> headers,
        Map<String, String> labels,
        List<String> command,
        List<String> variables,
        Map<String, String> environment,
        Path folder,
        Duration timeout,
        int attempts,
        int fromLevel)
{
    public enum Type
    {
        WEBHOOK("webhook"),
        ALERTMANAGER("alertmanager"),
        EXEC("exec");

        private final String label;

        Type(String label)
        {
            this.label = label;
        }

        public String label()
        {
            return label;
        }
    }

    public HookSettings
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(url, "url is null");
        headers = ImmutableMap.copyOf(headers);
        labels = ImmutableMap.copyOf(labels);
        command = ImmutableList.copyOf(command);
        variables = ImmutableList.copyOf(variables);
        environment = ImmutableMap.copyOf(environment);
        requireNonNull(folder, "folder is null");
        requireNonNull(timeout, "timeout is null");
    }

    /**
     * @param path appended
     * @throws MeshException where the address is no https address, or its reference leads nowhere; never with the address in it
     */
    public URI address(String path)
    {
        String text = url.orElseThrow().resolve();
        Optional<String> problem = problem(text, plainAllowed);
        if (problem.isPresent()) {
            throw new MeshException(ConfigRule.INVALID_VALUE, USER, "alerts.hooks.%s.url %s".formatted(name, problem.orElseThrow()), "Write an address such as https://hooks.example/mesh");
        }
        return URI.create((path.isEmpty() ? text : text.replaceAll("/+$", "")) + path);
    }

    static Optional<String> problem(String text, boolean plainAllowed)
    {
        URI uri;
        try {
            uri = URI.create(text);
        }
        catch (IllegalArgumentException e) {
            return Optional.of("is no address");
        }
        if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
            return Optional.of("is no address of a web server");
        }
        if (uri.getUserInfo() != null) {
            return Optional.of("holds a user; write an Authorization header instead");
        }
        return "http".equals(uri.getScheme()) && !plainAllowed ? Optional.of("is not https, so everybody on the way can read it; allow-http: true permits that") : Optional.empty();
    }

    /**
     * What the program sees: {@code PATH}, and the listed variables that are set.
     */
    public Map<String, String> programEnvironment()
    {
        ImmutableMap.Builder<String, String> seen = ImmutableMap.builder();
        Optional.ofNullable(environment.get("PATH")).ifPresent(path -> seen.put("PATH", path));
        variables.stream().filter(variable -> !variable.equals("PATH") && environment.containsKey(variable)).distinct().forEach(variable -> seen.put(variable, environment.get(variable)));
        return seen.buildOrThrow();
    }

    /**
     * Names no secret.
     */
    @Override
    public String toString()
    {
        return "%s hook %s".formatted(type.label(), name);
    }
}
