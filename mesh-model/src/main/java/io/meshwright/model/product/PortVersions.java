package io.meshwright.model.product;

import com.google.common.collect.ImmutableList;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * The names in SQL of a product's versions. The first port that is a table or a view stands behind the product's own name, for
 * example {@code order_events}. The first port of each major version of the contract has that version's name as well, for example
 * {@code order_events_v3}, so that a reader who names it is not moved to another version later.
 */
public final class PortVersions
{
    private static final Pattern MAJOR = Pattern.compile("[vV]?(\\d{1,6})([.+-].*)?");

    private PortVersions() {}

    /**
     * @param queryable whether the port is a table or a view
     * @param contractVersion empty where the port has no contract
     */
    public record Port(String name, boolean queryable, Optional<String> contractVersion)
    {
        public Port
        {
            requireNonNull(name, "name is null");
            requireNonNull(contractVersion, "contractVersion is null");
        }
    }

    /**
     * @param port the name of the port
     * @param current whether the product's own name means this port
     * @param tableName the name with the version; empty where an earlier port has it, or where the contract has no version
     */
    public record Version(String port, OptionalInt major, boolean current, Optional<String> tableName)
    {
        public Version
        {
            requireNonNull(port, "port is null");
            requireNonNull(major, "major is null");
            requireNonNull(tableName, "tableName is null");
        }
    }

    /**
     * One for each port that is a table or a view, in their order.
     *
     * @param tableName the product's own name in SQL, without its schema
     */
    public static List<Version> of(String tableName, List<Port> ports)
    {
        Set<Integer> taken = new HashSet<>();
        boolean current = true;
        ImmutableList.Builder<Version> versions = ImmutableList.builder();
        for (Port port : ports) {
            if (!port.queryable()) {
                continue;
            }
            OptionalInt major = port.contractVersion().map(PortVersions::major).orElse(OptionalInt.empty());
            Optional<String> name = Optional.empty();
            if (major.isPresent() && taken.add(major.orElseThrow())) {
                name = Optional.of(tableName + "_v" + major.orElseThrow());
            }
            versions.add(new Version(port.name(), major, current, name));
            current = false;
        }
        return versions.build();
    }

    /**
     * The first number of a version such as {@code 2.1.0}; empty where it does not begin with one.
     */
    public static OptionalInt major(String version)
    {
        Matcher matcher = MAJOR.matcher(version.strip());
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
