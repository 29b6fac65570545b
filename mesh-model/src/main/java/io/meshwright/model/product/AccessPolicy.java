package io.meshwright.model.product;

import com.google.common.collect.ImmutableList;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * Who may find, read and see the product in clear. What {@code access} does not say, {@link Sensitivity} has decided.
 *
 * @param discovery whether users without read access can find it
 * @param readGroups the groups that may read; empty means everybody, an empty list only those with a clearance
 * @param clear who sees masked columns in clear; empty means nobody
 */
public record AccessPolicy(Discovery discovery, Optional<List<String>> readGroups, List<Clearance> clear)
{
    public static final AccessPolicy OPEN = of(Sensitivity.PUBLIC);

    /**
     * What holds where nothing is declared.
     */
    public static AccessPolicy of(Sensitivity sensitivity)
    {
        return new AccessPolicy(sensitivity.discovery(), sensitivity.readGroups(), List.of());
    }

    public enum Discovery
    {
        PUBLIC,
        PRIVATE,
    }

    /**
     * A grant to see clear values, to exactly one group or one user.
     *
     * @param until the last day (UTC) on which it holds; empty for no end
     */
    public record Clearance(Optional<String> group, Optional<String> user, Optional<LocalDate> until)
    {
        public Clearance
        {
            requireNonNull(until, "until is null");
            checkArgument(group.isPresent() != user.isPresent(), "A clearance names one group or one user");
        }

        public boolean isInForce(LocalDate today)
        {
            return until.isEmpty() || !today.isAfter(until.orElseThrow());
        }
    }

    public AccessPolicy
    {
        requireNonNull(discovery, "discovery is null");
        readGroups = readGroups.map(ImmutableList::copyOf);
        clear = ImmutableList.copyOf(clear);
    }
}
