package io.meshwright.bridge.config;

import com.google.common.collect.ImmutableList;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Who is told when a promise is broken.
 *
 * @param escalateAfter how long an incident lasts until it reaches level 1, 2 and so on; ascending
 * @param unknownAfter from how many evaluations running that could not tell this is an incident itself; never where empty
 */
public record AlertSettings(List<Duration> escalateAfter, OptionalInt unknownAfter, List<HookSettings> hooks)
{
    public static final AlertSettings NONE = new AlertSettings(List.of(), OptionalInt.empty(), List.of());

    public AlertSettings
    {
        escalateAfter = ImmutableList.copyOf(escalateAfter);
        requireNonNull(unknownAfter, "unknownAfter is null");
        hooks = ImmutableList.copyOf(hooks);
    }

    public AlertSettings withoutHooks(Set<String> names)
    {
        return new AlertSettings(escalateAfter, unknownAfter, hooks.stream().filter(hook -> !names.contains(hook.name())).collect(toImmutableList()));
    }
}
