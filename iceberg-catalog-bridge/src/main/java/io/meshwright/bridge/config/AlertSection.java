package io.meshwright.bridge.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.config.HookSettings.Type;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.sla.DurationText;
import io.meshwright.model.sla.SlaFormatException;
import io.meshwright.model.yaml.DidYouMean;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.function.Function.identity;

/**
 * Reads {@code alerts:} from settings.
 */
final class AlertSection
{
    static final List<String> HOOK_TEXTS = List.of("type", "url", "allow-http", "timeout", "attempts", "level");
    static final List<String> HOOK_LISTS = List.of("command", "environment");
    static final List<String> HOOK_MAPS = List.of("headers", "labels");

    private static final String HOOKS = "alerts.hooks.";
    private static final String HEADERS = ".headers.";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);
    private static final int DEFAULT_ATTEMPTS = 3;

    private final Map<String, Setting> settings;
    private final Map<String, String> environment;
    private final Findings findings;

    AlertSection(Map<String, Setting> settings, Map<String, String> environment, Findings findings)
    {
        this.settings = settings;
        this.environment = environment;
        this.findings = findings;
    }

    AlertSettings read()
    {
        Set<String> names = new LinkedHashSet<>();
        settings.keySet().stream().filter(name -> name.startsWith(HOOKS)).forEach(name -> names.add(name.substring(HOOKS.length(), name.indexOf('.', HOOKS.length()))));
        ImmutableList.Builder<HookSettings> hooks = ImmutableList.builder();
        names.forEach(name -> hook(name).ifPresent(hooks::add));
        return new AlertSettings(escalateAfter(), number("alerts.unknown-after", 1, 1000), hooks.build());
    }

    /**
     * How a setting is shown, where it may hold a secret.
     */
    static Optional<List<String>> shown(Setting setting)
    {
        if (!setting.name().startsWith(HOOKS)) {
            return Optional.empty();
        }
        if (setting.name().contains(HEADERS) || setting.name().endsWith(".url")) {
            // the path of a webhook's address is often the only key to it
            return Optional.of(List.of("***"));
        }
        if (setting.name().endsWith(".command")) {
            return Optional.of(setting.values().size() == 1 ? setting.values() : List.of(setting.value(), "***"));
        }
        return Optional.of(setting.values());
    }

    private Optional<HookSettings> hook(String name)
    {
        String prefix = HOOKS + name + ".";
        Setting any = settings.values().stream().filter(setting -> setting.name().startsWith(prefix)).findFirst().orElseThrow();
        Setting typeSetting = settings.get(prefix + "type");
        if (typeSetting == null) {
            // the file's reader has said so
            return Optional.empty();
        }
        Map<String, Type> types = Arrays.stream(Type.values()).collect(toImmutableMap(Type::label, identity()));
        Type type = types.get(typeSetting.value());
        if (type == null) {
            String meant = DidYouMean.suggest(typeSetting.value(), types.keySet()).map(", did you mean %s?"::formatted).orElse("");
            invalid(typeSetting, "unknown type of a hook \"%s\"%s".formatted(typeSetting.value(), meant), "use one of: " + String.join(", ", types.keySet()));
            return Optional.empty();
        }
        boolean program = type == Type.EXEC;
        boolean plain = bool(prefix + "allow-http");
        Optional<Setting> url = Optional.ofNullable(settings.get(prefix + "url"));
        Optional<Setting> command = Optional.ofNullable(settings.get(prefix + "command"));
        if (program && command.filter(setting -> !setting.values().isEmpty()).isEmpty()) {
            invalid(any, "hook %s has no command".formatted(name), "write  command: [/usr/local/bin/page, --quiet]");
        }
        if (!program && url.isEmpty()) {
            invalid(any, "hook %s has no url".formatted(name), "write  url: https://hooks.example/mesh  or  url: ${PAGER_URL}");
        }
        (program ? url : command).ifPresent(setting -> invalid(setting, "a hook of type %s has no %s".formatted(type.label(), program ? "url" : "command"), "remove it, or change the type"));
        url.filter(setting -> !SecretReference.isReference(setting.value())).ifPresent(setting -> HookSettings.problem(setting.value(), plain)
                .ifPresent(problem -> invalid(setting, "the url of hook %s %s".formatted(name, problem), "write an address such as https://hooks.example/mesh")));
        map(prefix + "headers.").forEach((header, setting) -> {
            if (header.equalsIgnoreCase("authorization") && !SecretReference.isReference(setting.value())) {
                findings.add(ConfigRule.PLAIN_SECRET, setting.location(), setting.name(), "%s is written in clear".formatted(setting.name()), "write ${VARIABLE} or file:PATH instead");
            }
        });
        Path folder = any.base();
        return Optional.of(new HookSettings(
                name,
                type,
                url.map(setting -> SecretReference.of(setting.value(), setting.base(), environment)),
                plain,
                map(prefix + "headers.").entrySet().stream()
                        .collect(toImmutableMap(Map.Entry::getKey, entry -> SecretReference.of(entry.getValue().value(), entry.getValue().base(), environment))),
                map(prefix + "labels.").entrySet().stream().collect(toImmutableMap(Map.Entry::getKey, entry -> entry.getValue().value())),
                command.map(setting -> program(setting.values(), setting.base())).orElse(List.of()),
                Optional.ofNullable(settings.get(prefix + "environment")).map(Setting::values).orElse(List.of()),
                environment,
                folder,
                timeout(prefix + "timeout"),
                number(prefix + "attempts", 1, 10).orElse(DEFAULT_ATTEMPTS),
                number(prefix + "level", 0, 20).orElse(0)));
    }

    /**
     * A program that is named by a path is meant from the file that names it; one by a mere name is found by {@code PATH}.
     */
    private static List<String> program(List<String> command, Path base)
    {
        if (command.isEmpty() || !command.get(0).contains("/")) {
            return command;
        }
        return ImmutableList.<String>builder().add(base.resolve(command.get(0)).normalize().toString()).addAll(command.subList(1, command.size())).build();
    }

    private Map<String, Setting> map(String prefix)
    {
        ImmutableMap.Builder<String, Setting> entries = ImmutableMap.builder();
        settings.forEach((name, setting) -> {
            if (name.startsWith(prefix)) {
                entries.put(name.substring(prefix.length()), setting);
            }
        });
        return entries.buildOrThrow();
    }

    private List<Duration> escalateAfter()
    {
        Setting setting = settings.get("alerts.escalate-after");
        if (setting == null) {
            return List.of();
        }
        List<Duration> limits = setting.values().stream().map(text -> duration(setting, text)).flatMap(Optional::stream).collect(toImmutableList());
        if (!limits.equals(limits.stream().sorted().distinct().collect(toImmutableList()))) {
            invalid(setting, "the times of alerts.escalate-after do not ascend", "write for example  escalate-after: [30m, 4h]");
        }
        return limits;
    }

    private Duration timeout(String name)
    {
        Setting setting = settings.get(name);
        if (setting == null) {
            return DEFAULT_TIMEOUT;
        }
        Duration timeout = duration(setting, setting.value()).orElse(DEFAULT_TIMEOUT);
        if (timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            invalid(setting, "%s is longer than 5m, and a check waits for it".formatted(setting.value()), "write for example  timeout: 10s");
        }
        return timeout;
    }

    private Optional<Duration> duration(Setting setting, String text)
    {
        try {
            return Optional.of(DurationText.age(text));
        }
        catch (SlaFormatException e) {
            invalid(setting, e.getMessage(), e.fix());
            return Optional.empty();
        }
    }

    private OptionalInt number(String name, int least, int most)
    {
        Setting setting = settings.get(name);
        if (setting == null) {
            return OptionalInt.empty();
        }
        if (setting.value().matches("\\d{1,6}")) {
            int number = Integer.parseInt(setting.value());
            if (number >= least && number <= most) {
                return OptionalInt.of(number);
            }
        }
        invalid(setting, "%s takes a number from %s to %s".formatted(name, least, most), "write for example  %s: %s".formatted(name.substring(name.lastIndexOf('.') + 1), Math.max(least, 1)));
        return OptionalInt.empty();
    }

    private boolean bool(String name)
    {
        Setting setting = settings.get(name);
        if (setting == null) {
            return false;
        }
        if (!setting.value().equals("true") && !setting.value().equals("false")) {
            invalid(setting, "%s takes true or false".formatted(name), "write  %s: true".formatted(name.substring(name.lastIndexOf('.') + 1)));
        }
        return setting.value().equals("true");
    }

    private void invalid(Setting setting, String message, String fix)
    {
        findings.add(ConfigRule.INVALID_VALUE, setting.location(), setting.name(), message, fix);
    }
}
