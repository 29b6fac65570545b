package io.meshwright.cli.trino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import io.meshwright.cli.CliRule;
import io.meshwright.model.finding.MeshException;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * A user of the local Trino. Any other name may read as well, without a group.
 */
public record TrinoUser(String name, List<String> groups)
{
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,127}");

    /**
     * The group whose members write product tables through the catalog {@code lake}.
     */
    public static final String PRODUCERS = "producers";

    /**
     * The users when {@code mesh.yaml} names none: one who writes, one who reads.
     */
    public static final List<TrinoUser> DEFAULTS = ImmutableList.of(
            new TrinoUser("producer", ImmutableList.of(PRODUCERS)),
            new TrinoUser("analyst", ImmutableList.of("analysts")));

    public TrinoUser
    {
        requireNonNull(name, "name is null");
        groups = ImmutableList.copyOf(groups);
        checkName("user", name);
        groups.forEach(group -> checkName("group", group));
    }

    private static void checkName(String kind, String name)
    {
        if (!NAME.matcher(name).matches()) {
            throw new MeshException(
                    CliRule.USERS_INVALID,
                    USER,
                    "Invalid name of a " + kind + ": \"" + name + "\"",
                    "use letters, digits and . _ @ - only, beginning with a letter or digit");
        }
    }

    public static List<TrinoUser> of(Map<String, List<String>> groupsByUser)
    {
        if (groupsByUser.isEmpty()) {
            return DEFAULTS;
        }
        return groupsByUser.entrySet().stream()
                .map(entry -> new TrinoUser(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * The group file's lines: {@code group:user,user}.
     */
    static String groupFile(List<TrinoUser> users)
    {
        ImmutableSetMultimap.Builder<String, String> members = ImmutableSetMultimap.<String, String>builder().orderKeysBy(String::compareTo);
        users.forEach(user -> user.groups().forEach(group -> members.put(group, user.name())));
        StringBuilder text = new StringBuilder();
        members.build().asMap().forEach((group, names) -> text.append(group).append(':').append(String.join(",", names)).append('\n'));
        return text.toString();
    }
}
